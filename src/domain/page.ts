/** How many items one page may hold, and how many it holds when the caller does not say. */
export const MAX_PAGE_SIZE = 100;
export const DEFAULT_PAGE_SIZE = 20;

/** One page of a list: the `limit` items behind the cursor, or before it. Null cursor: from that end of the list. */
export interface PageRequest {
  readonly limit: number;
  readonly direction: 'forward' | 'backward';
  readonly cursor: string | null;
  /** Is `totalCount` wanted? Where it costs a walk, it is left null all the same. */
  readonly withTotal: boolean;
}

export interface PageItem<T> {
  readonly node: T;
  /** Opaque; valid only for the list that it came from. */
  readonly cursor: string;
}

/** In list order, also when it was read backwards. */
export interface Page<T> {
  readonly items: readonly PageItem<T>[];
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
  /** Null: not asked for, or it would cost a walk through the vendor. */
  readonly totalCount: number | null;
}

export const EMPTY_PAGE: Page<never> = { items: [], hasNext: false, hasPrevious: false, totalCount: 0 };

/**
 * A page of a list that is already here whole. `keyOf` gives each item a text by which the list is put in
 * order, unique within it; that text is the cursor, so paging goes on rightly when items come and go.
 */
export function pageOf<T>(items: readonly T[], keyOf: (item: T) => string, request: PageRequest): Page<T> {
  const sorted = items
    .map((node) => ({ node, cursor: keyOf(node) }))
    .sort((a, b) => (a.cursor < b.cursor ? -1 : a.cursor > b.cursor ? 1 : 0));
  const { cursor, limit } = request;
  const forward = request.direction === 'forward';
  const side = sorted.filter(
    (item) => cursor === null || (forward ? item.cursor > cursor : item.cursor < cursor),
  );
  const taken = forward ? side.slice(0, limit) : side.slice(Math.max(0, side.length - limit));
  const more = side.length > taken.length;
  const skipped = side.length < sorted.length;
  return {
    items: taken,
    hasNext: forward ? more : skipped,
    hasPrevious: forward ? skipped : more,
    totalCount: sorted.length,
  };
}

/** The same page of something else. */
export function mapPage<T, U>(page: Page<T>, map: (node: T) => U): Page<U> {
  return { ...page, items: page.items.map(({ node, cursor }) => ({ node: map(node), cursor })) };
}
