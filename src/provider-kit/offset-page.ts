import { type Page, type PageItem, type PageRequest } from '../domain/page.ts';
import { ProviderError } from './provider-error.ts';

/** A list that the vendor gives by offset. */
export interface OffsetList<T> {
  /** At most `count` items behind the first `skip`; `total` as of now. */
  read(skip: number, count: number): Promise<{ readonly items: readonly T[]; readonly total: number }>;
}

interface Place {
  readonly list: number;
  readonly offset: number;
}

/**
 * A page of these lists, one behind the other. A cursor is a place in one of them, so that it stays good while a list
 * before it grows; what is taken out before it moves everything by one, which such a vendor gives no way to notice.
 * One request where the page lies in one list, and one more for each further list that it needs or has to look into.
 */
export async function pageByOffset<T>(
  lists: readonly OffsetList<T>[],
  request: PageRequest,
): Promise<Page<T>> {
  const from = request.cursor === null ? null : placeOf(request.cursor, lists.length, request.direction);
  const page = await (request.direction === 'forward' ? ahead : behind)(lists, from, request.limit);
  return { ...page, totalCount: request.withTotal ? await totalOf(lists) : null };
}

type Stretch<T> = Omit<Page<T>, 'totalCount'>;

async function ahead<T>(
  lists: readonly OffsetList<T>[],
  from: Place | null,
  limit: number,
): Promise<Stretch<T>> {
  const items: PageItem<T>[] = [];
  for (let list = from?.list ?? 0; list < lists.length; list += 1) {
    const skip = list === from?.list ? from.offset + 1 : 0;
    // Where the page is full already, one item tells whether there is more.
    const wanted = limit - items.length;
    const { items: found, total } = await read(lists, list, skip, Math.max(1, wanted));
    if (wanted === 0 && found.length > 0) return { items, hasNext: true, hasPrevious: from !== null };
    items.push(...itemsAt(list, skip, found));
    if (found.length > 0 && skip + found.length < total)
      return { items, hasNext: true, hasPrevious: from !== null };
  }
  return { items, hasNext: false, hasPrevious: from !== null };
}

async function behind<T>(
  lists: readonly OffsetList<T>[],
  from: Place | null,
  limit: number,
): Promise<Stretch<T>> {
  const items: PageItem<T>[] = [];
  for (let list = from?.list ?? lists.length - 1; list >= 0; list -= 1) {
    const end = list === from?.list ? from.offset : (await read(lists, list, 0, 1)).total;
    const wanted = Math.min(limit - items.length, end);
    if (wanted === 0 && end > 0) return { items, hasNext: from !== null, hasPrevious: true };
    const skip = end - wanted;
    if (wanted > 0) items.unshift(...itemsAt(list, skip, (await read(lists, list, skip, wanted)).items));
    if (skip > 0) return { items, hasNext: from !== null, hasPrevious: true };
  }
  return { items, hasNext: from !== null, hasPrevious: false };
}

/** On, where the vendor gives fewer at once than it is asked for, until there are so many or no more. */
async function read<T>(lists: readonly OffsetList<T>[], list: number, skip: number, count: number) {
  const items: T[] = [];
  for (;;) {
    const at = skip + items.length;
    const got = await lists[list]?.read(at, count - items.length);
    if (got === undefined) return { items, total: 0 };
    items.push(...got.items.slice(0, count - items.length));
    const isWhole = items.length === count || got.items.length === 0 || skip + items.length >= got.total;
    if (isWhole) return { items, total: got.total };
  }
}

function itemsAt<T>(list: number, skip: number, nodes: readonly T[]): PageItem<T>[] {
  return nodes.map((node, i) => ({ node, cursor: `${list}.${skip + i}` }));
}

async function totalOf<T>(lists: readonly OffsetList<T>[]): Promise<number> {
  const totals = await Promise.all(lists.map(async (_, list) => (await read(lists, list, 0, 1)).total));
  return totals.reduce((sum, total) => sum + total, 0);
}

function placeOf(cursor: string, lists: number, direction: PageRequest['direction']): Place {
  const [, list, offset] = /^(\d{1,3})\.(\d{1,9})$/.exec(cursor) ?? [];
  if (list !== undefined && Number(list) < lists) return { list: Number(list), offset: Number(offset) };
  const field = direction === 'forward' ? 'after' : 'before';
  const message = 'is no cursor of this list';
  throw new ProviderError('invalid_input', `${field}: ${message}`, { fields: [{ path: [field], message }] });
}
