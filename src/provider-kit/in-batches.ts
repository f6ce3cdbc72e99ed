import { idKey } from '../domain/ids.ts';
import { ProviderError } from './provider-error.ts';

export type AnyId = Parameters<typeof idKey>[0];

/** Items of a list, and how many it has in all. */
export interface Stretch<T> {
  readonly items: readonly T[];
  readonly total: number;
}

/**
 * How to find each of these, for a vendor that is asked for many of one parent at once. The first that is wanted has
 * all of its parent asked for, up to `most` in each request; equal ids are asked for once. Null: not in the answer,
 * which has to be whole, so that nothing that is there is ever taken for missing.
 */
export function inBatches<Id extends AnyId, Parent extends AnyId, T extends { readonly id: Id }>(
  ids: readonly Id[],
  most: number,
  parentOf: (id: Id) => Parent,
  ask: (parent: Parent, batch: readonly Id[]) => Promise<Stretch<T>>,
): (id: Id) => Promise<T | null> {
  const askFor = async (parent: Parent) => {
    const own = ids.filter((id) => idKey(parentOf(id)) === idKey(parent));
    const different = [...new Map(own.map((id) => [idKey(id), id])).values()];
    const starts = [...different.keys()].filter((i) => i % most === 0);
    const answers = await Promise.all(starts.map((i) => ask(parent, different.slice(i, i + most))));
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

function partOfIt(): ProviderError {
  return new ProviderError('malformed', 'The vendor told only a part of what was asked for.');
}
