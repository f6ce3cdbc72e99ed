import { and, count, eq, sql, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Page, PageRequest } from '../../domain/page.ts';
import type { Database } from '../../store/database.ts';
import { keysetCursor, keysetQuery, pageOfRows } from '../../store/keyset.ts';
import { isOneOf, keyRows, keyText, possibleKeys, type Key } from './keys.ts';

interface Row {
  readonly id: string;
  readonly createdAt: Date;
}

/** What `read` makes its statement of: one row for each parent, and of its children those of the page and one more. */
export interface ChildQuery extends ReturnType<typeof keysetQuery> {
  readonly parents: SQL;
}

interface Children<R extends Row> {
  readonly table: PgTable & { readonly id: PgColumn; readonly createdAt: PgColumn };
  /** The columns that name the parent. */
  readonly parent: readonly PgColumn[];
  readonly parentOf: (row: R) => Key;
  /** Which of the children, where not all. */
  readonly where?: SQL | undefined;
  /** A lateral join of the parents and a subquery: by its index it gives a page without reading the other children. */
  readonly read: (query: ChildQuery) => Promise<readonly R[]>;
}

const PARTS = ['tenant', 'id'].map((name) => sql.identifier(name));

/** One page for each parent, in their order, oldest first. One statement, and one more for the totals. */
export async function pagesOf<R extends Row, T>(
  db: Database,
  parents: readonly Key[],
  request: PageRequest,
  children: Children<R>,
  node: (row: R) => T,
): Promise<readonly Page<T>[]> {
  const possible = possibleKeys(parents);
  const rows = possible.length === 0 ? [] : await children.read(childQuery(possible, request, children));
  const totals = request.withTotal ? await countEach(db, possible, children) : null;
  const families = groupBy(inReadingOrder(rows, request), (row) => keyText(children.parentOf(row)));
  const item = (row: R) => ({ node: node(row), cursor: keysetCursor(row.createdAt, row.id) });
  return parents.map((parent) => {
    const total = totals === null ? null : (totals.get(keyText(parent)) ?? 0);
    return pageOfRows(families.get(keyText(parent)) ?? [], request, item, total);
  });
}

function childQuery<R extends Row>(
  keys: readonly Key[],
  request: PageRequest,
  { table, parent, where }: Children<R>,
): ChildQuery {
  const names = parent.map((_, i) => PARTS[i] ?? sql``);
  const theirs = parent.map((column, i) => eq(column, sql`parent.${names[i]}`));
  return {
    ...keysetQuery(
      { moment: table.createdAt, id: table.id, newestFirst: false },
      request,
      and(...theirs, where),
    ),
    parents: sql`${keyRows(keys)} as parent(${sql.join(names, sql`, `)})`,
  };
}

async function countEach<R extends Row>(
  db: Database,
  keys: readonly Key[],
  { table, parent, where }: Children<R>,
): Promise<ReadonlyMap<string, number>> {
  if (keys.length === 0) return new Map();
  const rows = await db
    .select({ key: sql<string>`concat_ws(' ', ${sql.join([...parent], sql`, `)})`, n: count() })
    .from(table)
    .where(and(isOneOf(parent, keys), where))
    .groupBy(...parent);
  return new Map(rows.map(({ key, n }) => [key, n]));
}

/** A join promises no order. */
function inReadingOrder<R extends Row>(rows: readonly R[], { direction }: PageRequest): readonly R[] {
  const sign = direction === 'forward' ? 1 : -1;
  return rows.toSorted(
    (a, b) => sign * (a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1)),
  );
}

function groupBy<R>(rows: readonly R[], nameOf: (row: R) => string): ReadonlyMap<string, readonly R[]> {
  const groups = new Map<string, R[]>();
  for (const row of rows) {
    const group = groups.get(nameOf(row)) ?? [];
    groups.set(nameOf(row), group);
    group.push(row);
  }
  return groups;
}
