import { expect, it } from 'vitest';
import { ProviderError } from '../../src/provider-kit/provider-error.ts';
import type { Call } from '../../src/provider-kit/provider.ts';
import { singleFlight } from '../../src/provider-kit/single-flight.ts';
import { callOf, failureOf } from './test-upstream.ts';

/** Runs that end when they are told to: with their number, or, once they are aborted, with what they are aborted for. */
function openFlights() {
  const runs: { readonly call: Call; end(): void }[] = [];
  const fly = singleFlight((call) => {
    const nth = runs.length + 1;
    return new Promise<number>((resolve, reject) => {
      const end = () => (call.signal.aborted ? reject(call.signal.reason) : resolve(nth));
      runs.push({ call, end });
    });
  });
  return { fly, runs };
}

it('who comes while one whose time is over still ends begins another, and those who come then join that', async () => {
  const { fly, runs } = openFlights();
  const ending = new AbortController();
  const overdue = failureOf(fly(callOf(ending.signal)));
  ending.abort(new ProviderError('timeout', 'late'));
  await expect.poll(() => runs[0]?.call.signal.aborted).toBe(true);
  const second = fly(callOf());
  runs[0]?.end();
  expect((await overdue).code).toBe('timeout');
  const third = fly(callOf());
  runs[1]?.end();
  expect(await Promise.all([second, third])).toEqual([2, 2]);
  expect(runs).toHaveLength(2);
});
