import { orNull } from '../../provider-kit/or-null.ts';
import { remember } from '../../provider-kit/remember.ts';

/**
 * How to find each of these: by `one` where it is the only one; else in what `some` finds of them together. What that
 * does not hold is asked for by itself, so that nothing that is there is ever taken for missing.
 */
export function finder<T extends { readonly id: string }>(
  ids: readonly string[],
  one: (id: string) => Promise<T>,
  some: (ids: readonly string[]) => Promise<readonly T[]>,
): (id: string) => Promise<T | null> {
  const wanted = [...new Set(ids)];
  const found = remember(async () => {
    const items = wanted.length < 2 ? [] : await some(wanted);
    return new Map(items.map((item) => [item.id, item]));
  });
  return async (id) => (await found('all')).get(id) ?? orNull(one(id));
}
