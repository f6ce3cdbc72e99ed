import { idKey } from '../../domain/ids.ts';
import type { OffsetList } from '../../provider-kit/offset-page.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';

/** The most that a list gives at once, and the most ids that it takes. */
export const MOST = 100;
/** Of a list that is asked for so many ids there is no second page. */
export const WHOLE = { PageNumber: 1, PageSize: MOST };

export interface Stretch<T> {
  readonly items: readonly T[];
  readonly total: number;
}

/** A list whose pages have numbers: any stretch of it lies in two of them at the most. */
export function numbered<T>(read: (page: typeof WHOLE) => Promise<Stretch<T>>): OffsetList<T> {
  return {
    async read(skip, PageSize) {
      const PageNumber = Math.floor(skip / PageSize) + 1;
      const over = skip % PageSize;
      const { items, total } = await read({ PageNumber, PageSize });
      if (over === 0 || total <= PageNumber * PageSize) return { items: items.slice(over), total };
      const next = await read({ PageNumber: PageNumber + 1, PageSize });
      return { items: [...items.slice(over), ...next.items.slice(0, over)], total: next.total };
    },
  };
}

type AnyId = Parameters<typeof idKey>[0];

/** How to find each of these: `ask` is asked together for all of one parent, up to `MOST` at once. Null: not there. */
export function inBatches<Id extends AnyId, Parent extends AnyId, T extends { readonly id: Id }>(
  ids: readonly Id[],
  parentOf: (id: Id) => Parent,
  ask: (parent: Parent, batch: readonly Id[]) => Promise<Stretch<T>>,
): (id: Id) => Promise<T | null> {
  const askFor = async (parent: Parent) => {
    const own = ids.filter((id) => idKey(parentOf(id)) === idKey(parent));
    const different = [...new Map(own.map((id) => [idKey(id), id])).values()];
    const starts = [...different.keys()].filter((i) => i % MOST === 0);
    const answers = await Promise.all(starts.map((i) => ask(parent, different.slice(i, i + MOST))));
    if (answers.some(({ items, total }) => items.length < total)) throw partOfIt();
    return new Map(answers.flatMap(({ items }) => items.map((item) => [idKey(item.id), item] as const)));
  };
  const found = new Map<string, ReturnType<typeof askFor>>();
  return async (id) => {
    const parent = parentOf(id);
    const answer = found.get(idKey(parent)) ?? askFor(parent);
    found.set(idKey(parent), answer);
    return (await answer).get(idKey(id)) ?? null;
  };
}

/** What is not in it may be there all the same. */
function partOfIt(): ProviderError {
  return new ProviderError('malformed', 'EIAM told only a part of what was asked for.');
}
