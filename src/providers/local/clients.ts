import { and, eq, inArray, notInArray } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import type { Client } from '../../domain/client.ts';
import { liveAt } from '../../domain/freshness.ts';
import type { ClientId } from '../../domain/ids.ts';
import { invalidInput, type ProviderError } from '../../provider-kit/provider-error.ts';
import type { Reads, Writes } from '../../provider-kit/provider.ts';
import type { Database } from '../../store/database.ts';
import { localClients, localClientSecrets } from '../../store/tables/local.ts';
import { isUuid } from '../../store/uuid.ts';
import { listClients } from './client-lists.ts';
import { findEach, isOneOf } from './keys.ts';
import { noSuch, stillHas, withoutOrphans } from './own-errors.ts';
import type { Own } from './own.ts';
import { statusAt } from './secret-status.ts';

type Row = typeof localClients.$inferSelect;
type Methods = Pick<
  Reads & Writes,
  'getClients' | 'listClients' | 'createClient' | 'updateClient' | 'deleteClient'
>;

const { tenantId } = localClients;
const DEAD = ['REVOKED', 'EXPIRED', 'EXHAUSTED'];

export function clientMethods({ name, store: { db }, clock }: Own): Methods {
  const clientOf = ({ tenantId: tenant, id, identityId: identity, ...row }: Row): Client => ({
    ...row,
    id: { provider: name, tenant, client: id },
    identity: identity === null ? null : { provider: name, tenant, identity },
    freshness: liveAt(clock.now()),
  });
  return {
    getClients: (ids) =>
      findEach(
        ids.map(({ tenant, client }) => [tenant, client]),
        async (keys) => {
          const rows = await db
            .select()
            .from(localClients)
            .where(isOneOf([tenantId, localClients.id], keys));
          return rows.map((row) => ({ key: [row.tenantId, row.id], node: clientOf(row) }));
        },
      ),
    listClients: (of, page) => listClients(db, of, page, clientOf),
    createClient: async (of, { identity, kind, redirectUris, attributes, ...input }) => {
      if (!isUuid(of.tenant)) throw noSuch('tenant');
      if (identity !== null && !isUuid(identity.identity)) throw noSuchIdentity();
      const now = clock.now();
      const row: Row = {
        ...input,
        tenantId: of.tenant,
        id: randomUUID(),
        identityId: identity?.identity ?? null,
        clientId: randomUUID(),
        kind: kind ?? 'CLIENT_CREDENTIALS',
        enabled: true,
        redirectUris: redirectUris ?? [],
        attributes: attributes ?? {},
        createdAt: now,
        updatedAt: now,
      };
      await withoutOrphans(
        () => db.insert(localClients).values(row),
        () => (identity === null ? noSuch('tenant') : noSuchIdentity()),
      );
      return { client: clientOf(row), issued: null };
    },
    updateClient: async (id, changes) => {
      const change = { ...changes, updatedAt: clock.now() };
      const [row] = await db.update(localClients).set(change).where(here(id)).returning();
      if (row === undefined) throw noSuch('client');
      return clientOf(row);
    },
    deleteClient: (id) =>
      withoutOrphans(
        () => db.transaction((tx) => deleteWithDeadSecrets(tx, id, clock.now())),
        () => inUse(db, id, clock.now()),
      ),
  };
}

/** Secrets that can never work again go with their client; one that still works keeps it. */
async function deleteWithDeadSecrets(tx: Database, id: ClientId, now: Date): Promise<void> {
  const of = here(id);
  await tx.delete(localClientSecrets).where(and(secretsOf(id), inArray(statusAt(now), DEAD)));
  const gone = await tx.delete(localClients).where(of).returning({ id: localClients.id });
  if (gone.length === 0) throw noSuch('client');
}

async function inUse(db: Database, id: ClientId, now: Date): Promise<ProviderError> {
  const live = await db.$count(localClientSecrets, and(secretsOf(id), notInArray(statusAt(now), DEAD)));
  return stillHas('client', { 'live secret': live }, 'Revoke them first.');
}

function secretsOf({ tenant, client }: ClientId) {
  return and(eq(localClientSecrets.tenantId, tenant), eq(localClientSecrets.clientId, client));
}

function noSuchIdentity(): ProviderError {
  return invalidInput('identity', 'is not an identity of this tenant');
}

function here({ tenant, client }: ClientId) {
  if (!isUuid(tenant) || !isUuid(client)) throw noSuch('client');
  return and(eq(tenantId, tenant), eq(localClients.id, client));
}
