import { orNull } from './or-null.ts';
import { remember } from './remember.ts';

/** How a vendor is asked for what has an id. */
export interface Sources<T> {
  readonly one: (id: string) => Promise<T>;
  /** It may hold others too, and need not hold all of these. */
  readonly some: (ids: readonly string[]) => Promise<readonly T[]>;
}

/**
 * How to find each of these. From `many` different ones on in what `some` holds, which is asked once; else one by one.
 * What `some` does not hold is asked for by itself, so that nothing that is there is ever taken for missing.
 */
export function finder<T extends { readonly id: string }>(
  ids: readonly string[],
  many: number,
  { one, some }: Sources<T>,
): (id: string) => Promise<T | null> {
  const wanted = [...new Set(ids)];
  const found = remember(async () => {
    const items = wanted.length < many ? [] : await some(wanted);
    return new Map(items.map((item) => [item.id, item]));
  });
  return async (id) => (await found('all')).get(id) ?? orNull(one(id));
}
