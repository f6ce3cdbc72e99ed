import { MAX_PAGE_SIZE } from '../domain/page.ts';
import { each } from './each.ts';
import { inBatches, type AnyId, type Stretch } from './in-batches.ts';
import type { OffsetList } from './offset-page.ts';
import type { Call, Many } from './provider.ts';

/** What is asked for in one request. */
export interface NumberedPage<Id> {
  /** From 1 on. */
  readonly number: number;
  readonly size: number;
  /** Null: all that the parent has. Otherwise these alone, of which the page takes as many. */
  readonly ids: readonly Id[] | null;
}

/** A noun that a vendor lists in numbered pages, and also by ids. */
export interface NumberedSource<Id, Parent, T> {
  /** The most ids of one request, and of items in its answer. Default: as many as a page of ours has. */
  readonly most?: number;
  readonly parentOf: (id: Id) => Parent;
  readonly read: (parent: Parent, page: NumberedPage<Id>, call: Call) => Promise<Stretch<T>>;
}

/** Each of these by its id, and the list of what a parent has, for `pageByOffset`. */
export function numberedCollection<Id extends AnyId, Parent extends AnyId, T extends { readonly id: Id }>({
  most = MAX_PAGE_SIZE,
  parentOf,
  read,
}: NumberedSource<Id, Parent, T>) {
  return {
    getMany: (ids: readonly Id[], call: Call): Many<T | null> => {
      const ask = (parent: Parent, batch: readonly Id[]) =>
        read(parent, { number: 1, size: most, ids: batch }, call);
      return each(ids, call, inBatches(ids, most, parentOf, ask));
    },

    /** Any stretch of it lies in two pages at the most. */
    listOf: (parent: Parent, call: Call): OffsetList<T> => ({
      async read(skip, size) {
        const number = Math.floor(skip / size) + 1;
        const over = skip % size;
        const { items, total } = await read(parent, { number, size, ids: null }, call);
        if (over === 0 || total <= number * size) return { items: items.slice(over), total };
        const next = await read(parent, { number: number + 1, size, ids: null }, call);
        return { items: [...items.slice(over), ...next.items.slice(0, over)], total: next.total };
      },
    }),
  };
}
