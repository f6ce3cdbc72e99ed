import type { Page, PageRequest } from '../domain/page.ts';
import { invalidInput } from './provider-error.ts';

/** A list that the vendor gives in the order of its keys, and on from any of them. */
export interface KeyedList<T> {
  readonly kind: string;
  /** At most `count` behind this key, or before it; the nearest first. Null: from that end of the list on. */
  read(count: number, direction: PageRequest['direction'], key: string | null): Promise<readonly T[]>;
  /** As of now. */
  total(): Promise<number>;
}

export interface KeyCursor<T> {
  readonly cursorOf: (node: T) => string;
  /** The list that it is of, and its key there. Null: it is no cursor of these. */
  readonly parse: (cursor: string) => { readonly kind: string; readonly id: string } | null;
}

/**
 * A page of these lists, one behind the other. A cursor is a key, so that what comes or goes between two pages neither
 * repeats nor hides another. One request for each list that the page needs or has to look into, and each for a total.
 */
export async function pageByKey<T>(
  lists: readonly KeyedList<T>[],
  { limit, cursor, direction, withTotal }: PageRequest,
  { cursorOf, parse }: KeyCursor<T>,
): Promise<Page<T>> {
  const isForward = direction === 'forward';
  const ordered = isForward ? lists : lists.toReversed();
  const from = cursor === null ? null : parse(cursor);
  const start = cursor === null ? 0 : ordered.findIndex(({ kind }) => kind === from?.kind);
  if (start < 0) throw invalidInput(isForward ? 'after' : 'before', 'is no cursor of this list');

  const found: T[] = [];
  for (const list of ordered.slice(start)) {
    // One more than the page holds tells whether there is more.
    const wanted = limit + 1 - found.length;
    const key = list.kind === from?.kind ? from.id : null;
    if (wanted > 0) found.push(...(await list.read(wanted, direction, key)));
  }
  const taken = found.slice(0, limit).map((node) => ({ node, cursor: cursorOf(node) }));
  const [ahead, behind] = [found.length > limit, cursor !== null];
  const totals = withTotal ? await Promise.all(lists.map((list) => list.total())) : null;
  return {
    items: isForward ? taken : taken.toReversed(),
    hasNext: isForward ? ahead : behind,
    hasPrevious: isForward ? behind : ahead,
    totalCount: totals && totals.reduce((sum, total) => sum + total, 0),
  };
}
