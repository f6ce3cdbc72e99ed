import { expect, test } from 'vitest';
import { goalOf, throughputGoal } from '../../bench/outcome.ts';
import { cpuRatioOf, ratioOf, summary, type Round } from '../../bench/rounds.ts';

const round = (perSecond: number, cpuMsPerRequest: number | null = 10): Round => ({
  perSecond,
  p50Ms: 1000 / perSecond,
  p99Ms: 3000 / perSecond,
  cpuMsPerRequest,
  vendorCallsPerRequest: 52,
  bytesPerRequest: 100,
});

test('a ratio is that of the medians; its range is that of the rounds, each against its own', () => {
  const mine = [round(70), round(90), round(50)];
  const theirs = [round(100), round(100), round(200)];
  const found = ratioOf(mine, theirs, ({ perSecond }) => perSecond);
  expect(found).toEqual({ ratio: 0.7, range: [0.25, 0.9] });
});

test('by CPU time who needs less for each request is the faster one', () => {
  expect(cpuRatioOf([round(1, 20)], [round(1, 10)])).toBe(0.5);
  expect(cpuRatioOf([round(1, null)], [round(1, 10)])).toBeNull();
});

test('a summary is the median of each figure by itself', () => {
  const { perSecond, cpuMsPerRequest } = summary([round(10, 9), round(30, 7), round(20, 8)]);
  expect([perSecond, cpuMsPerRequest]).toEqual([20, 8]);
});

test('a goal is met at its bound, from the right side alone', () => {
  const given = { scenario: 's', what: 'w', range: null, byCpu: null, unit: 'times', goal: 2 } as const;
  const isMet = (measured: number, bound: 'at least' | 'at most') =>
    goalOf({ ...given, measured, bound }).isMet;
  expect([isMet(2, 'at least'), isMet(1.99, 'at least')]).toEqual([true, false]);
  expect([isMet(2, 'at most'), isMet(2.01, 'at most')]).toEqual([true, false]);
  // What could not be measured reaches nothing.
  expect([isMet(Number.NaN, 'at least'), isMet(Number.NaN, 'at most')]).toEqual([false, false]);
});

test('requests per second are held against those of the other', () => {
  const rounds = { ofGateway: [round(80, 5)], ofOther: [round(100, 4)] };
  expect(throughputGoal('nested', 'the limit', rounds, 0.7)).toMatchObject({
    what: 'requests/s, of the limit',
    measured: 0.8,
    byCpu: 0.8,
    isMet: true,
  });
});
