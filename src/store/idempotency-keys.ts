import { and, eq, lte } from 'drizzle-orm';
import type { Store } from './database.ts';
import { idempotencyKeys } from './tables/gateway.ts';

export type IdempotencyRow = typeof idempotencyKeys.$inferSelect;
type RowKey = Pick<IdempotencyRow, 'actorId' | 'action' | 'key'>;

const thisRow = (row: RowKey) =>
  and(
    eq(idempotencyKeys.actorId, row.actorId),
    eq(idempotencyKeys.action, row.action),
    eq(idempotencyKeys.key, row.key),
  );

/** Null: the key is now the caller's. Otherwise the row of whoever was first. */
export async function claimIdempotencyKey(store: Store, row: IdempotencyRow): Promise<IdempotencyRow | null> {
  const { db } = store;
  await db.delete(idempotencyKeys).where(and(thisRow(row), lte(idempotencyKeys.expiresAt, row.createdAt)));
  const claimed = await db
    .insert(idempotencyKeys)
    .values(row)
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key });
  if (claimed.length > 0) return null;
  const [first] = await db.select().from(idempotencyKeys).where(thisRow(row));
  return first ?? claimIdempotencyKey(store, row);
}

export async function keepIdempotentResult({ db }: Store, row: RowKey, sealedResult: string): Promise<void> {
  await db.update(idempotencyKeys).set({ sealedResult }).where(thisRow(row));
}

/** For an operation that surely had no effect: the key may be used again. */
export async function releaseIdempotencyKey({ db }: Store, row: RowKey): Promise<void> {
  await db.delete(idempotencyKeys).where(thisRow(row));
}

/** What the operation issued has been revoked since, so nobody may be given it again. */
export async function forgetIdempotentResult({ db }: Store, operationId: string): Promise<void> {
  await db
    .update(idempotencyKeys)
    .set({ sealedResult: null })
    .where(eq(idempotencyKeys.operationId, operationId));
}

/** False: somebody else has taken it over from `before` already. */
export async function takeOverIdempotencyKey(
  { db }: Store,
  row: IdempotencyRow,
  before: string,
): Promise<boolean> {
  const { operationId, createdAt, expiresAt } = row;
  const taken = await db
    .update(idempotencyKeys)
    .set({ operationId, createdAt, expiresAt })
    .where(and(thisRow(row), eq(idempotencyKeys.operationId, before)))
    .returning({ key: idempotencyKeys.key });
  return taken.length > 0;
}

export async function purgeIdempotencyKeys({ db }: Store, now: Date): Promise<void> {
  await db.delete(idempotencyKeys).where(lte(idempotencyKeys.expiresAt, now));
}
