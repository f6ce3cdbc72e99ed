import { sql } from 'drizzle-orm';
import type { SeenClient } from './inventory-client-rows.ts';
import type { Database } from './database.ts';
import { recordset } from './inventory-recordset.ts';
import { inventoryClients, inventorySecrets } from './tables/inventory.ts';

/** Secrets are found by what their client is called now, also where they were seen before it. */
export async function renameSecrets(tx: Database, renamed: readonly SeenClient[]): Promise<void> {
  if (renamed.length === 0) return;
  const words = sql`array_to_tsvector(seen."nameWords")`;
  const rows = renamed.map(({ provider, tenant, client, nameWords }) => ({
    provider,
    tenant,
    client,
    nameWords,
  }));
  const isOfSeen = sql`(${inventorySecrets.provider}, ${inventorySecrets.tenant}, ${inventorySecrets.client})
    = (seen.provider, seen.tenant, seen.client)`;
  const held = tx.$with('held', {}).as(sql`
    select ${inventorySecrets.rowId} as secret_row, ${inventorySecrets.provider} as provider,
      ${inventorySecrets.tenant} as tenant, ${inventorySecrets.client} as client,
      ${inventorySecrets.secret} as secret, ${words} as name_words
    from ${inventorySecrets} join ${recordset(inventoryClients, rows)} on ${isOfSeen}
    where ${inventorySecrets.clientWords} <> ${words}
    order by ${inventorySecrets.rowId} for update of ${inventorySecrets}`);
  const isHeld = sql`(${inventorySecrets.provider}, ${inventorySecrets.tenant}, ${inventorySecrets.client}, ${inventorySecrets.secret})
    = (held.provider, held.tenant, held.client, held.secret)`;
  await tx
    .with(held)
    .update(inventorySecrets)
    .set({ clientWords: sql`held.name_words` })
    .from(sql`held`)
    .where(isHeld);
}
