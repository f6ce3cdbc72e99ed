import { and, asc, eq, getTableColumns, gt, isNull, lt, sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Client } from '../domain/client.ts';
import type { ClientSecret } from '../domain/client-secret.ts';
import type { ClientId, ClientSecretId, TenantId } from '../domain/ids.ts';
import { isStorableText } from '../domain/storable.ts';
import type { Tenant } from '../domain/tenant.ts';
import type { Store } from './database.ts';
import { CLIENT_NODE, clientOf } from './inventory-client-rows.ts';
import { nodeColumns, secretOf } from './inventory-secret-rows.ts';
import { SECRET_KEY } from './inventory-secret-steps.ts';
import { statusNow } from './inventory-status.ts';
import { inventoryClients, inventorySecrets, inventoryTenants } from './tables/inventory.ts';

/** Of what is gone, what it was last seen as. Without it, what is gone is not found. */
export interface EvenGone {
  readonly evenGone?: boolean;
}

/** In the order of the ids. Null: never seen, or gone. */
export async function findInventoryTenants(
  { db }: Store,
  ids: readonly TenantId[],
  { evenGone = false }: EvenGone = {},
): Promise<readonly (Tenant | null)[]> {
  const { provider, tenant, goneAt } = inventoryTenants;
  const { since: _, goneAt: __, digest: ___, ...node } = getTableColumns(inventoryTenants);
  const rows = await db
    .select({ ...node, index: INDEX })
    .from(wanted(ids))
    .innerJoin(inventoryTenants, and(isWanted({ provider, tenant }), evenGone ? undefined : isNull(goneAt)));
  return inOrder(ids, rows, (row) => {
    const { name, description, enabled, createdAt, updatedAt, attributes, seenAt } = row;
    return {
      id: { provider: row.provider, tenant: row.tenant },
      name,
      description,
      enabled,
      createdAt,
      updatedAt,
      attributes,
      freshness: { asOf: seenAt, source: 'INVENTORY' },
    };
  });
}

/** In the order of the ids. Null: never seen, or gone. */
export async function findInventoryClients(
  { db }: Store,
  ids: readonly ClientId[],
  { evenGone = false }: EvenGone = {},
): Promise<readonly (Client | null)[]> {
  const { provider, tenant, client, goneAt } = inventoryClients;
  const rows = await db
    .select({ node: CLIENT_NODE, index: INDEX })
    .from(wanted(ids))
    .innerJoin(
      inventoryClients,
      and(isWanted({ provider, tenant, client }), evenGone ? undefined : isNull(goneAt)),
    );
  return inOrder(ids, rows, ({ node }) => clientOf(node));
}

/** In the order of the ids, with the status as of now. Null: never seen, or gone. */
export async function findInventorySecrets(
  { db }: Store,
  ids: readonly ClientSecretId[],
  now: Date,
  { evenGone = false }: EvenGone = {},
): Promise<readonly (ClientSecret | null)[]> {
  const rows = await db
    .select({ node: nodeColumns(inventorySecrets), index: INDEX })
    .from(wanted(ids))
    .innerJoin(
      inventorySecrets,
      and(isWanted(SECRET_KEY), evenGone ? undefined : isNull(inventorySecrets.goneAt)),
    );
  return inOrder(ids, rows, ({ node }) => secretOf(node, statusNow(node, now)));
}

/**
 * What is there of the tenant as far as we know and no look has shown since: at most `limit` clients and as many
 * secrets, in the order of their ids and behind those of `after`. Whether they are gone the vendor has to be asked.
 */
export async function findUnseen(
  { db }: Store,
  { provider, tenant }: TenantId,
  since: Date,
  limit: number,
  after: { readonly client: string; readonly secret: Pick<ClientSecretId, 'client' | 'secret'> },
): Promise<{ readonly clients: readonly ClientId[]; readonly secrets: readonly ClientSecretId[] }> {
  const unseen = (table: typeof inventoryClients | typeof inventorySecrets) =>
    and(
      eq(table.provider, provider),
      eq(table.tenant, tenant),
      isNull(table.goneAt),
      lt(table.seenAt, since),
    );
  const { client } = inventoryClients;
  const clients = await db
    .select({ provider: inventoryClients.provider, tenant: inventoryClients.tenant, client })
    .from(inventoryClients)
    .where(and(unseen(inventoryClients), gt(client, after.client)))
    .orderBy(asc(client))
    .limit(limit);
  const { client: of, secret } = inventorySecrets;
  const secrets = await db
    .select(SECRET_KEY)
    .from(inventorySecrets)
    .where(
      and(
        unseen(inventorySecrets),
        sql`(${of}, ${secret}) > (${after.secret.client}, ${after.secret.secret})`,
      ),
    )
    .orderBy(asc(of), asc(secret))
    .limit(limit);
  return { clients, secrets };
}

const INDEX = sql<number>`wanted.index`;

/** One parameter, whatever the number of the ids. */
function wanted(ids: readonly TenantId[]): SQL {
  const storable = ids.map((id, index) =>
    isStorableText(Object.values(id).join()) ? { ...id, index } : { index },
  );
  return sql`jsonb_to_recordset(${JSON.stringify(storable)}::text::jsonb)
    as wanted(provider text, tenant text, client text, secret text, index integer)`;
}

function isWanted(key: Readonly<Record<string, PgColumn>>): SQL | undefined {
  return and(...Object.entries(key).map(([name, column]) => sql`${column} = wanted.${sql.identifier(name)}`));
}

function inOrder<Row extends { readonly index: number }, T>(
  ids: readonly unknown[],
  rows: readonly Row[],
  nodeOf: (row: Row) => T,
): readonly (T | null)[] {
  const found = new Map(rows.map((row) => [row.index, row]));
  return ids.map((_, index) => {
    const row = found.get(index);
    return row === undefined ? null : nodeOf(row);
  });
}
