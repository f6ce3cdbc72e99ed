import { expect, it } from 'vitest';
import { pageOf } from '../../src/domain/page.ts';
import { pageOfFound } from '../../src/provider-kit/page-of-found.ts';
import { ProviderError } from '../../src/provider-kit/provider-error.ts';
import { failureOf } from './test-upstream.ts';

const request = { limit: 3, direction: 'forward', cursor: null, withTotal: true } as const;
const page = pageOf(['a', 'b', 'c', 'd'], (it) => it, request);

it('each item is asked for, in list order; what went is left out', async () => {
  const found = await pageOfFound(page, async (node) => (node === 'b' ? null : node.toUpperCase()));
  expect(found).toEqual({
    ...page,
    items: [
      { node: 'A', cursor: 'a' },
      { node: 'C', cursor: 'c' },
    ],
  });
});

it('a failure fails the page', async () => {
  const failure = new ProviderError('unavailable', 'No.');
  const find = (node: string) => (node === 'c' ? Promise.reject(failure) : Promise.resolve(node));
  expect(await failureOf(pageOfFound(page, find))).toBe(failure);
});
