import { describe, expect, it } from 'vitest';
import type { PageRequest } from '../../src/domain/page.ts';
import { pageByOffset, type OffsetList } from '../../src/provider-kit/offset-page.ts';
import { failureOf } from './test-upstream.ts';

const FIRST: PageRequest = { limit: 2, direction: 'forward', cursor: null, withTotal: false };

/** Lists of these sizes, and what was asked of them. */
function listsOf(...sizes: number[]): {
  lists: OffsetList<string>[];
  asked: string[];
  grow(list: number): void;
} {
  const asked: string[] = [];
  const lists = sizes.map((_, list) => ({
    read: async (skip: number, count: number) => {
      asked.push(`${list}: ${skip}+${count}`);
      const total = sizes[list] ?? 0;
      const all = Array.from({ length: total }, (__, i) => `${list}/${i}`);
      return { items: all.slice(skip, skip + count), total };
    },
  }));
  return { lists, asked, grow: (list) => (sizes[list] = (sizes[list] ?? 0) + 1) };
}

async function walk(lists: readonly OffsetList<string>[], request: PageRequest): Promise<string[]> {
  const seen: string[] = [];
  for (let cursor = request.cursor; ;) {
    const { items, hasNext, hasPrevious } = await pageByOffset(lists, { ...request, cursor });
    const nodes = items.map(({ node }) => node);
    const isForward = request.direction === 'forward';
    if (isForward) seen.push(...nodes);
    else seen.unshift(...nodes);
    if (!(isForward ? hasNext : hasPrevious)) return seen;
    cursor = (isForward ? items.at(-1) : items[0])?.cursor ?? null;
    if (cursor === null) throw new Error('there is more, and no way to it');
  }
}

describe('pages by offset', () => {
  it.each([[[5]], [[0]], [[2, 3]], [[0, 3]], [[3, 0]], [[2, 0, 2]], [[0, 0]], [[4, 4]]])(
    'lists of %j are walked whole, either way, in pages of any size',
    async (sizes) => {
      const { lists } = listsOf(...sizes);
      const all = sizes.flatMap((size, list) => Array.from({ length: size }, (_, i) => `${list}/${i}`));
      for (const limit of [1, 2, 3, 4, 10]) {
        for (const direction of ['forward', 'backward'] as const)
          expect(await walk(lists, { ...FIRST, limit, direction })).toEqual(all);
      }
    },
  );

  it('a page within one list is one request; the end of one looks into the next', async () => {
    const { lists, asked } = listsOf(2, 3);
    const { items } = await pageByOffset(lists, { ...FIRST, limit: 1 });
    expect(asked).toEqual(['0: 0+1']);
    asked.length = 0;
    const second = await pageByOffset(lists, { ...FIRST, limit: 1, cursor: items[0]?.cursor ?? null });
    expect([second.hasNext, asked]).toEqual([true, ['0: 1+1', '1: 0+1']]);
  });

  it('a cursor stays good while the list before it grows', async () => {
    const { lists, grow } = listsOf(2, 3);
    const { items } = await pageByOffset(lists, { ...FIRST, limit: 3 });
    grow(0);
    expect(await walk(lists, { ...FIRST, cursor: items.at(-1)?.cursor ?? null })).toEqual(['1/1', '1/2']);
  });

  it('a vendor that gives fewer at once than it is asked for hides nothing', async () => {
    const { lists } = listsOf(5, 3);
    const few = lists.map(({ read }) => ({
      read: async (skip: number, count: number) => read(skip, Math.min(count, 2)),
    }));
    const all = await walk(lists, { ...FIRST, limit: 10 });
    for (const limit of [1, 3, 5, 10]) {
      for (const direction of ['forward', 'backward'] as const)
        expect(await walk(few, { ...FIRST, limit, direction })).toEqual(all);
    }
  });

  it('the total is told where it is wanted', async () => {
    const { lists } = listsOf(2, 3);
    expect((await pageByOffset(lists, FIRST)).totalCount).toBeNull();
    expect((await pageByOffset(lists, { ...FIRST, withTotal: true })).totalCount).toBe(5);
  });

  it.each(['', '0', '2.0', '0.-1', '0.1.2', 'x', '0.99999999999'])(
    'a cursor of another making is refused: %s',
    async (cursor) => {
      const { lists, asked } = listsOf(2, 3);
      expect(await failureOf(pageByOffset(lists, { ...FIRST, cursor }))).toMatchObject({
        code: 'invalid_input',
        fields: [{ path: ['after'] }],
      });
      expect(asked).toEqual([]);
    },
  );
});
