import { expect, it } from 'vitest';
import { observe } from '../../src/provider-kit/layers/observe.ts';
import { ProviderError, UnsentError, type ProviderErrorCode } from '../../src/provider-kit/provider-error.ts';
import { memoryProvider, TENANT } from './memory-provider.ts';
import { testClock } from '../test-clock.ts';
import { callOf, failureOf } from './test-upstream.ts';

type Answer = ProviderError | null;
const PAGE = { limit: 1, direction: 'forward', cursor: null, withTotal: false } as const;

/** A provider whose every call takes 40 ms of its own clock. */
function open(answerWith: (keys: number) => readonly Answer[]) {
  const clock = testClock();
  const lines: unknown[] = [];
  const ignore = () => {};
  const provider = memoryProvider({
    async getTenants(ids) {
      clock.pass(40);
      return answerWith(ids.length);
    },
    listTenants: () => Promise.reject(new ProviderError('unavailable', 'It is down.')),
  });
  const log = { info: ignore, error: ignore, warn: (...line: unknown[]) => void lines.push(line) };
  return { ...observe(provider, { clock, log }), clock, lines };
}

const get = (opened: ReturnType<typeof open>, count: number) =>
  opened.provider.getTenants(Array(count).fill(TENANT.id), callOf());

it('nothing is known before the first call', () => {
  expect(open(() => []).health()).toEqual({
    status: 'UNKNOWN',
    checkedAt: null,
    latencyMs: null,
    message: null,
    lastError: null,
  });
});

it('an answer shows it up, with how long it took', async () => {
  const opened = open(() => [null]);
  await get(opened, 1);
  expect(opened.health()).toEqual({
    status: 'UP',
    checkedAt: opened.clock.now(),
    latencyMs: 40,
    message: null,
    lastError: null,
  });
  expect(opened.lines).toEqual([]);
});

it.each<[ProviderErrorCode, string]>([
  ['unavailable', 'DOWN'],
  ['timeout', 'DOWN'],
  ['malformed', 'DOWN'],
  ['unauthenticated', 'DOWN'],
  ['forbidden', 'DOWN'],
  ['rate_limited', 'DEGRADED'],
])('%s shows it %s', async (code, status) => {
  const opened = open(() => [new ProviderError(code, 'Public words.')]);
  await get(opened, 1);
  expect(opened.health()).toMatchObject({ status, latencyMs: 40, message: 'Public words.' });
});

it.each<ProviderErrorCode>([
  'invalid_input',
  'not_found',
  'conflict',
  'limit_reached',
  'unsupported',
  'rejected',
  'aborted',
])('%s is about what was asked', async (code) => {
  const answers = [[null], [new ProviderError(code, 'No.')]];
  const opened = open(() => answers.shift() ?? []);
  await get(opened, 1);
  await get(opened, 1);
  expect(opened.health().status).toBe('UP');
  expect(opened.lines).toEqual([]);
});

it('what was not sent tells nothing, and hides nothing', async () => {
  const down = new ProviderError('unavailable', 'It cannot be reached.');
  const unsent = new UnsentError('unavailable', 'It is given a rest.');
  const answers = [[down], [unsent, unsent]];
  const opened = open(() => answers.shift() ?? []);
  await get(opened, 1);
  const before = opened.health();
  await get(opened, 2);
  expect(opened.health()).toEqual(before);
  expect(opened.lines.length).toBe(1);
});

it('one failed key of many is no outage', async () => {
  const opened = open(() => [null, new ProviderError('timeout', 'Late.')]);
  await get(opened, 2);
  expect(opened.health()).toMatchObject({ status: 'DEGRADED', message: 'Late.' });
});

it('the last fault is remembered when all is well again', async () => {
  const error = new ProviderError('timeout', 'Late.');
  const answers = [[error], [null]];
  const opened = open(() => answers.shift() ?? []);
  await get(opened, 1);
  const at = opened.clock.now();
  await get(opened, 1);
  expect(opened.health()).toMatchObject({ status: 'UP', message: null, lastError: { error, at } });
});

it('no keys, no news', async () => {
  const opened = open(() => []);
  await get(opened, 0);
  expect(opened.health().status).toBe('UNKNOWN');
});

it('a fault is one line, which names the call', async () => {
  const cause = new Error('HTTP 502');
  const error = new ProviderError('unavailable', 'It is ill.', { vendorRequestId: 'req-9', cause });
  const opened = open(() => [error, error]);
  await get(opened, 2);
  expect(opened.lines).toEqual([
    [
      {
        provider: 'memory',
        method: 'getTenants',
        code: 'unavailable',
        applied: 'no',
        vendorRequestId: 'req-9',
        requestId: 'request-1',
        reason: 'HTTP 502',
      },
      'It is ill.',
    ],
  ]);
});

it('a call that rejects is seen as well', async () => {
  const opened = open(() => []);
  await failureOf(opened.provider.listTenants(PAGE, callOf()));
  expect(opened.health()).toMatchObject({ status: 'DOWN', message: 'It is down.' });
});
