import { and, count, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { AccessToken } from '../domain/access-token.ts';
import type { Page, PageRequest } from '../domain/page.ts';
import type { Store } from './database.ts';
import { keysetCursor, keysetQuery, pageOfRows } from './keyset.ts';
import { accessTokens, settings } from './tables/gateway.ts';

type Row = typeof accessTokens.$inferSelect;

const KEYSET = { moment: accessTokens.createdAt, id: accessTokens.id, newestFirst: true };

export async function insertAccessToken({ db }: Store, row: Row): Promise<AccessToken> {
  await db.insert(accessTokens).values(row);
  return accessTokenOf(row);
}

/** The first token of a database. Null: it has had one, perhaps made by another replica just now. */
export async function insertFirstAccessToken({ db }: Store, row: Row): Promise<AccessToken | null> {
  return db.transaction(async (tx) => {
    const first = await tx
      .insert(settings)
      .values({ name: 'first-access-token', value: row.id })
      .onConflictDoNothing()
      .returning();
    if (first.length === 0) return null;
    await tx.insert(accessTokens).values(row);
    return accessTokenOf(row);
  });
}

export async function hasFirstAccessToken({ db }: Store): Promise<boolean> {
  return (await db.select().from(settings).where(eq(settings.name, 'first-access-token'))).length > 0;
}

/** What it takes to know who holds a token. */
export type HeldToken = Pick<
  Row,
  'id' | 'name' | 'prefix' | 'digest' | 'roles' | 'expiresAt' | 'lastUsedAt' | 'revokedAt'
>;

/** Finds those that may be the tokens with these prefixes; the digest decides. Built once, as each request asks it. */
export function prepareTokenSearch({
  db,
}: Store): (prefixes: readonly string[]) => Promise<readonly HeldToken[]> {
  const { id, name, prefix, digest, roles, expiresAt, lastUsedAt, revokedAt } = accessTokens;
  // One text, because drivers do not agree on how to send a list.
  const anyOf = sql`${prefix} = any(string_to_array(${sql.placeholder('prefixes')}, ' '))`;
  const statement = db
    .select({ id, name, prefix, digest, roles, expiresAt, lastUsedAt, revokedAt })
    .from(accessTokens)
    .where(anyOf)
    .prepare('access_tokens_search');
  return (prefixes) => statement.execute({ prefixes: prefixes.join(' ') });
}

export async function noteTokenUse({ db }: Store, id: string, at: Date): Promise<void> {
  await db.update(accessTokens).set({ lastUsedAt: at }).where(eq(accessTokens.id, id));
}

/** Revoked once; a second time changes nothing. Null: there is no such token. */
export async function markTokenRevoked(store: Store, id: string, at: Date): Promise<AccessToken | null> {
  await store.db
    .update(accessTokens)
    .set({ revokedAt: at })
    .where(and(eq(accessTokens.id, id), isNull(accessTokens.revokedAt)));
  return (await findAccessTokens(store, [id]))[0] ?? null;
}

export async function findAccessTokens(
  { db }: Store,
  ids: readonly string[],
): Promise<readonly AccessToken[]> {
  if (ids.length === 0) return [];
  return (
    await db
      .select()
      .from(accessTokens)
      .where(inArray(accessTokens.id, [...ids]))
  ).map(accessTokenOf);
}

/** Newest first. */
export async function listAccessTokens({ db }: Store, request: PageRequest): Promise<Page<AccessToken>> {
  const query = keysetQuery(KEYSET, request, undefined);
  const rows = await db
    .select()
    .from(accessTokens)
    .where(query.where)
    .orderBy(...query.orderBy)
    .limit(query.limit);
  const total = request.withTotal ? await db.select({ n: count() }).from(accessTokens) : [];
  const item = (row: Row) => ({ node: accessTokenOf(row), cursor: keysetCursor(row.createdAt, row.id) });
  return pageOfRows(rows, request, item, total[0]?.n ?? null);
}

function accessTokenOf({
  id,
  name,
  prefix,
  roles,
  createdAt,
  expiresAt,
  lastUsedAt,
  revokedAt,
}: Row): AccessToken {
  return { id, name, hint: `${prefix}…`, roles, createdAt, expiresAt, lastUsedAt, revokedAt };
}
