import { and, eq, exists, sql } from 'drizzle-orm';
import { timingSafeEqual } from 'node:crypto';
import type { Verification } from '../../domain/client-secret.ts';
import type { VerificationRequest, Writes } from '../../provider-kit/provider.ts';
import type { Database } from '../../store/database.ts';
import { isKey, prefixOf } from '../../store/key-format.ts';
import { localClients, localClientSecrets, localTenants } from '../../store/tables/local.ts';
import { isUuid } from '../../store/uuid.ts';
import type { Own } from './own.ts';
import { ofItsClient, secretColumns, secretOf } from './secret-rows.ts';
import { statusAt } from './secret-status.ts';

const MISMATCH: Verification = { valid: false, reason: 'MISMATCH', secret: null };
/** Compared with where nothing was found, so that this takes as long. */
const NO_DIGEST = '0'.repeat(64);
/** The largest that the column holds: a secret without a limit goes on working, counted no further. */
const MOST_USES = 2 ** 31 - 1;

const table = localClientSecrets;

/**
 * Two statements where it is right: find by prefix, and count the use in the same statement that decides, so of any
 * number at once no more than `maxUses` succeed. What else is wrong is told only to who has the right value.
 */
export function verification({ name, store, clock }: Own): Pick<Writes, 'verifySecret'> {
  const statements = prepare(store.db);

  const findSecret = async ({ clientId, value }: VerificationRequest) => {
    const digest = Buffer.from(store.keyring.mac('client-secret', value.reveal()));
    // Nothing else was ever issued, and not every text may go to the database.
    const isPossible = isUuid(clientId) && isKey(value.reveal());
    const found = isPossible ? await statements.find.execute({ clientId, prefix: prefixOf(value) }) : [];
    if (found.length === 0) timingSafeEqual(Buffer.from(NO_DIGEST), digest);
    return found.find((row) => timingSafeEqual(Buffer.from(row.digest), digest));
  };

  return {
    verifySecret: async (request) => {
      const found = await findSecret(request);
      if (found === undefined || !request.mayUse({ provider: name, tenant: found.tenant })) return MISMATCH;
      const now = clock.now();
      const { tenant, client, id } = found;
      const which = { tenant, client, id, now: now.toISOString() };
      const [used] = await statements.use.execute(which);
      if (used !== undefined) return { valid: true, secret: secretOf(name, used, now) };
      const [row] = await statements.read.execute(which);
      if (row === undefined) return MISMATCH;
      const secret = secretOf(name, row, now);
      // What is active and was not counted has a client, or had one just now, that may not authenticate.
      const { status } = row;
      const isActive = status === 'ACTIVE' || status === 'UNKNOWN';
      return { valid: false, reason: isActive ? 'CLIENT_DISABLED' : status, secret };
    },
  };
}

/** A service verifies on each login, so the statements are built once. */
function prepare(db: Database) {
  const now = sql`${sql.placeholder('now')}::timestamptz`;
  const theSecret = and(
    eq(table.tenantId, sql.placeholder('tenant')),
    eq(table.clientId, sql.placeholder('client')),
    eq(table.id, sql.placeholder('id')),
  );
  const clientIsEnabled = exists(
    db
      .select({ id: localClients.id })
      .from(localClients)
      .innerJoin(localTenants, eq(localTenants.id, localClients.tenantId))
      .where(and(ofItsClient(), eq(localClients.enabled, true), eq(localTenants.enabled, true))),
  );
  return {
    find: db
      .select({ tenant: table.tenantId, client: table.clientId, id: table.id, digest: table.digest })
      .from(table)
      .innerJoin(localClients, ofItsClient())
      .where(
        and(
          eq(localClients.clientId, sql.placeholder('clientId')),
          eq(table.prefix, sql.placeholder('prefix')),
        ),
      )
      .prepare('local_secret_find'),
    use: db
      .update(table)
      .set({ useCount: sql`least(${table.useCount}, ${MOST_USES - 1}) + 1`, lastUsedAt: now })
      .where(and(theSecret, eq(statusAt(now), 'ACTIVE'), clientIsEnabled))
      .returning(secretColumns(now))
      .prepare('local_secret_use'),
    read: db.select(secretColumns(now)).from(table).where(theSecret).prepare('local_secret_read'),
  };
}
