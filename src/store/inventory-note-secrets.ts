import { and, getTableColumns, sql } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import type { ClientSecret } from '../domain/client-secret.ts';
import { idKey } from '../domain/ids.ts';
import { isStorableText } from '../domain/storable.ts';
import type { Database, Store } from './database.ts';
import { changeOf, insertChanges, type Change } from './inventory-changes.ts';
import { eachOnce, lookAt, type Look, type NotedBy } from './inventory-look.ts';
import { recordset, seenSelection, seenValues } from './inventory-recordset.ts';
import { seenSecretOf, type SeenSecret } from './inventory-secret-rows.ts';
import { findSteps, isSeenSecret, SECRET_KEY, type SecretStep } from './inventory-secret-steps.ts';
import { inventoryClients, inventorySecrets, inventoryVersions } from './tables/inventory.ts';

/**
 * Writes down what was seen of some secrets, the differences from what was known, and the versions that ended. Nothing
 * changes where something as late is known. What is no addition, as `isAddition` says, shows no difference.
 */
export async function noteSecrets(
  store: Store,
  secrets: readonly ClientSecret[],
  seenAt: Date,
  by: NotedBy,
  since?: Date,
): Promise<void> {
  const look = lookAt(seenAt, by, since);
  const storable = secrets.filter(({ id }) => isStorableText(Object.values(id).join()));
  let rest: readonly SeenSecret[] = eachOnce(storable, ({ id }) => idKey(id)).map((node) =>
    seenSecretOf(node, look),
  );
  while (rest.length > 0) {
    const steps = await findSteps(store, rest, look);
    // Somebody else has written down something of the same ones in between: they are looked at again.
    rest = steps.length === 0 ? [] : await take(store, steps, look);
  }
}

/** In one transaction. Gives back what somebody else was faster with. */
async function take({ db }: Store, steps: readonly SecretStep[], look: Look): Promise<readonly SeenSecret[]> {
  return db.transaction(async (tx) => {
    const taken = new Set([...(await insertNew(tx, steps)), ...(await updateKnown(tx, steps))]);
    const isTaken = ({ seen }: SecretStep) => taken.has(keyOf(seen));
    await insertChanges({ db: tx }, steps.filter(isTaken).flatMap(changesOf), look);
    return steps.filter((step) => !isTaken(step)).map(({ seen }) => seen);
  });
}

/** Only rows that are as they were known; locked in one order, so that nobody waits for somebody who waits. */
async function updateKnown(tx: Database, steps: readonly SecretStep[]): Promise<readonly string[]> {
  const rows = steps.flatMap(({ row, known, validTo }) =>
    known === null ? [] : [{ ...row, rowId: known.rowId, knownAt: known.seenAt, validTo }],
  );
  if (rows.length === 0) return [];
  const more = ['"knownAt" timestamptz', '"validTo" timestamptz'];
  const seen = tx.$with('seen', {}).as(sql`select * from ${recordset(inventorySecrets, rows, more)}`);
  const held = tx.$with('held', {}).as(sql`
    select ${inventorySecrets}.*, seen."validTo" as valid_to
    from ${inventorySecrets} join seen on ${inventorySecrets.rowId} = seen."rowId" and ${isSeenSecret}
    where ${inventorySecrets.seenAt} = seen."knownAt"
    order by ${inventorySecrets.rowId} for update of ${inventorySecrets}`);
  const kept = tx.$with('kept', {}).as(sql`
    insert into ${inventoryVersions} (${VERSION}, valid_from)
    select ${VERSION}, since from held where valid_to > since`);
  const saved = await tx
    .with(seen, held, kept)
    .update(inventorySecrets)
    .set({ ...seenValues(inventorySecrets, SEEN), clientWords: CLIENT_WORDS, goneAt: sql`null` })
    .from(sql`seen join held on held.row_id = seen."rowId"`)
    .where(and(isSeenSecret, sql`${inventorySecrets.rowId} = held.row_id`))
    .returning(SECRET_KEY);
  return saved.map(keyOf);
}

/**
 * First of all and in the order of the keys: to add one may have to wait for somebody who holds what is known, and who
 * waits so must hold none of it himself.
 */
async function insertNew(tx: Database, steps: readonly SecretStep[]): Promise<readonly string[]> {
  const rows = steps.flatMap(({ row, known }) => (known === null ? [row] : []));
  if (rows.length === 0) return [];
  const given = { rowId: sql`gen_random_uuid()`, clientWords: CLIENT_WORDS };
  const inserted = await tx
    .insert(inventorySecrets)
    .select(sql`select ${seenSelection(inventorySecrets, given)} from ${recordset(inventorySecrets, rows)}`)
    .onConflictDoNothing()
    .returning(SECRET_KEY);
  return inserted.map(keyOf);
}

/** What a look says, all but what tells one row from another. */
const SEEN = [
  ...([
    'description',
    'hint',
    'status',
    'createdAt',
    'updatedAt',
    'expiresAt',
    'lastUsedAt',
    'revokedAt',
  ] as const),
  ...([
    'useCount',
    'maxUses',
    'retrievable',
    'attributes',
    'idleSince',
    'words',
    'seenAt',
    'since',
    'writtenAt',
    'digest',
  ] as const),
];

/** The columns of a version that are those of the row too, and its end. */
const VERSION = sql.join(
  Object.entries(getTableColumns(inventoryVersions)).flatMap(([key, column]) =>
    column.generated !== undefined || key === 'validFrom' ? [] : [sql.identifier(toSnakeCase(key))],
  ),
  sql`, `,
);

/** By which its secrets are found too. None while the client itself has not been seen. */
const CLIENT_WORDS = sql`coalesce((
  select known.name_words from ${inventoryClients} known
  where (known.provider, known.tenant, known.client) = (seen.provider, seen.tenant, seen.client)
), ''::tsvector)`;

function changesOf({ seen, differences, lookedAt }: SecretStep): readonly Change[] {
  return differences.map((difference) => changeOf(seen, seen.secret, difference, lookedAt));
}

function keyOf({ provider, tenant, client, secret }: Pick<SeenSecret, keyof typeof SECRET_KEY>): string {
  return JSON.stringify([provider, tenant, client, secret]);
}
