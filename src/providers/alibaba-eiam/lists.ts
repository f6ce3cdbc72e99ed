import { idKey } from '../../domain/ids.ts';
import { each } from '../../provider-kit/each.ts';
import type { OffsetList } from '../../provider-kit/offset-page.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import type { Many } from '../../provider-kit/provider.ts';

/** The most that a list gives at once, and the most ids that it takes. */
export const MOST = 100;
/** Of a list that is asked for so many ids there is no second page. */
export const WHOLE = { PageNumber: 1, PageSize: MOST };

export interface Stretch<T> {
  readonly items: readonly T[];
  readonly total: number;
}
type ReadPage<T> = (page: typeof WHOLE) => Promise<Stretch<T>>;

/** A list whose pages have numbers: any stretch of it lies in two of them at the most. */
export function numbered<T>(read: ReadPage<T>): OffsetList<T> {
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
type Ask<Id, T> = (batch: readonly Id[], first: Id) => Promise<T>;

/**
 * How to find each of these: `ask` is asked for up to `MOST` different ones of a group together, when the first of
 * them is wanted, and answers by their keys. Null: it is not in the answer.
 */
export function inBatches<Id extends AnyId, T>(
  ids: readonly Id[],
  groupOf: (id: Id) => string,
  ask: Ask<Id, ReadonlyMap<string, T>>,
): (id: Id) => Promise<T | null> {
  const open = new Map<string, Id[]>();
  const batches = new Map<string, Id[]>();
  for (const id of ids) {
    if (batches.has(idKey(id))) continue;
    const last = open.get(groupOf(id)) ?? [];
    const batch = last.length < MOST ? last : [];
    batch.push(id);
    open.set(groupOf(id), batch);
    batches.set(idKey(id), batch);
  }
  const answers = new Map<readonly Id[], Promise<ReadonlyMap<string, T>>>();
  return async (id) => {
    const batch = batches.get(idKey(id));
    if (batch === undefined) return null;
    const answer = answers.get(batch) ?? ask(batch, id);
    answers.set(batch, answer);
    return (await answer).get(idKey(id)) ?? null;
  };
}

/** Each of these out of lists that take ids. */
export function eachInBatches<Id extends AnyId, T extends { readonly id: Id }>(
  ids: readonly Id[],
  groupOf: (id: Id) => string,
  ask: Ask<Id, Stretch<T>>,
): Many<T | null> {
  const find = inBatches(ids, groupOf, async (batch, first) => {
    const { items, total } = await ask(batch, first);
    if (items.length < total) throw new ProviderError('malformed', 'EIAM told only a part of what there is.');
    return new Map(items.map((item) => [idKey(item.id), item]));
  });
  return each(ids, find);
}
