import { and, eq, isNotNull, lt, ne, or, sql } from 'drizzle-orm';
import type { Client } from '../domain/client.ts';
import { idKey } from '../domain/ids.ts';
import { isStorableText } from '../domain/storable.ts';
import type { Database, Store } from './database.ts';
import { changeOf, insertChanges, type Change } from './inventory-changes.ts';
import { seenClientOf, type ClientRow, type SeenClient } from './inventory-client-rows.ts';
import { clientAdded, clientDifferences, type Difference } from './inventory-difference.ts';
import {
  eachOnce,
  isInTurn,
  isOlder,
  lookAt,
  momentSql,
  momentsOf,
  type Look,
  type NotedBy,
} from './inventory-look.ts';
import { recordset, seenSelection, seenValues } from './inventory-recordset.ts';
import { renameSecrets } from './inventory-rename-secrets.ts';
import { inventoryClients, inventorySweeps } from './tables/inventory.ts';

/**
 * Writes down what was seen of some clients and the differences from what was known. Nothing changes where something
 * as late is known. A tenant whose first sweep is not finished yet shows no additions.
 */
export async function noteClients(
  store: Store,
  clients: readonly Client[],
  seenAt: Date,
  by: NotedBy,
  since?: Date,
): Promise<void> {
  const look = lookAt(seenAt, by, since);
  const storable = clients.filter(({ id }) => isStorableText(Object.values(id).join()));
  let rest: readonly SeenClient[] = eachOnce(storable, ({ id }) => idKey(id)).map((node) =>
    seenClientOf(node, look),
  );
  while (rest.length > 0) {
    const steps = await findSteps(store, rest, look);
    // Somebody else has written down something of the same ones in between: they are looked at again.
    rest = steps.length === 0 ? [] : await take(store, steps, look);
  }
}

/** What has to be written down of one client, in view of what is known of it. */
interface Step {
  readonly seen: SeenClient;
  /** Null: it is new. */
  readonly known: Known | null;
  readonly row: SeenClient & { readonly since: Date; readonly writtenAt: Date | null };
  readonly differences: readonly Difference[];
  /** When it was looked for before: of what is new, the end of the last whole sweep. Null: never. */
  readonly lookedAt: Date | null;
}

const { rowId, writtenAt, goneAt, name, clientId, description, kind, enabled, redirectUris } =
  inventoryClients;
const KNOWN = {
  rowId,
  seenAt: inventoryClients.seenAt,
  since: inventoryClients.since,
  writtenAt,
  goneAt,
  name,
  clientId,
  description,
  kind,
  enabled,
  redirectUris,
};
type Known = Pick<ClientRow, keyof typeof KNOWN>;

const KEY = {
  provider: inventoryClients.provider,
  tenant: inventoryClients.tenant,
  client: inventoryClients.client,
};

/** Joins a client with what was seen of it. */
const isSeen = and(...Object.entries(KEY).map(([key, column]) => eq(column, sql.raw(`seen.${key}`))));

/** When a write of ours last made it what it is, or, of what is gone, when that was seen. */
const LAST = sql`case when ${goneAt} is null then ${writtenAt} else ${inventoryClients.seenAt} end`;

/** Leaves out those of which nothing has to be written down. */
async function findSteps({ db }: Store, seen: readonly SeenClient[], look: Look): Promise<readonly Step[]> {
  const keys = seen.map(({ provider, tenant, client, digest }, index) => ({
    provider,
    tenant,
    client,
    digest,
    index,
  }));
  const here = sql`jsonb_to_recordset(${JSON.stringify(keys)}::text::jsonb)
    as seen(provider text, tenant text, client text, digest text, index integer)`;
  const isNews = or(
    isNotNull(goneAt),
    ne(inventoryClients.digest, sql`seen.digest`),
    lt(inventoryClients.seenAt, look.staleBefore),
  );
  const rows = await db
    .select({ index: sql<number>`seen.index`, known: KNOWN, sweptAt: inventorySweeps.finishedAt })
    .from(here)
    .leftJoin(inventoryClients, isSeen)
    .leftJoin(
      inventorySweeps,
      sql`(${inventorySweeps.provider}, ${inventorySweeps.tenant}) = (seen.provider, seen.tenant)`,
    )
    .where(
      or(
        sql`${rowId} is null`,
        and(isOlder(inventoryClients.seenAt, look), isInTurn(LAST, look, momentSql(look.beganAt)), isNews),
      ),
    )
    .orderBy(sql`seen.index`);
  return rows.flatMap(({ index, known, sweptAt }) => {
    const one = seen[index];
    return one === undefined ? [] : [stepOf(one, known, look, sweptAt)];
  });
}

