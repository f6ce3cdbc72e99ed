import { and, asc, eq, gt, isNull, lt, sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { idKey, type TenantId } from '../domain/ids.ts';
import { isStorableText, storableObject, storableText } from '../domain/storable.ts';
import type { Tenant } from '../domain/tenant.ts';
import type { Store } from './database.ts';
import {
  digestOf,
  eachOnce,
  isInTurn,
  isOlder,
  lookAt,
  momentSql,
  storedMoment,
  storedText,
  type NotedBy,
} from './inventory-look.ts';
import { goneMoment, noteGone } from './inventory-note-gone.ts';
import { recordset, seenSelection } from './inventory-recordset.ts';
import { SECRET_KEY } from './inventory-secret-steps.ts';
import { inventoryClients, inventorySecrets, inventorySweeps, inventoryTenants } from './tables/inventory.ts';

/** Writes down what was seen of some tenants. Nothing changes where something as late is known. */
export async function noteTenants(
  { db }: Store,
  tenants: readonly Tenant[],
  seenAt: Date,
  staleBefore?: Date,
): Promise<void> {
  const storable = tenants.filter(({ id }) => isStorableText(Object.values(id).join()));
  const rows = eachOnce(storable, ({ id }) => idKey(id)).map((node) => rowOf(node, seenAt));
  if (rows.length === 0) return;
  const look = lookAt(seenAt, 'look', staleBefore);
  const isChanged = sql`(${inventoryTenants.digest} <> excluded.digest or ${inventoryTenants.goneAt} is not null)`;
  await db
    .insert(inventoryTenants)
    .select(sql`select ${seenSelection(inventoryTenants, {})} from ${recordset(inventoryTenants, rows)}`)
    .onConflictDoUpdate({
      target: [inventoryTenants.provider, inventoryTenants.tenant],
      set: {
        name: sql`excluded.name`,
        description: sql`excluded.description`,
        enabled: sql`excluded.enabled`,
        createdAt: sql`excluded.created_at`,
        updatedAt: sql`excluded.updated_at`,
        attributes: sql`excluded.attributes`,
        digest: sql`excluded.digest`,
        seenAt: sql`excluded.seen_at`,
        since: sql`case when ${isChanged} then excluded.since else ${inventoryTenants.since} end`,
        goneAt: sql`null`,
      },
      setWhere: sql`${lt(inventoryTenants.seenAt, seenAt)}
        and (${isChanged} or ${lt(inventoryTenants.seenAt, look.staleBefore)})`,
    });
}

function rowOf(node: Tenant, seenAt: Date) {
  const facts = {
    ...node.id,
    name: storableText(node.name),
    description: storedText(node.description),
    enabled: node.enabled,
    createdAt: storedMoment(node.createdAt),
    updatedAt: storedMoment(node.updatedAt),
    attributes: storableObject(node.attributes),
  };
  return { ...facts, seenAt, since: seenAt, digest: digestOf(Object.values(facts)) };
}

/**
 * Tenants of the provider that no look has shown since: a whole list that began then did not name them. At most `limit`,
 * in the order of their ids and behind `after`.
 */
export async function findUnlistedTenants(
  { db }: Store,
  provider: string,
  since: Date,
  limit: number,
  after: string,
): Promise<readonly TenantId[]> {
  const { tenant, goneAt, seenAt } = inventoryTenants;
  return db
    .select({ provider: inventoryTenants.provider, tenant })
    .from(inventoryTenants)
    .where(and(eq(inventoryTenants.provider, provider), gt(tenant, after), isNull(goneAt), lt(seenAt, since)))
    .orderBy(asc(tenant))
    .limit(limit);
}

const AT_ONCE = 200;

/**
 * A tenant is gone: with all that it held and its job, in steps that each are whole. Killed in between, it is found
 * again and goes on. What a later look showed stays.
 */
export async function noteTenantGone(store: Store, id: TenantId, seenAt: Date, by: NotedBy): Promise<void> {
  const { db } = store;
  const look = lookAt(seenAt, by);
  const isThere = (table: typeof inventoryClients | typeof inventorySecrets) =>
    and(
      isOf(table, id),
      isNull(table.goneAt),
      isOlder(table.seenAt, look),
      isInTurn(table.writtenAt, look, momentSql(seenAt)),
    );
  const { provider, tenant, client } = inventoryClients;
  await untilNone(
    () =>
      db
        .select({ provider, tenant, client })
        .from(inventoryClients)
        .where(isThere(inventoryClients))
        .limit(AT_ONCE),
    (clients) => noteGone(store, { clients }, seenAt, by),
  );
  await untilNone(
    () => db.select(SECRET_KEY).from(inventorySecrets).where(isThere(inventorySecrets)).limit(AT_ONCE),
    (secrets) => noteGone(store, { secrets }, seenAt, by),
  );
  const at = goneMoment(inventoryTenants.seenAt, look);
  const isThis = and(isOf(inventoryTenants, id), isNull(inventoryTenants.goneAt));
  await db.transaction(async (tx) => {
    const gone = await tx
      .update(inventoryTenants)
      .set({ goneAt: at, seenAt: at })
      .where(and(isThis, isOlder(inventoryTenants.seenAt, look)))
      .returning({ tenant: inventoryTenants.tenant });
    if (gone.length > 0) await tx.delete(inventorySweeps).where(isOf(inventorySweeps, id));
  });
}

async function untilNone<T>(
  some: () => PromiseLike<readonly T[]>,
  end: (found: readonly T[]) => Promise<void>,
): Promise<void> {
  for (let found = await some(); found.length > 0; found = await some()) await end(found);
}

function isOf(
  table: { readonly provider: PgColumn; readonly tenant: PgColumn },
  { provider, tenant }: TenantId,
): SQL | undefined {
  return and(eq(table.provider, provider), eq(table.tenant, tenant));
}
