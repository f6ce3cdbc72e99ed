import { and, isNull, sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { isStorableText } from '../domain/storable.ts';
import type { ClientId, ClientSecretId } from '../domain/ids.ts';
import type { Database, Store } from './database.ts';
import { changeOf, insertChanges, type Change } from './inventory-changes.ts';
import { clientRemoved, secretRemoved } from './inventory-difference.ts';
import { isInTurn, isOlder, lookAt, momentSql, type Look, type NotedBy } from './inventory-look.ts';
import { inventoryClients, inventorySecrets } from './tables/inventory.ts';

/**
 * Writes down that some things are no longer there; a client takes its secrets along. Nothing changes of what as late a
 * look has shown, and of what was never seen or is gone already.
 */
export async function noteGone(
  { db }: Store,
  gone: { readonly clients?: readonly ClientId[]; readonly secrets?: readonly ClientSecretId[] },
  seenAt: Date,
  by: NotedBy,
): Promise<void> {
  const isStored = (id: ClientId) => isStorableText(Object.values(id).join());
  const clients = (gone.clients ?? []).filter(isStored);
  const secrets = (gone.secrets ?? []).filter(isStored);
  if (clients.length + secrets.length === 0) return;
  const look = lookAt(seenAt, by);
  await db.transaction(async (tx) => {
    const changes = [
      ...(clients.length === 0 ? [] : await endClients(tx, clients, look)),
      ...(await endSecrets(tx, clients, secrets, look)),
    ];
    await insertChanges({ db: tx }, changes, look);
  });
}

async function endClients(
  tx: Database,
  clients: readonly ClientId[],
  look: Look,
): Promise<readonly Change[]> {
  const { provider, tenant, client, name, clientId, description, kind, enabled, redirectUris } =
    inventoryClients;
  const isIt = sql`(${provider}, ${tenant}, ${client}) = (ended.provider, ended.tenant, ended.client)`;
  const held = tx.$with('held', {}).as(heldRows(inventoryClients, clients, isIt, look));
  const rows = await tx
    .with(held)
    .update(inventoryClients)
    .set(goneMoments(inventoryClients, look))
    .from(sql`held`)
    .where(isHeld(inventoryClients, [provider, tenant, client]))
    .returning({
      provider,
      tenant,
      client,
      name,
      clientId,
      description,
      kind,
      enabled,
      redirectUris,
      lookedAt: LOOKED_AT,
    });
  return rows.map((row) => changeOf(row, null, clientRemoved(row), row.lookedAt));
}

/** Those of a client only where that is gone indeed. */
async function endSecrets(
  tx: Database,
  clients: readonly ClientId[],
  secrets: readonly ClientSecretId[],
  look: Look,
): Promise<readonly Change[]> {
  const { provider, tenant, client, secret, description, status, expiresAt, revokedAt, maxUses } =
    inventorySecrets;
  const clientIsGone = sql`not exists (
    select from ${inventoryClients} known where known.gone_at is null
      and (known.provider, known.tenant, known.client) = (ended.provider, ended.tenant, ended.client))`;
  const isIt = sql`(${provider}, ${tenant}, ${client}) = (ended.provider, ended.tenant, ended.client)
    and (${secret} = ended.secret or ended.secret is null and ${clientIsGone})`;
  const held = tx.$with('held', {}).as(heldRows(inventorySecrets, [...clients, ...secrets], isIt, look));
  const rows = await tx
    .with(held)
    .update(inventorySecrets)
    .set(goneMoments(inventorySecrets, look))
    .from(sql`held`)
    .where(isHeld(inventorySecrets, [provider, tenant, client, secret]))
    .returning({
      provider,
      tenant,
      client,
      secret,
      description,
      status,
      expiresAt,
      revokedAt,
      maxUses,
      lookedAt: LOOKED_AT,
    });
  return rows.map((row) => changeOf(row, row.secret, secretRemoved(row), row.lookedAt));
}

/** When the row that is held was last seen. */
const LOOKED_AT = sql`held.seen_at`.mapWith(inventoryClients.seenAt);

type Seen = typeof inventoryClients | typeof inventorySecrets;

/** Locked in one order, so that nobody waits for somebody who waits. */
function heldRows(table: Seen, ids: readonly ClientId[], isIt: SQL, look: Look): SQL {
  return sql`
    select ${table}.* from ${table}
    join jsonb_to_recordset(${JSON.stringify(ids)}::text::jsonb)
      as ended(provider text, tenant text, client text, secret text) on ${isIt}
    where ${and(isNull(table.goneAt), isOlder(table.seenAt, look), isInTurn(table.writtenAt, look, momentSql(look.seenAt)))}
    order by ${table.rowId} for update of ${table}`;
}

/** As of when something that was last seen at `seenAt` is gone. It comes after that, as `momentsOf` has it. */
export function goneMoment(seenAt: PgColumn, look: Look): SQL {
  const at = momentSql(look.seenAt);
  return look.by === 'us' ? sql`greatest(${seenAt} + interval '1 millisecond', ${at})` : at;
}

function goneMoments(table: Seen, look: Look) {
  const at = goneMoment(table.seenAt, look);
  return { goneAt: at, seenAt: at, ...(look.by === 'us' ? { writtenAt: look.seenAt } : {}) };
}

/** By the key, which an index leads to. */
function isHeld(table: Seen, key: readonly PgColumn[]): SQL | undefined {
  return and(
    ...key.map((column) => sql`${column} = held.${sql.identifier(column.name)}`),
    sql`${table.rowId} = held.row_id`,
  );
}
