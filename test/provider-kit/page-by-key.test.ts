import { describe, expect, it } from 'vitest';
import type { PageRequest } from '../../src/domain/page.ts';
import { joinId, splitId } from '../../src/provider-kit/compound-id.ts';
import { pageByKey, type KeyedList } from '../../src/provider-kit/page-by-key.ts';

/** Lists of these keys; `reads` counts the requests. */
function openLists(keys: Readonly<Record<string, string>>) {
  const held = new Map(Object.entries(keys).map(([kind, all]) => [kind, all.split('')]));
  let reads = 0;
  const lists = [...held].map(([kind, own]): KeyedList<string> => ({
    kind,
    async read(count, direction, key) {
      reads += 1;
      const forward = direction === 'forward';
      const sorted = own.toSorted();
      const side = sorted.filter((it) => key === null || (forward ? it > key : it < key));
      return (forward ? side : side.toReversed()).slice(0, count).map((it) => joinId(kind, it));
    },
    total: async () => own.length,
  }));
  const cursor = { cursorOf: (node: string) => node, parse: (it: string) => splitId(it, [...held.keys()]) };
  const page = (request: Partial<PageRequest>) =>
    pageByKey(lists, { limit: 2, cursor: null, direction: 'forward', withTotal: false, ...request }, cursor);
  return { page, held, reads: () => reads };
}

const DIRECTIONS = ['forward', 'backward'] as const;
const nodesOf = ({ items }: { readonly items: readonly { readonly node: string }[] }) =>
  items.map(({ node }) => node);

describe.each(DIRECTIONS)('pages by key, %s', (direction) => {
  const isForward = direction === 'forward';

  it.each([1, 2, 3, 4, 5, 6])(
    'hold all lists in order, %i at a time, though some come and go',
    async (limit) => {
      const { page, held } = openLists({ a: 'bdf', b: '', c: 'bd' });
      const found: string[] = [];
      let cursor: string | null = null;
      for (let more = true; more;) {
        const got = await page({ limit, direction, cursor });
        const nodes = nodesOf(got);
        found.splice(isForward ? found.length : 0, 0, ...nodes);
        cursor = (isForward ? nodes.at(-1) : nodes[0]) ?? null;
        more = isForward ? got.hasNext : got.hasPrevious;
        // The one that the cursor names goes, and on its other side something comes.
        if (cursor === 'a:d') held.get('a')?.splice(1, 1, isForward ? 'a' : 'g');
      }
      expect(found.filter((it) => !/[ag]$/.test(it))).toEqual(['a:b', 'a:d', 'a:f', 'c:b', 'c:d']);
    },
  );

  it('tells what lies on either side', async () => {
    const { page } = openLists({ a: 'bd', c: 'b' });
    const whole = await page({ limit: 3, direction });
    expect([nodesOf(whole), whole.hasNext, whole.hasPrevious]).toEqual([['a:b', 'a:d', 'c:b'], false, false]);
    const { hasNext, hasPrevious } = await page({ limit: 1, direction, cursor: 'a:d' });
    expect([hasNext, hasPrevious]).toEqual([!isForward, isForward]);
  });

  it.each(['', 'b:b', 'x', 'ab'])('refuse what is no cursor of theirs: %j', async (cursor) => {
    await expect(openLists({ a: 'b' }).page({ direction, cursor })).rejects.toMatchObject({
      code: 'invalid_input',
      fields: [{ path: [isForward ? 'after' : 'before'] }],
    });
  });
});

it('no list is read that the page does not need', async () => {
  const { page, reads } = openLists({ a: 'bdf', c: 'b' });
  await page({ limit: 2 });
  expect(reads()).toBe(1);
  await page({ limit: 2, cursor: 'c:b' });
  expect(reads()).toBe(2);
});

it('the total is of all lists, and asked for only where it is wanted', async () => {
  const { page } = openLists({ a: 'bdf', c: 'b' });
  expect((await page({ withTotal: true, cursor: 'c:b' })).totalCount).toBe(4);
  expect((await page({})).totalCount).toBeNull();
});
