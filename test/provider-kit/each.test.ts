import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { each } from '../../src/provider-kit/each.ts';
import { ProviderError } from '../../src/provider-kit/provider-error.ts';

const idOf = (tenant: string) => ({ provider: 'p', tenant });

it('one answer for each key in key order, equal keys asked once', async () => {
  const asked: string[] = [];
  const answers = await each(['b', 'a', 'b'].map(idOf), async ({ tenant }) => {
    asked.push(tenant);
    if (tenant === 'b') await turn();
    return tenant.toUpperCase();
  });
  expect([answers, asked]).toEqual([
    ['B', 'A', 'B'],
    ['b', 'a'],
  ]);
});

it('a failed key answers with its error', async () => {
  const failure = new ProviderError('timeout', 'late');
  const ask = async ({ tenant }: { tenant: string }) => {
    if (tenant === 'a') throw failure;
    return null;
  };
  expect(await each(['a', 'b'].map(idOf), ask)).toEqual([failure, null]);
});

it('a bug is no answer', async () => {
  const bug = new TypeError('bug');
  await expect(each([idOf('a')], () => Promise.reject(bug))).rejects.toBe(bug);
});
