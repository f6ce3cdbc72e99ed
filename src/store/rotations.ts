import { and, asc, count, desc, eq, gte, inArray, isNull, lte, or, type SQL } from 'drizzle-orm';
import type { Reach } from '../domain/actor.ts';
import { idKey, type ClientId, type ClientSecretId } from '../domain/ids.ts';
import type { Page, PageRequest } from '../domain/page.ts';
import { isOpen, type Rotation, type RotationState } from '../domain/rotation.ts';
import type { Store } from './database.ts';
import { keysetCursor, keysetQuery, pageOfRows } from './keyset.ts';
import { rotations } from './tables/gateway.ts';
import { withinReach } from './within-reach.ts';

type Row = typeof rotations.$inferSelect;

const KEYSET = { moment: rotations.startedAt, id: rotations.id, newestFirst: true };

/** False: there is an open rotation of this old secret already. */
export async function insertRotation({ db }: Store, rotation: Rotation, due: Due): Promise<boolean> {
  const inserted = await db
    .insert(rotations)
    .values({ ...rowOf(rotation), ...due })
    .onConflictDoNothing()
    .returning({ id: rotations.id });
  return inserted.length > 0;
}

/** When the worker is to look at it next, and until when somebody else has it in hand. */
export interface Due {
  readonly dueAt: Date | null;
  readonly leaseUntil: Date | null;
}

/** False: somebody else has moved it on from `before` in the meantime, and nothing was saved. */
export async function saveRotation(
  { db }: Store,
  before: Rotation,
  after: Rotation,
  due: Due,
): Promise<boolean> {
  const unmoved = and(
    eq(rotations.id, before.id),
    eq(rotations.state, before.state),
    eq(rotations.attempts, before.attempts),
  );
  const saved = await db
    .update(rotations)
    .set({ ...rowOf(after), ...(isOpen(after.state) ? due : { dueAt: null, leaseUntil: null }) })
    .where(unmoved)
    .returning({ id: rotations.id });
  return saved.length > 0;
}

export async function findRotations({ db }: Store, ids: readonly string[]): Promise<readonly Rotation[]> {
  if (ids.length === 0) return [];
  return (
    await db
      .select()
      .from(rotations)
      .where(inArray(rotations.id, [...ids]))
  ).map(rotationOf);
}

/** The open ones that any of these secrets is part of, as the old or as the new one. */
export async function findOpenRotations(
  { db }: Store,
  of: readonly ClientSecretId[],
): Promise<readonly Rotation[]> {
  if (of.length === 0) return [];
  const parts = <K extends keyof ClientSecretId>(part: K) => [...new Set(of.map((id) => id[part]))];
  const rows = await db
    .select()
    .from(rotations)
    .where(
      and(
        isNull(rotations.completedAt),
        inArray(rotations.provider, parts('provider')),
        inArray(rotations.tenant, parts('tenant')),
        inArray(rotations.client, parts('client')),
        or(inArray(rotations.oldSecret, parts('secret')), inArray(rotations.newSecret, parts('secret'))),
      ),
    );
  const wanted = new Set(of.map(idKey));
  const isWanted = (id: ClientSecretId | null) => id !== null && wanted.has(idKey(id));
  return rows
    .map(rotationOf)
    .filter(({ oldSecret, newSecret }) => isWanted(oldSecret) || isWanted(newSecret));
}

/** All of these clients that were open then or later, up to `limit`, newest first. The clients are of one tenant. */
export async function findRotationsSince(
  { db }: Store,
  clients: readonly ClientId[],
  since: Date,
  limit: number,
): Promise<readonly Rotation[]> {
  const [first] = clients;
  if (first === undefined) return [];
  const rows = await db
    .select()
    .from(rotations)
    .where(
      and(
        eq(rotations.provider, first.provider),
        eq(rotations.tenant, first.tenant),
        inArray(rotations.client, [...new Set(clients.map(({ client }) => client))]),
        or(isNull(rotations.completedAt), gte(rotations.completedAt, since)),
      ),
    )
    .orderBy(desc(rotations.startedAt))
    .limit(limit);
  return rows.map(rotationOf);
}

/** Takes up to `limit` due rotations of these providers, for this worker alone, until `leaseUntil`. */
export async function claimDueRotations(
  { db }: Store,
  providers: readonly string[],
  now: Date,
  leaseUntil: Date,
  limit: number,
): Promise<readonly Rotation[]> {
  const free = or(isNull(rotations.leaseUntil), lte(rotations.leaseUntil, now));
  const due = db
    .select({ id: rotations.id })
    .from(rotations)
    .where(and(lte(rotations.dueAt, now), free, inArray(rotations.provider, [...providers])))
    .orderBy(asc(rotations.dueAt))
    .limit(limit)
    .for('update', { skipLocked: true });
  const rows = await db.update(rotations).set({ leaseUntil }).where(inArray(rotations.id, due)).returning();
  return rows.map(rotationOf);
}

/** Null: any. */
export interface RotationFilter {
  readonly providers: readonly string[] | null;
  readonly state: readonly RotationState[] | null;
  readonly client: ClientId | null;
}

/** Newest first. */
export async function listRotations(
  { db }: Store,
  filter: RotationFilter & { readonly within: Reach },
  request: PageRequest,
): Promise<Page<Rotation>> {
  const { within, providers, state, client } = filter;
  const where = and(
    withinReach(within, rotations),
    providers === null ? undefined : inArray(rotations.provider, [...providers]),
    state === null ? undefined : inArray(rotations.state, [...state]),
    client === null ? undefined : ofClient(client),
  );
  const query = keysetQuery(KEYSET, request, where);
  const rows = await db
    .select()
    .from(rotations)
    .where(query.where)
    .orderBy(...query.orderBy)
    .limit(query.limit);
  const total = request.withTotal ? await db.select({ n: count() }).from(rotations).where(where) : [];
  const item = (row: Row) => ({ node: rotationOf(row), cursor: keysetCursor(row.startedAt, row.id) });
  return pageOfRows(rows, request, item, total[0]?.n ?? null);
}

function ofClient(client: ClientId): SQL | undefined {
  return and(
    eq(rotations.provider, client.provider),
    eq(rotations.tenant, client.tenant),
    eq(rotations.client, client.client),
  );
}

function rowOf({ oldSecret, newSecret, ...rotation }: Rotation) {
  const { provider, tenant, client, secret } = oldSecret;
  return { ...rotation, provider, tenant, client, oldSecret: secret, newSecret: newSecret?.secret ?? null };
}

function rotationOf(row: Row): Rotation {
  const { provider, tenant, client, oldSecret, newSecret } = row;
  const of = { provider, tenant, client };
  return {
    id: row.id,
    operationId: row.operationId,
    state: row.state,
    oldSecret: { ...of, secret: oldSecret },
    newSecret: newSecret === null ? null : { ...of, secret: newSecret },
    startedAt: row.startedAt,
    retireAt: row.retireAt,
    completedAt: row.completedAt,
    attempts: row.attempts,
    lastError: row.lastError,
    keep: row.keep,
    oldExpiresAt: row.oldExpiresAt,
  };
}
