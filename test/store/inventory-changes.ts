import { asc } from 'drizzle-orm';
import type { ClientSecret } from '../../src/domain/client-secret.ts';
import type { Store } from '../../src/store/database.ts';
import { findInventorySecrets } from '../../src/store/inventory-find.ts';
import { claimDueSweeps, finishSweep, scheduleSweeps } from '../../src/store/inventory-sweeps.ts';
import { inventoryChanges } from '../../src/store/tables/inventory.ts';
import { DAY } from '../../src/domain/duration.ts';
import { at } from './inventory-nodes.ts';

/** The tenant of most of what the tests see. */
export const T = { provider: 'p', tenant: 't' };

/** From now on what is added to the tenant is an addition. `passedOver`: what the sweep could not read. */
export async function sweepOnce(
  store: Store,
  passedOver: Parameters<typeof finishSweep>[4] = null,
): Promise<void> {
  await scheduleSweeps(store, [{ provider: 'p', tenant: '' }, T], at(-2));
  const jobs = await claimDueSweeps(store, ['p'], at(-2), at(-1), { limit: 9, perProvider: 9 });
  for (const job of jobs) await finishSweep(store, job, at(-1), at(DAY), passedOver);
}

/** Each difference: kind, secret, before, after, verdict. */
export async function changes(store: Store) {
  const rows = await store.db
    .select()
    .from(inventoryChanges)
    .orderBy(asc(inventoryChanges.seenAt), asc(inventoryChanges.kind), asc(inventoryChanges.secret));
  return rows.map(({ kind, secret: id, before, after, verdict }) => [kind, id, before, after, verdict]);
}

/** The secret as the inventory has it a day later; null where it is gone or was never seen. */
export async function noted(store: Store, { id }: ClientSecret) {
  return (await findInventorySecrets(store, [id], at(DAY)))[0];
}
