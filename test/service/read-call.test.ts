import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readCall } from '../../src/service/read-call.ts';

const CALLER = {
  actor: { id: 'token:a', name: 'a', grants: [] },
  requestId: 'request-1',
  signal: new AbortController().signal,
};

test('the time of the reads begins with the first of them, and is one for all', async () => {
  const call = readCall({ ...CALLER, readBudgetMs: 1000 });
  await wait(5);
  const before = performance.now();
  const { endsAt = 0 } = call;
  expect(endsAt - before).toBeGreaterThanOrEqual(1000);
  await wait(5);
  expect(call.endsAt).toBe(endsAt);
});

test('where it is said when that time begins, it begins then', () => {
  expect(readCall({ ...CALLER, readBudgetMs: 1000, readsFrom: 70 }).endsAt).toBe(1070);
});

test('it can begin anew, but not where it is said when it begins', async () => {
  const call = readCall({ ...CALLER, readBudgetMs: 1000 });
  const { endsAt = 0 } = call;
  await wait(5);
  call.restart();
  expect(call.endsAt).toBeGreaterThan(endsAt);
  const fixed = readCall({ ...CALLER, readBudgetMs: 1000, readsFrom: 70 });
  fixed.restart();
  expect(fixed.endsAt).toBe(1070);
});

test('without a budget there is no end', () => {
  expect(readCall(CALLER).endsAt).toBe(Infinity);
});
