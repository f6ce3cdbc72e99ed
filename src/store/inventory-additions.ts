import { sql } from 'drizzle-orm';
import type { SecretRow } from './inventory-secret-rows.ts';
import { inventorySecrets, inventorySweeps } from './tables/inventory.ts';

const { finishedAt, failedSince } = inventorySweeps;

/** What the sweeps of its tenant tell of a secret that is `seen`. */
export const SWEPT = {
  /** When the last whole one ended. Null: there has been none. */
  sweptAt: finishedAt,
  /** Since when something has failed. Null: nothing. */
  failedSince,
  /** Was another secret of its client known before that? */
  clientWasRead: sql<boolean>`case when ${failedSince} is null then true else exists (
    select from ${inventorySecrets} other where other.since < ${failedSince}
      and (other.provider, other.tenant, other.client) = (seen.provider, seen.tenant, seen.client)) end`,
};

/**
 * Is a secret that was never seen before an addition, and not one that was there and that no sweep has come to yet? Where
 * the last sweep passed something over, it is none that was created before something first failed; or, where the vendor
 * does not tell when, none of a client that no secret was known of by then. So an addition is missed that was made before
 * that to a client that was passed over, and without dates the first one to a client that had none.
 */
export function isAddition(
  { createdAt }: Pick<SecretRow, 'createdAt'>,
  swept: {
    readonly sweptAt: Date | null;
    readonly failedSince: Date | null;
    readonly clientWasRead: boolean;
  },
): boolean {
  const { sweptAt, failedSince: since, clientWasRead } = swept;
  if (sweptAt === null) return false;
  if (since === null || since > sweptAt) return true;
  return createdAt === null ? clientWasRead : createdAt >= since;
}
