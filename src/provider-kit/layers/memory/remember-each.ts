import type { Clock } from '../../../domain/clock.ts';
import { idKey, type TenantId } from '../../../domain/ids.ts';
import type { Page, PageRequest } from '../../../domain/page.ts';
import type { Call, Many } from '../../provider.ts';
import type { ProviderError } from '../../provider-error.ts';
import { nodeAsRemembered, pageAsRemembered, type Noun } from './as-remembered.ts';
import type { Generations } from './generations.ts';
import { Recollection, type Question } from './recollection.ts';

export interface World {
  readonly clock: Clock;
  readonly generations: Generations;
  /** See `Recollection`. */
  readonly size: number;
}

/** The nodes of these ids, as `get` gives them. */
export function rememberNodes<Id extends TenantId, T extends Noun>(
  { clock, generations, size }: World,
  get: (ids: readonly Id[], call: Call) => Many<T | null>,
): (ids: readonly Id[], call: Call, maxAgeMs: number) => Many<T | null> {
  const asRemembered = (node: T | null) => node && nodeAsRemembered(node);
  const known = new Recollection<Id, T | null>({ clock, size, sizeOf: () => 0, asRemembered });
  return (ids, call, maxAgeMs) => {
    const keys = ids.map((id) => `${generations.of(id.tenant)}${idKey(id)}`);
    return answerEach(known, keys, ids, { ask: get, call, maxAgeMs });
  };
}

/** One page of each of these parents, as `list` gives them. */
export function rememberPages<Id extends TenantId, Request extends PageRequest, T extends Noun>(
  { clock, generations, size }: World,
  list: (of: readonly Id[], page: Request, call: Call) => Many<Page<T>>,
): (of: readonly Id[], page: Request, call: Call, maxAgeMs: number) => Many<Page<T>> {
  const known = new Recollection<Id, Page<T>>({ clock, size, sizeOf, asRemembered: pageAsRemembered });
  return (of, page, call, maxAgeMs) => {
    const request = JSON.stringify(page);
    const keys = of.map((id) => `${generations.of(id.tenant)}${request}${idKey(id)}`);
    const ask = (some: readonly Id[], own: Call) => list(some, page, own);
    return answerEach(known, keys, of, { ask, call, maxAgeMs });
  };
}

/** One page of a list that has no parent, as `list` gives it. */
export function rememberPage<T extends Noun>(
  { clock, generations, size }: World,
  list: (page: PageRequest, call: Call) => Promise<Page<T>>,
): (page: PageRequest, call: Call, maxAgeMs: number) => Promise<Page<T> | ProviderError> {
  const known = new Recollection<PageRequest, Page<T>>({
    clock,
    size,
    sizeOf,
    asRemembered: pageAsRemembered,
  });
  return async (page, call, maxAgeMs) => {
    const ask = (pages: readonly PageRequest[], own: Call) => Promise.all(pages.map((it) => list(it, own)));
    const keys = [`${generations.ofLists()}${JSON.stringify(page)}`];
    const [answer] = await answerEach(known, keys, [page], { ask, call, maxAgeMs });
    return given(answer);
  };
}

function sizeOf({ items }: Page<unknown>): number {
  return items.length;
}

async function answerEach<Id, T>(
  known: Recollection<Id, T>,
  keys: readonly string[],
  ids: readonly Id[],
  asking: Omit<Question<Id, T>, 'asked'>,
): Many<T> {
  const asked = new Map<string, Id>();
  ids.forEach((id, i) => asked.set(keys[i] ?? '', id));
  const answers = await known.recall({ ...asking, asked });
  return keys.map((key) => given(answers.get(key)));
}

function given<T>(answer: T | undefined): T {
  if (answer === undefined) throw new Error('a key has no answer');
  return answer;
}
