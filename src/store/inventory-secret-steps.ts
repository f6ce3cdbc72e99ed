import { and, eq, isNotNull, lt, ne, or, sql, type SQL } from 'drizzle-orm';
import type { Store } from './database.ts';
import { isAddition, SWEPT } from './inventory-additions.ts';
import { secretAdded, secretDifferences, type Difference } from './inventory-difference.ts';
import { isInTurn, isOlder, momentSql, momentsOf, type Look } from './inventory-look.ts';
import { idleSinceOf, type SecretRow, type SeenSecret } from './inventory-secret-rows.ts';
import { inventoryClients, inventorySecrets, inventorySweeps } from './tables/inventory.ts';

/** What has to be written down of one secret, in view of what is known of it. */
export interface SecretStep {
  readonly seen: SeenSecret;
  /** Null: it is new. */
  readonly known: Known | null;
  readonly row: SeenSecret & {
    readonly since: Date;
    readonly writtenAt: Date | null;
    readonly idleSince: Date | null;
  };
  /** Until when the version before was it. Null: this is no new version. */
  readonly validTo: Date | null;
  readonly differences: readonly Difference[];
  /** When it was looked for before: of what is new, the end of the last whole sweep. Null: never. */
  readonly lookedAt: Date | null;
}

export type Known = Pick<
  SecretRow,
  | 'rowId'
  | 'seenAt'
  | 'since'
  | 'writtenAt'
  | 'goneAt'
  | 'description'
  | 'status'
  | 'expiresAt'
  | 'revokedAt'
  | 'maxUses'
  | 'useCount'
  | 'retrievable'
  | 'idleSince'
>;

const { rowId, since, writtenAt, goneAt, description, status, expiresAt, revokedAt, maxUses } =
  inventorySecrets;
const { useCount, retrievable, idleSince } = inventorySecrets;
const KNOWN = {
  rowId,
  seenAt: inventorySecrets.seenAt,
  since,
  writtenAt,
  goneAt,
  description,
  status,
  expiresAt,
  revokedAt,
  maxUses,
  useCount,
  retrievable,
  idleSince,
};

export const SECRET_KEY = {
  provider: inventorySecrets.provider,
  tenant: inventorySecrets.tenant,
  client: inventorySecrets.client,
  secret: inventorySecrets.secret,
};

/** Joins a secret with what was seen of it. */
export const isSeenSecret = and(
  ...Object.entries(SECRET_KEY).map(([key, column]) => eq(column, sql.raw(`seen.${key}`))),
);

/** When a write of ours last made it what it is, or, of what has come to its end, when that was seen. */
const LAST = sql`case
  when ${goneAt} is null and ${status} <> 'REVOKED' then ${writtenAt} else ${inventorySecrets.seenAt} end`;

/** Leaves out those of which nothing has to be written down. */
export async function findSteps(
  { db }: Store,
  seen: readonly SeenSecret[],
  look: Look,
): Promise<readonly SecretStep[]> {
  const keys = seen.map(({ provider, tenant, client, secret, status: now, digest }, index) => ({
    provider,
    tenant,
    client,
    secret,
    status: now,
    digest,
    index,
  }));
  const here = sql`jsonb_to_recordset(${JSON.stringify(keys)}::text::jsonb)
    as seen(provider text, tenant text, client text, secret text, status text, digest text, index integer)`;
  const isNews = or(
    isNotNull(goneAt),
    ne(inventorySecrets.digest, sql`seen.digest`),
    lt(inventorySecrets.seenAt, look.staleBefore),
  );
  // What was written while a revocation was under way came before it: nothing comes after one.
  const until = sql`case when ${goneAt} is null and seen.status = 'REVOKED'
    then ${momentSql(look.seenAt)} else ${momentSql(look.beganAt)} end`;
  const rows = await db
    .select({ index: sql<number>`seen.index`, known: KNOWN, ...SWEPT })
    .from(here)
    .leftJoin(inventorySecrets, isSeenSecret)
    .leftJoin(
      inventorySweeps,
      sql`(${inventorySweeps.provider}, ${inventorySweeps.tenant}) = (seen.provider, seen.tenant)`,
    )
    .where(
      or(
        sql`${rowId} is null and not ${clientHasGone(look)}`,
        and(isOlder(inventorySecrets.seenAt, look), isInTurn(LAST, look, until), isNews),
      ),
    )
    .orderBy(sql`seen.index`);
  return rows.flatMap(({ index, known, ...swept }) => {
    const one = seen[index];
    if (one === undefined) return [];
    const isAdded = known === null ? isAddition(one, swept) : swept.sweptAt !== null;
    return [{ ...stepOf(one, known, look, isAdded), lookedAt: known?.seenAt ?? swept.sweptAt }];
  });
}

/** Then what is seen of a secret that is not known is of the time before. */
function clientHasGone({ beganAt }: Look): SQL {
  return sql`exists (
    select from ${inventoryClients} ended where ended.gone_at >= ${momentSql(beganAt)}
      and (ended.provider, ended.tenant, ended.client) = (seen.provider, seen.tenant, seen.client))`;
}

function stepOf(
  seen: SeenSecret,
  known: Known | null,
  look: Look,
  isAdded: boolean,
): Omit<SecretStep, 'lookedAt'> {
  const moments = momentsOf(look, known);
  const { seenAt } = moments;
  const row = { ...seen, ...moments, idleSince: idleSinceOf(known, seen) };
  const added = isAdded ? [secretAdded(seen)] : [];
  if (known === null) {
    const madeAt = seen.createdAt ?? seenAt;
    const step = { row: { ...row, since: madeAt < seenAt ? madeAt : seenAt }, validTo: null };
    return { ...step, seen, known, differences: added };
  }
  if (known.goneAt !== null) {
    return { seen, known, row: { ...row, since: seenAt }, validTo: known.goneAt, differences: added };
  }
  const differences = secretDifferences(known, seen, seenAt);
  if (differences.length === 0 && !isNewVersion(known, seen)) {
    return { seen, known, row: { ...row, since: known.since }, validTo: null, differences };
  }
  const begins = beginningOf(known, row);
  return { seen, known, row: { ...row, since: begins }, validTo: begins, differences };
}

/** What is no difference and yet not to be worked out later: that an active one has expired is. */
function isNewVersion(known: Known, seen: SeenSecret): boolean {
  if (known.retrievable !== seen.retrievable) return true;
  return known.status !== seen.status && !(known.status === 'ACTIVE' && seen.status === 'EXPIRED');
}

/** A vendor that tells when it was revoked tells more than when that was seen. */
function beginningOf(known: Known, { status: now, revokedAt: at, seenAt }: SeenSecret): Date {
  if (now !== 'REVOKED' || known.status === 'REVOKED' || at === null || at > seenAt) return seenAt;
  return at > known.since ? at : known.since;
}
