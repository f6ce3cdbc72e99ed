import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { each } from '../../src/provider-kit/each.ts';
import { ProviderError } from '../../src/provider-kit/provider-error.ts';
import { callOf } from './test-upstream.ts';

const idOf = (tenant: string) => ({ provider: 'p', tenant });
const MANY = Array.from({ length: 20 }, (_, i) => idOf(`t${i}`));

/** Asks for many of a vendor, which has so much room at first; each is answered when the test says so, the oldest first. */
function open(room: number) {
  const vendor = { room };
  const asked: string[] = [];
  const ends: (() => void)[] = [];
  const answers = each(MANY, { room: () => vendor.room }, ({ tenant }) => {
    asked.push(tenant);
    return new Promise<string>((resolve) => ends.push(() => resolve(tenant)));
  });
  const end = async () => {
    ends.shift()?.();
    await turn();
  };
  return { vendor, asked, answers, end };
}

it('one answer for each key in key order, equal keys asked once', async () => {
  const asked: string[] = [];
  const answers = await each(['b', 'a', 'b'].map(idOf), callOf(), async ({ tenant }) => {
    asked.push(tenant);
    if (tenant === 'b') await turn();
    return tenant.toUpperCase();
  });
  expect([answers, asked]).toEqual([
    ['B', 'A', 'B'],
    ['b', 'a'],
  ]);
});

it('nothing is asked for no key', async () => {
  expect(await each([], { room: () => 0 }, () => Promise.reject(new Error('asked')))).toEqual([]);
});

it('a failed key answers with its error', async () => {
  const failure = new ProviderError('timeout', 'late');
  const ask = async ({ tenant }: { tenant: string }) => {
    if (tenant === 'a') throw failure;
    return null;
  };
  expect(await each(['a', 'b'].map(idOf), callOf(), ask)).toEqual([failure, null]);
});

it('a bug is no answer, and nothing more is asked for', async () => {
  const bug = new TypeError('bug');
  let asked = 0;
  const answers = each(MANY, { room: () => 0 }, () => {
    asked += 1;
    throw bug;
  });
  await expect(answers).rejects.toBe(bug);
  await turn();
  expect(asked).toBe(4);
});

it('all at once where nothing says how much the vendor takes', async () => {
  let asked = 0;
  void each(MANY, callOf(), () => {
    asked += 1;
    return new Promise(() => {});
  });
  expect(asked).toBe(MANY.length);
});

it('as many at once as the vendor has room for, and a few of each call where it has none', async () => {
  const { vendor, asked, answers, end } = open(7);
  expect(asked).toHaveLength(7);
  vendor.room = -5;
  await end();
  await end();
  await end();
  // Others wait: the places go to them, down to the few.
  expect(asked).toHaveLength(7);
  await end();
  expect(asked).toHaveLength(8);
  vendor.room = 3;
  await end();
  expect(asked).toHaveLength(11);
  for (let nth = 0; nth < MANY.length; nth += 1) await end();
  expect(await answers).toEqual(MANY.map(({ tenant }) => tenant));
});
