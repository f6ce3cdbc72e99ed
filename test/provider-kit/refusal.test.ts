import { expect, it } from 'vitest';
import { codeOfStatus, refusal, retryAfterMs } from '../../src/provider-kit/refusal.ts';

it.each([
  [200, null],
  [399, null],
  [400, 'rejected'],
  [401, 'unauthenticated'],
  [403, 'forbidden'],
  [404, 'not_found'],
  [405, 'unsupported'],
  [408, 'timeout'],
  [409, 'conflict'],
  [418, 'rejected'],
  [429, 'rate_limited'],
  [500, 'unavailable'],
  [503, 'unavailable'],
  [599, 'unavailable'],
])('HTTP %d is %s', (status, code) => {
  expect(codeOfStatus(status)).toBe(code);
});

it.each([
  [{}, null],
  [{ 'retry-after': '7' }, 7000],
  [{ 'retry-after': '9'.repeat(30) }, 86_400_000],
  [{ 'retry-after': '9'.repeat(400) }, 86_400_000],
  [{ 'retry-after': '0' }, null],
  [{ 'retry-after': '-7' }, null],
  [{ 'retry-after': 'soon' }, null],
  [{ 'retry-after': 'Sat, 21 Nov 2026 12:00:30 GMT', date: 'Sat, 21 Nov 2026 12:00:00 GMT' }, 30_000],
  [{ 'retry-after': 'Sat, 21 Nov 2026 12:00:30 GMT' }, null],
])('%j says to wait %s ms', (headers, ms) => {
  expect(retryAfterMs(headers)).toBe(ms);
});

it.each([
  ['unavailable', 'POST', undefined, 'maybe'],
  ['timeout', 'DELETE', undefined, 'maybe'],
  ['unavailable', 'GET', undefined, 'no'],
  ['unavailable', 'POST', true, 'no'],
  ['rejected', 'POST', undefined, 'no'],
] as const)('%s of a %s (safe: %s): applied %s', (code, method, safe, applied) => {
  const request = { method, path: '/', ...(safe !== undefined && { safe }) };
  const error = refusal(code, 'No.', { status: 500, headers: {}, json: undefined }, request);
  expect([error.code, error.applied, error.cause]).toEqual([code, applied, new Error('HTTP 500')]);
});
