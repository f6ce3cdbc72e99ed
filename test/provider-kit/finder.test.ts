import { expect, it } from 'vitest';
import { finder } from '../../src/provider-kit/finder.ts';
import { ProviderError } from '../../src/provider-kit/provider-error.ts';

/** A vendor that has `a` to `d`, and lists all but `d`. */
function open(ids: readonly string[]) {
  const asked: unknown[] = [];
  const find = finder<{ id: string }>(ids, 3, {
    async one(id) {
      asked.push(id);
      if ('abcd'.includes(id)) return { id };
      throw new ProviderError('not_found', 'No.');
    },
    async some(wanted) {
      asked.push(wanted);
      return ['a', 'b', 'c'].map((id) => ({ id }));
    },
  });
  return { asked, found: () => Promise.all(ids.map(find)) };
}

it('a few are asked for one by one', async () => {
  const { found, asked } = open(['a', 'x', 'a']);
  expect(await found()).toEqual([{ id: 'a' }, null, { id: 'a' }]);
  expect(asked).toEqual(['a', 'x', 'a']);
});

it('many are asked for together, once, and what is not among them by itself', async () => {
  const { found, asked } = open(['c', 'a', 'd', 'x', 'a']);
  expect(await found()).toEqual([{ id: 'c' }, { id: 'a' }, { id: 'd' }, null, { id: 'a' }]);
  expect(asked).toEqual([['c', 'a', 'd', 'x'], 'd', 'x']);
});

it('nothing is asked before it is wanted', () => {
  expect(open(['a', 'b', 'c']).asked).toEqual([]);
});
