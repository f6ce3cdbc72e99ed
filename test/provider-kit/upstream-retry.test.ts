import { expect, it } from 'vitest';
import type { Substitute } from '../../src/provider-kit/simulator-fault.ts';
import { callOf, failureOf, openUpstream } from './test-upstream.ts';

const GET = { method: 'GET', path: '/things' } as const;
const POST = { method: 'POST', path: '/things', json: { name: 'a' } } as const;
const BUSY: Substitute = { status: 503 };

it('a read is tried three times', async () => {
  const { simulator, upstream, acted } = await openUpstream();
  simulator.inject({ kind: 'reset' });
  simulator.inject({ kind: BUSY });
  expect((await upstream.send(GET, callOf())).json).toEqual({ path: '/things', acted: 1 });
  expect([simulator.requests.length, acted()]).toEqual([3, 1]);
});

it('after the third failure the last one is told', async () => {
  const { simulator, upstream } = await openUpstream();
  simulator.inject({ kind: BUSY, times: 9 });
  expect(await failureOf(upstream.send(GET, callOf()))).toMatchObject({ code: 'unavailable', applied: 'no' });
  expect(simulator.requests).toHaveLength(3);
});

it('a refusal is not tried again', async () => {
  const { simulator, upstream } = await openUpstream();
  simulator.inject({ kind: { status: 404 } });
  expect((await failureOf(upstream.send(GET, callOf()))).code).toBe('not_found');
  expect(simulator.requests).toHaveLength(1);
});

it.each<Substitute>([BUSY, { status: 429 }, 'reset'])('a write is sent once: %j', async (kind) => {
  const { simulator, upstream } = await openUpstream();
  simulator.inject({ kind });
  await failureOf(upstream.send(POST, callOf()));
  expect(simulator.requests).toHaveLength(1);
});

it.each([{ repeatable: true }, { safe: true }])('a POST that may be repeated is: %j', async (permission) => {
  const { simulator, upstream } = await openUpstream();
  simulator.inject({ kind: 'reset' });
  await upstream.send({ ...POST, ...permission }, callOf());
  expect(simulator.requests).toHaveLength(2);
});

it('a write that never left is tried again, and its failure changed nothing', async () => {
  const { simulator, upstream } = await openUpstream({ failuresToBreak: 2 });
  await simulator.close();
  const failure = await failureOf(upstream.send(POST, callOf()));
  // The third try met the breaker, so that there were two before it.
  expect(failure).toMatchObject({ code: 'unavailable', applied: 'no', retryAfterMs: 10_000 });
});

it('waits as long as the vendor says, where that fits into the deadline', async () => {
  const { simulator, upstream } = await openUpstream();
  simulator.inject({ kind: { status: 429, headers: { 'retry-after': '0.2' } } });
  const startedAt = performance.now();
  await upstream.send(GET, callOf());
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(190);
});

it('does not wait where it does not fit', async () => {
  const { simulator, upstream } = await openUpstream();
  simulator.inject({ kind: { status: 429, headers: { 'retry-after': '3' } } });
  const failure = await failureOf(upstream.send(GET, callOf()));
  expect(failure).toMatchObject({ code: 'rate_limited', retryAfterMs: 3000 });
  expect(simulator.requests).toHaveLength(1);
});

it('a repeated write stays in doubt when the second try is refused', async () => {
  const { simulator, upstream } = await openUpstream();
  simulator.inject({ kind: 'lost-reply' });
  simulator.inject({ kind: { status: 404 } });
  const failure = await failureOf(upstream.send({ ...POST, repeatable: true }, callOf()));
  expect(failure).toMatchObject({ code: 'not_found', applied: 'maybe' });
});

it('a further try that would begin too late is none', async () => {
  const { simulator, upstream } = await openUpstream({ safeDeadlineMs: 100, backoffMs: 150 });
  simulator.inject({ kind: BUSY });
  expect((await failureOf(upstream.send(GET, callOf()))).code).toBe('unavailable');
  expect(simulator.requests).toHaveLength(1);
});

it('a request that is none is a fault of who made it: not tried again, and not held against the vendor', async () => {
  const { simulator, connect, upstream } = await openUpstream({ failuresToBreak: 1 });
  const odd = { ...GET, headers: { authorization: 'Bearer a\nb' } };
  await expect(upstream.send(odd, callOf())).rejects.toThrow('invalid authorization header');
  expect([simulator.requests.length, connect.breaker()]).toEqual([0, 'CLOSED']);
});
