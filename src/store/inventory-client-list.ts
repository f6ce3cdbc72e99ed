import { and, count, eq, inArray, isNull, type SQL } from 'drizzle-orm';
import type { Reach } from '../domain/actor.ts';
import type { Client, ClientKind } from '../domain/client.ts';
import type { TenantId } from '../domain/ids.ts';
import type { Page, PageRequest } from '../domain/page.ts';
import type { Store } from './database.ts';
import { CLIENT_NODE, clientOf, type ClientNodeRow } from './inventory-client-rows.ts';
import { momentKey, orderCursor, orderedQuery, unindexed, type InventoryOrder } from './inventory-order.ts';
import { matchesSearch } from './inventory-words.ts';
import { pageOfRows } from './keyset.ts';
import { inventoryClients } from './tables/inventory.ts';
import { withinReach } from './within-reach.ts';

/** Null: any. */
export interface InventoryClientFilter {
  readonly within: Reach;
  readonly providers: readonly string[] | null;
  readonly tenant: TenantId | null;
  readonly kind: readonly ClientKind[] | null;
  /** Each word has to begin a word of the client's name, description, client_id or id. */
  readonly search: string | null;
}

export type InventoryClientOrder = InventoryOrder<'NAME' | 'CREATED_AT'>;

const KEYS = {
  NAME: { column: inventoryClients.nameOrder, kind: 'text', of: (row: ClientNodeRow) => row.nameOrder },
  CREATED_AT: {
    column: inventoryClients.createdOrder,
    kind: { none: 'infinity' },
    of: (row: ClientNodeRow) => momentKey(row.createdAt),
  },
} as const;

/**
 * Clients that were there when last looked at. By name regardless of capitals; by creation those that nobody knows
 * the creation of come last. Throws InvalidInputError.
 */
export async function listInventoryClients(
  { db }: Store,
  filter: InventoryClientFilter,
  order: InventoryClientOrder,
  request: PageRequest,
): Promise<Page<Client>> {
  const key = KEYS[order.field];
  const columns = { key: key.column, rowId: inventoryClients.rowId };
  const query = orderedQuery(order, key.kind, request);
  const where = conditions(filter);
  const rows = await db
    .select(CLIENT_NODE)
    .from(inventoryClients)
    .where(and(where, query.beyond(columns)))
    .orderBy(...query.orderBy(filter.search === null ? columns : { ...columns, key: unindexed(columns.key) }))
    .limit(query.limit);
  const total = request.withTotal ? await db.select({ n: count() }).from(inventoryClients).where(where) : [];
  const item = (row: ClientNodeRow) => ({
    node: clientOf(row),
    cursor: orderCursor(order, { key: key.of(row), rowId: row.rowId }),
  });
  return pageOfRows(rows, request, item, total[0]?.n ?? null);
}

function conditions({ within, providers, tenant, kind, search }: InventoryClientFilter): SQL | undefined {
  const table = inventoryClients;
  return and(
    isNull(table.goneAt),
    withinReach(within, table),
    providers === null ? undefined : inArray(table.provider, [...providers]),
    tenant === null ? undefined : and(eq(table.provider, tenant.provider), eq(table.tenant, tenant.tenant)),
    kind === null ? undefined : inArray(table.kind, [...kind]),
    search === null ? undefined : matchesSearch(table.words, search),
  );
}
