import { and, eq, isNotNull, isNull, type SQL } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import type { ClientSecret } from '../../domain/client-secret.ts';
import type { ClientSecretId } from '../../domain/ids.ts';
import { invalidInput, ProviderError } from '../../provider-kit/provider-error.ts';
import type { NewSecret, Writes } from '../../provider-kit/provider.ts';
import { generateKey, prefixOf } from '../../store/key-format.ts';
import { seal, unseal } from '../../store/sealing.ts';
import { localClients, localClientSecrets } from '../../store/tables/local.ts';
import { isUuid } from '../../store/uuid.ts';
import { noSuch, withoutOrphans } from './own-errors.ts';
import type { Own } from './own.ts';
import { ofItsClient, secretColumns, secretOf } from './secret-rows.ts';

type Row = typeof localClientSecrets.$inferSelect;
type Methods = Pick<
  Writes,
  'createSecret' | 'updateSecret' | 'disableSecret' | 'enableSecret' | 'revokeSecret' | 'revealSecret'
>;

const { disabledAt, revokedAt } = localClientSecrets;

export function secretWrites(own: Own): Methods {
  const { name, store, clock } = own;
  return {
    createSecret: async (of, input) => {
      const now = clock.now();
      checkNew(input, now);
      const id = { ...of, provider: name, secret: randomUUID() };
      const publicClientId = await clientIdOf(own, id);
      const value = generateKey();
      const row: Row = {
        tenantId: id.tenant,
        clientId: id.client,
        id: id.secret,
        description: input.description,
        prefix: prefixOf(value),
        digest: store.keyring.mac('client-secret', value.reveal()),
        sealedValue: input.retrievable === true ? await seal(store, id, sealedIn(id), value) : null,
        expiresAt: input.expiresAt,
        maxUses: input.maxUses,
        useCount: 0,
        lastUsedAt: null,
        disabledAt: null,
        revokedAt: null,
        createdAt: now,
        updatedAt: now,
      };
      await withoutOrphans(
        () => store.db.insert(localClientSecrets).values(row),
        () => noSuch('client'),
      );
      const secret = secretOf(name, { ...row, status: 'ACTIVE', isKept: row.sealedValue !== null }, now);
      return { secret, clientId: publicClientId, value };
    },
    updateSecret: (id, changes) => changeUnlessRevoked(own, id, changes),
    disableSecret: (id) => changeUnlessRevoked(own, id, { disabledAt: clock.now() }, isNull(disabledAt)),
    enableSecret: (id) => changeUnlessRevoked(own, id, { disabledAt: null }, isNotNull(disabledAt)),
    revokeSecret: async (id) =>
      (await change(own, id, { revokedAt: clock.now(), sealedValue: null }, isNull(revokedAt))) ??
      (await find(own, id)) ??
      raise(noSuch('client secret')),
    revealSecret: async (id) => {
      const [row] = await store.db
        .select({
          ...secretColumns(clock.now()),
          sealedValue: localClientSecrets.sealedValue,
          publicClientId: localClients.clientId,
        })
        .from(localClientSecrets)
        .innerJoin(localClients, ofItsClient())
        .where(here(id));
      if (row === undefined) throw noSuch('client secret');
      if (row.status === 'REVOKED')
        throw new ProviderError('conflict', 'This secret is revoked, and its value is gone.');
      if (row.sealedValue === null) throw notKept();
      const value = await unseal(store, id, sealedIn(id), row.sealedValue);
      return { secret: secretOf(name, row, clock.now()), clientId: row.publicClientId, value };
    },
  };
}

/** Names the row, so that a sealed value opens nowhere else. */
function sealedIn({ tenant, client, secret }: ClientSecretId): string {
  return JSON.stringify(['local-client-secret', tenant, client, secret]);
}

function checkNew({ value, maxUses, expiresAt }: NewSecret, now: Date): void {
  if (value !== null) throw invalidInput('value', 'is made by this provider; leave it out');
  if (maxUses !== null && !(Number.isInteger(maxUses) && maxUses > 0))
    throw invalidInput('maxUses', 'has to be a whole number from 1 on');
  if (expiresAt !== null && expiresAt <= now) throw invalidInput('expiresAt', 'lies in the past');
}

type Change = Partial<Pick<Row, 'description' | 'expiresAt' | 'disabledAt' | 'revokedAt' | 'sealedValue'>>;

/** Null: it is not there, or not such. */
async function change(
  { name, store: { db }, clock }: Own,
  id: ClientSecretId,
  to: Change,
  where: SQL | undefined,
): Promise<ClientSecret | null> {
  const now = clock.now();
  const [row] = await db
    .update(localClientSecrets)
    .set({ ...to, updatedAt: now })
    .where(and(here(id), where))
    .returning(secretColumns(now));
  return row === undefined ? null : secretOf(name, row, now);
}

/** `unlessSo`: true of a row that is not yet as it is to be; another one is left alone. */
async function changeUnlessRevoked(
  own: Own,
  id: ClientSecretId,
  to: Change,
  unlessSo?: SQL,
): Promise<ClientSecret> {
  const changed = await change(own, id, to, and(isNull(revokedAt), unlessSo));
  const secret = changed ?? (await find(own, id)) ?? raise(noSuch('client secret'));
  if (secret.status !== 'REVOKED') return secret;
  throw new ProviderError('conflict', 'This secret is revoked; that is final.', {
    hint: 'Create a new secret.',
  });
}

async function find({ name, store: { db }, clock }: Own, id: ClientSecretId): Promise<ClientSecret | null> {
  const now = clock.now();
  const [row] = await db.select(secretColumns(now)).from(localClientSecrets).where(here(id));
  return row === undefined ? null : secretOf(name, row, now);
}

async function clientIdOf({ store: { db } }: Own, { tenant, client }: ClientSecretId): Promise<string> {
  if (!isUuid(tenant) || !isUuid(client)) throw noSuch('client');
  const [row] = await db
    .select({ clientId: localClients.clientId })
    .from(localClients)
    .where(and(eq(localClients.tenantId, tenant), eq(localClients.id, client)));
  return row?.clientId ?? raise(noSuch('client'));
}

function here({ tenant, client, secret }: ClientSecretId) {
  if (![tenant, client, secret].every(isUuid)) throw noSuch('client secret');
  return and(
    eq(localClientSecrets.tenantId, tenant),
    eq(localClientSecrets.clientId, client),
    eq(localClientSecrets.id, secret),
  );
}

function notKept(): ProviderError {
  return new ProviderError(
    'unsupported',
    'The value of this secret was not kept, so it cannot be revealed.',
    {
      hint: 'Create or rotate a secret with retrievable: true where it has to be revealed later.',
    },
  );
}

function raise(error: ProviderError): never {
  throw error;
}