function stepOf(seen: SeenClient, known: Known | null, look: Look, sweptAt: Date | null): Step {
  const moments = momentsOf(look, known);
  const row = { ...seen, ...moments, since: moments.seenAt };
  const lookedAt = known?.seenAt ?? sweptAt;
  if (known === null || known.goneAt !== null) {
    return { seen, known, row, differences: sweptAt === null ? [] : [clientAdded(seen)], lookedAt };
  }
  const differences = clientDifferences(known, seen);
  const since = differences.length === 0 ? known.since : row.since;
  return { seen, known, row: { ...row, since }, differences, lookedAt };
}

/** In one transaction. Gives back what somebody else was faster with. */
async function take({ db }: Store, steps: readonly Step[], look: Look): Promise<readonly SeenClient[]> {
  return db.transaction(async (tx) => {
    const taken = new Set([...(await insertNew(tx, steps)), ...(await updateKnown(tx, steps))]);
    const mine = steps.filter(({ seen }) => taken.has(keyOf(seen)));
    const renamed = mine.filter(isRenamed).map(({ seen }) => seen);
    await renameSecrets(tx, renamed);
    await insertChanges({ db: tx }, mine.flatMap(changesOf), look);
    return steps.flatMap(({ seen }) => (taken.has(keyOf(seen)) ? [] : [seen]));
  });
}

/** Only rows that are as they were known; locked in one order, so that nobody waits for somebody who waits. */
async function updateKnown(tx: Database, steps: readonly Step[]): Promise<readonly string[]> {
  const rows = steps.flatMap(({ row, known }) =>
    known === null ? [] : [{ ...row, rowId: known.rowId, knownAt: known.seenAt }],
  );
  if (rows.length === 0) return [];
  const seen = tx
    .$with('seen', {})
    .as(sql`select * from ${recordset(inventoryClients, rows, ['"knownAt" timestamptz'])}`);
  const held = tx.$with('held', {}).as(sql`
    select ${rowId} from ${inventoryClients} join seen on ${rowId} = seen."rowId" and ${isSeen}
    where ${inventoryClients.seenAt} = seen."knownAt"
    order by ${rowId} for update of ${inventoryClients}`);
  const saved = await tx
    .with(seen, held)
    .update(inventoryClients)
    .set({ ...seenValues(inventoryClients, SEEN), goneAt: sql`null` })
    .from(sql`seen join held on held.row_id = seen."rowId"`)
    .where(and(isSeen, sql`${rowId} = held.row_id`))
    .returning(KEY);
  return saved.map(keyOf);
}

/**
 * First of all and in the order of the keys: to add one may have to wait for somebody who holds what is known, and who
 * waits so must hold none of it himself.
 */
async function insertNew(tx: Database, steps: readonly Step[]): Promise<readonly string[]> {
  const rows = steps.flatMap(({ row, known }) => (known === null ? [row] : []));
  if (rows.length === 0) return [];
  const selection = seenSelection(inventoryClients, { rowId: sql`gen_random_uuid()` });
  const inserted = await tx
    .insert(inventoryClients)
    .select(sql`select ${selection} from ${recordset(inventoryClients, rows)}`)
    .onConflictDoNothing()
    .returning(KEY);
  return inserted.map(keyOf);
}

function isRenamed({ seen, known }: Step): boolean {
  return known === null || known.name !== seen.name || known.clientId !== seen.clientId;
}

/** What a look says, all but what tells one row from another. */
const SEEN = [
  ...(['identity', 'clientId', 'name', 'description', 'kind', 'enabled', 'redirectUris'] as const),
  ...(['createdAt', 'updatedAt', 'attributes', 'nameOrder', 'words', 'nameWords'] as const),
  ...(['seenAt', 'since', 'writtenAt', 'digest'] as const),
];

function changesOf({ seen, differences, lookedAt }: Step): readonly Change[] {
  return differences.map((difference) => changeOf(seen, null, difference, lookedAt));
}

function keyOf({ provider, tenant, client }: Pick<SeenClient, keyof typeof KEY>): string {
  return JSON.stringify([provider, tenant, client]);
}
