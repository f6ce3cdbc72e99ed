import { describe, expect, test } from 'vitest';
import { pageOf, type PageRequest } from '../../src/domain/page.ts';

const items = ['e', 'a', 'c', 'b', 'd'];
const request = (part: Partial<PageRequest>): PageRequest => ({
  limit: 2,
  direction: 'forward',
  cursor: null,
  withTotal: false,
  ...part,
});
const read = (part: Partial<PageRequest>, list = items) => {
  const page = pageOf(list, (item) => item, request(part));
  return [page.items.map(({ node }) => node).join(''), page.hasPrevious, page.hasNext] as const;
};

describe('a page of a whole list', () => {
  test('goes forward from the start to the end', () => {
    expect(read({})).toEqual(['ab', false, true]);
    expect(read({ cursor: 'b' })).toEqual(['cd', true, true]);
    expect(read({ cursor: 'd' })).toEqual(['e', true, false]);
    expect(read({ cursor: 'e' })).toEqual(['', true, false]);
  });

  test('goes backward from the end to the start, in list order', () => {
    const direction = 'backward';
    expect(read({ direction })).toEqual(['de', true, false]);
    expect(read({ direction, cursor: 'd' })).toEqual(['bc', true, true]);
    expect(read({ direction, cursor: 'b' })).toEqual(['a', false, true]);
    expect(read({ direction, cursor: 'a' })).toEqual(['', false, true]);
  });

  test('goes on rightly when the item of the cursor is gone, and when others came', () => {
    expect(read({ cursor: 'b' }, ['a', 'c', 'd'])).toEqual(['cd', true, false]);
    expect(read({ cursor: 'b' }, ['a', 'b', 'bb', 'c'])).toEqual(['bbc', true, false]);
  });

  test('counts the whole list', () => {
    expect(pageOf(items, (item) => item, request({})).totalCount).toBe(5);
    expect(pageOf([], (item: string) => item, request({}))).toEqual({
      items: [],
      hasNext: false,
      hasPrevious: false,
      totalCount: 0,
    });
  });
});
