import { and, asc, desc, sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { InvalidInputError } from '../domain/gateway-error.ts';
import type { Page, PageRequest } from '../domain/page.ts';
import { isStorableMoment } from '../domain/storable.ts';

/** A list in the order of a moment and then an id, read in either direction by one indexed comparison. */
export interface Keyset {
  readonly moment: PgColumn;
  readonly id: PgColumn;
  readonly newestFirst: boolean;
}

/** What a query takes to read one page: its condition, its order, and one row more than the page holds. */
export function keysetQuery(
  { moment, id, newestFirst }: Keyset,
  request: PageRequest,
  where: SQL | undefined,
) {
  const falling = newestFirst === (request.direction === 'forward');
  const order = falling ? desc : asc;
  const behind = request.cursor === null ? undefined : parseCursor(request.cursor, request.direction);
  const beyond =
    behind &&
    sql`(${moment}, ${id}) ${sql.raw(falling ? '<' : '>')} (${behind.at.toISOString()}::timestamptz, ${behind.id}::uuid)`;
  return { where: and(where, beyond), orderBy: [order(moment), order(id)], limit: request.limit + 1 };
}

/** Of rows in the order in which they were read, one more than the page holds. */
export function pageOfRows<Row, T>(
  rows: readonly Row[],
  request: PageRequest,
  item: (row: Row) => { readonly node: T; readonly cursor: string },
  totalCount: number | null,
): Page<T> {
  const more = rows.length > request.limit;
  const forward = request.direction === 'forward';
  const items = rows.slice(0, request.limit).map(item);
  return {
    items: forward ? items : items.reverse(),
    hasNext: forward ? more : request.cursor !== null,
    hasPrevious: forward ? request.cursor !== null : more,
    totalCount,
  };
}

export function keysetCursor(at: Date, id: string): string {
  return Buffer.from(`${at.getTime()}.${id}`).toString('base64url');
}

const CURSOR = /^(\d{1,15})\.([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/;

function parseCursor(cursor: string, direction: PageRequest['direction']): { at: Date; id: string } {
  const [, at, id] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  const moment = new Date(Number(at));
  if (id === undefined || !isStorableMoment(moment)) throw badCursor(direction);
  return { at: moment, id };
}

export function badCursor(direction: PageRequest['direction']): InvalidInputError {
  const path = [direction === 'forward' ? 'after' : 'before'];
  return new InvalidInputError([{ path, message: 'is not a cursor of this list; use one that it gave you' }]);
}
