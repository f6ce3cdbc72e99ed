import { and, inArray, isNotNull, lt, sql, type SQL } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Store } from './database.ts';
import {
  inventoryChanges,
  inventoryClients,
  inventorySecrets,
  inventoryTenants,
  inventoryVersions,
} from './tables/inventory.ts';

/**
 * Forgets what ended before that moment: versions, what is gone, and judged differences seen before it; at most `limit`
 * of each. Says how many rows it removed: none, and all is forgotten. `asOf` reaches back as far as that moment.
 */
export async function purgeInventory({ db }: Store, before: Date, limit: number): Promise<number> {
  const steps: readonly (readonly [PgTable, SQL | undefined])[] = [
    [inventoryVersions, lt(inventoryVersions.validTo, before)],
    [
      inventoryChanges,
      and(inArray(inventoryChanges.verdict, ['OURS', 'DRIFT']), lt(inventoryChanges.seenAt, before)),
    ],
    ...[inventorySecrets, inventoryClients, inventoryTenants].map(
      (table) => [table, and(isNotNull(table.goneAt), lt(table.goneAt, before))] as const,
    ),
  ];
  let removed = 0;
  for (const [table, isOld] of steps) {
    // By where they lie; what somebody else has in hand waits for the next time.
    const some = sql`select ctid from ${table} where ${isOld} limit ${limit} for update skip locked`;
    const rows = await db
      .delete(table)
      .where(and(sql`ctid = any(array(${some}))`, isOld))
      .returning({ one: sql`1` });
    removed += rows.length;
  }
  return removed;
}
