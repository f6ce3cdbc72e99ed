import { asc, desc, sql, type SQL, type SQLWrapper } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { PageRequest } from '../domain/page.ts';
import { isStorableMoment } from '../domain/storable.ts';
import { parseTexts } from '../domain/texts.ts';
import { badCursor } from './keyset.ts';
import { isUuid } from './uuid.ts';

export interface InventoryOrder<Field extends string> {
  readonly field: Field;
  readonly direction: 'ASC' | 'DESC';
}

/** Where a row stands in an order, and by its id among those that stand there too. */
export interface Place {
  /** A moment in milliseconds, `''` where there is none, or a text. */
  readonly key: string;
  readonly rowId: string;
}

/** Texts, or moments with what stands in for a moment that there is not. */
export type KeyKind = 'text' | { readonly none: 'infinity' | '-infinity' };

/** What a list in an order takes: the rows behind a cursor, read in which direction, one more than the page holds. */
export function orderedQuery(
  order: InventoryOrder<string>,
  kind: KeyKind,
  request: PageRequest,
): {
  readonly limit: number;
  beyond(columns: { readonly key: PgColumn; readonly rowId: PgColumn }): SQL | undefined;
  orderBy(columns: { readonly key: SQLWrapper; readonly rowId: SQLWrapper }): SQL[];
} {
  const falling = (order.direction === 'DESC') === (request.direction === 'forward');
  const direct = falling ? desc : asc;
  const place = request.cursor === null ? null : parsePlace(request.cursor, order, kind);
  if (place === undefined) throw badCursor(request.direction);
  return {
    limit: request.limit + 1,
    beyond: ({ key, rowId }) =>
      place === null
        ? undefined
        : sql`(${key}, ${rowId}) ${sql.raw(falling ? '<' : '>')} (${keyValue(place.key, kind)}, ${place.rowId}::uuid)`,
    orderBy: ({ key, rowId }) => [direct(key), direct(rowId)],
  };
}

/** Of this order alone. */
export function orderCursor({ field, direction }: InventoryOrder<string>, { key, rowId }: Place): string {
  return Buffer.from(JSON.stringify([field, direction, key, rowId])).toString('base64url');
}

/**
 * The same key, by which no index is in order. What a search finds is found by its words and then sorted: the planner
 * takes a rare word for one in fifty and would walk through the whole order for it.
 */
export function unindexed(key: PgColumn): SQL {
  return sql`greatest(${key})`;
}

export function momentKey(moment: Date | null): string {
  return moment === null ? '' : String(moment.getTime());
}

/** Undefined for whatever `orderCursor` did not make of this order. */
function parsePlace(cursor: string, order: InventoryOrder<string>, kind: KeyKind): Place | undefined {
  const texts = parseTexts(Buffer.from(cursor, 'base64url').toString('utf8'));
  const [, , key, rowId] = texts ?? [];
  if (key === undefined || rowId === undefined || !isUuid(rowId)) return undefined;
  if (kind !== 'text' && key !== '' && !isMomentKey(key)) return undefined;
  return orderCursor(order, { key, rowId }) === cursor ? { key, rowId } : undefined;
}

function isMomentKey(key: string): boolean {
  return /^(?:0|-?[1-9]\d{0,14})$/.test(key) && isStorableMoment(new Date(Number(key)));
}

function keyValue(key: string, kind: KeyKind): SQL {
  if (kind === 'text') return sql`${key}::text`;
  return sql`${key === '' ? kind.none : new Date(Number(key)).toISOString()}::timestamptz`;
}
