import { and, asc, eq, inArray, isNull, lte, sql } from 'drizzle-orm';
import type { ClientId, ClientSecretId, IdentityId } from '../domain/ids.ts';
import type { DriftEvent } from '../domain/drift-event.ts';
import type { Store } from './database.ts';
import type { Difference } from './inventory-difference.ts';
import type { Look } from './inventory-look.ts';
import { inventoryChanges, inventoryClients } from './tables/inventory.ts';

type Row = typeof inventoryChanges.$inferSelect;

export type Verdict = 'OURS' | 'DRIFT';

/** A difference, and of what. Null secret: of the client itself. */
export interface Change extends Difference {
  readonly client: ClientId;
  readonly secret: string | null;
  /** When the look before began; of what is new, when the last whole sweep ended. Null: there was none. */
  readonly lookedAt: Date | null;
}

/** A difference that nobody has judged yet: who made it did so between two looks. */
export interface UnjudgedChange extends DriftEvent {
  /** Whom the client acts for. Null: nobody, or nobody knows. */
  readonly identity: IdentityId | null;
  /** When the first of them began, or ended where it was a whole sweep. Null: there was none. */
  readonly lookedAt: Date | null;
}

export function changeOf(
  { provider, tenant, client }: ClientId,
  secret: string | null,
  { kind, before, after }: Difference,
  lookedAt: Date | null,
): Change {
  return { client: { provider, tenant, client }, secret, kind, before, after, lookedAt };
}

/** They are to be judged, also those that the answer to a write of ours has shown: it shows all that is so by then. */
export async function insertChanges(
  { db }: Pick<Store, 'db'>,
  changes: readonly Change[],
  { seenAt }: Pick<Look, 'seenAt'>,
): Promise<void> {
  if (changes.length === 0) return;
  const values = changes.map(({ client, secret, kind, before, after, lookedAt }) => ({
    ...client,
    secret,
    kind,
    before,
    after,
    lookedAt,
    seenAt,
  }));
  await db.insert(inventoryChanges).values(values);
}

/** Differences that looks up to `before` showed and that nobody has judged yet; the longest known first. */
export async function findUnjudgedChanges(
  { db }: Store,
  before: Date,
  limit: number,
): Promise<readonly UnjudgedChange[]> {
  const isItsClient = and(
    ...(['provider', 'tenant', 'client'] as const).map((part) =>
      eq(inventoryClients[part], inventoryChanges[part]),
    ),
  );
  const rows = await db
    .select({ change: inventoryChanges, actsFor: inventoryClients.identity })
    .from(inventoryChanges)
    .leftJoin(inventoryClients, isItsClient)
    .where(and(isNull(inventoryChanges.verdict), lte(inventoryChanges.seenAt, before)))
    .orderBy(asc(inventoryChanges.seenAt), asc(inventoryChanges.id))
    .limit(limit);
  return rows.map(({ change, actsFor }) => {
    const { provider, tenant, lookedAt } = change;
    const identity = actsFor === null ? null : { provider, tenant, identity: actsFor };
    return Object.assign(driftEventOf(change), { identity, lookedAt });
  });
}

/** A judgement stands: what is judged already stays as it is. */
export async function judgeChanges(
  { db }: Store,
  judged: readonly { readonly id: string; readonly verdict: Verdict }[],
): Promise<void> {
  for (const verdict of ['DRIFT', 'OURS'] as const) {
    const ids = judged.flatMap((one) => (one.verdict === verdict ? [one.id] : []));
    if (ids.length === 0) continue;
    const open = db
      .select({ id: inventoryChanges.id })
      .from(inventoryChanges)
      .where(and(inArray(inventoryChanges.id, ids), isNull(inventoryChanges.verdict)))
      .orderBy(asc(inventoryChanges.id))
      .for('update');
    await db
      .update(inventoryChanges)
      .set({ verdict })
      .where(and(sql`${inventoryChanges.id} in ${open}`, isNull(inventoryChanges.verdict)));
  }
}

export async function findDriftEvents({ db }: Store, ids: readonly string[]): Promise<readonly DriftEvent[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select()
    .from(inventoryChanges)
    .where(and(inArray(inventoryChanges.id, [...ids]), eq(inventoryChanges.verdict, 'DRIFT')));
  return rows.map(driftEventOf);
}

export function driftEventOf(row: Row): DriftEvent {
  const { id, kind, provider, tenant, client, secret, seenAt, before, after } = row;
  const of: ClientId = { provider, tenant, client };
  const secretId: ClientSecretId | null = secret === null ? null : { ...of, secret };
  return { id, kind, client: of, secret: secretId, seenAt, before, after };
}
