import { and, count, eq, gte, inArray, lt } from 'drizzle-orm';
import type { Reach } from '../domain/actor.ts';
import type { DriftEvent, DriftKind } from '../domain/drift-event.ts';
import type { ClientId, TenantId } from '../domain/ids.ts';
import type { Page, PageRequest } from '../domain/page.ts';
import type { Store } from './database.ts';
import { driftEventOf } from './inventory-changes.ts';
import { keysetCursor, keysetQuery, pageOfRows } from './keyset.ts';
import { inventoryChanges } from './tables/inventory.ts';
import { withinReach } from './within-reach.ts';

const KEYSET = { moment: inventoryChanges.seenAt, id: inventoryChanges.id, newestFirst: true };

/** Null: any. */
export interface DriftEventFilter {
  readonly within: Reach;
  readonly providers: readonly string[] | null;
  readonly tenant: TenantId | null;
  /** Of the client and of its secrets. */
  readonly client: ClientId | null;
  readonly kind: readonly DriftKind[] | null;
  /** First seen then or later. */
  readonly since: Date | null;
  /** First seen before then. */
  readonly until: Date | null;
}

/** Newest first: what was judged to be no doing of ours. */
export async function listDriftEvents(
  { db }: Store,
  filter: DriftEventFilter,
  request: PageRequest,
): Promise<Page<DriftEvent>> {
  const where = conditions(filter);
  const query = keysetQuery(KEYSET, request, where);
  const rows = await db
    .select()
    .from(inventoryChanges)
    .where(query.where)
    .orderBy(...query.orderBy)
    .limit(query.limit);
  const total = request.withTotal ? await db.select({ n: count() }).from(inventoryChanges).where(where) : [];
  const item = (row: (typeof rows)[number]) => ({
    node: driftEventOf(row),
    cursor: keysetCursor(row.seenAt, row.id),
  });
  return pageOfRows(rows, request, item, total[0]?.n ?? null);
}

function conditions({ within, providers, tenant, client, kind, since, until }: DriftEventFilter) {
  const table = inventoryChanges;
  const ofTenant = ({ provider, tenant: id }: TenantId) =>
    and(eq(table.provider, provider), eq(table.tenant, id));
  return and(
    eq(table.verdict, 'DRIFT'),
    withinReach(within, table),
    providers === null ? undefined : inArray(table.provider, [...providers]),
    tenant === null ? undefined : ofTenant(tenant),
    client === null ? undefined : and(ofTenant(client), eq(table.client, client.client)),
    kind === null ? undefined : inArray(table.kind, [...kind]),
    since === null ? undefined : gte(table.seenAt, since),
    until === null ? undefined : lt(table.seenAt, until),
  );
}
