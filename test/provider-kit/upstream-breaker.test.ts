import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Substitute } from '../../src/provider-kit/simulator-fault.ts';
import type { Upstream } from '../../src/provider-kit/upstream.ts';
import { settlesAtOnce } from '../settles-at-once.ts';
import { testClock } from '../test-clock.ts';
import { callOf, failureOf, openUpstream } from './test-upstream.ts';

const GET = { method: 'GET', path: '/' } as const;
const POST = { method: 'POST', path: '/' } as const;

const RESTED_MS = 10_001;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

async function fail(upstream: Upstream, times: number): Promise<void> {
  for (let i = 0; i < times; i += 1) await failureOf(upstream.send(POST, callOf()));
}

it.each<Substitute>([{ status: 503 }, 'reset', 'html'])(
  'opens after five failures in a row: %j',
  async (kind) => {
    const { simulator, upstream } = await openUpstream();
    simulator.inject({ kind, times: 5 });
    await fail(upstream, 5);
    const failure = await failureOf(upstream.send(POST, callOf()));
    expect(failure).toMatchObject({ code: 'unavailable', applied: 'no', retryAfterMs: 10_000 });
    expect(simulator.requests).toHaveLength(5);
  },
);

it('an answer in between starts the count anew', async () => {
  const { simulator, upstream } = await openUpstream();
  for (let round = 0; round < 2; round += 1) {
    simulator.inject({ kind: { status: 503 }, times: 4 });
    await fail(upstream, 4);
    expect((await upstream.send(POST, callOf())).status).toBe(200);
  }
});

it('so does a refusal', async () => {
  const { simulator, upstream } = await openUpstream();
  for (let i = 0; i < 9; i += 1) {
    simulator.inject({ kind: { status: 503 } });
    simulator.inject({ kind: { status: 404 } });
    await fail(upstream, 2);
  }
  expect((await upstream.send(POST, callOf())).status).toBe(200);
});

it('a probe that is refused closes it, and the count begins anew', async () => {
  const { simulator, connect, upstream } = await openUpstream();
  simulator.inject({ kind: { status: 503 }, times: 5 });
  await fail(upstream, 5);
  vi.advanceTimersByTime(RESTED_MS);
  simulator.inject({ kind: { status: 404 } });
  expect((await failureOf(upstream.send(POST, callOf()))).code).toBe('not_found');
  simulator.inject({ kind: { status: 503 }, times: 4 });
  await fail(upstream, 4);
  expect(connect.breaker()).toBe('CLOSED');
  expect((await upstream.send(POST, callOf())).status).toBe(200);
});

it('a probe that was not sent proves nothing', async () => {
  const clock = testClock();
  const { simulator, connect, upstream } = await openUpstream({ maxTries: 1 }, clock);
  simulator.inject({ kind: { status: 503 }, times: 4 });
  await fail(upstream, 4);
  simulator.inject({ kind: { status: 429, headers: { 'retry-after': '60' } } });
  const throttled = failureOf(upstream.send(GET, callOf()));
  expect((await throttled).code).toBe('rate_limited');
  const write = () => failureOf(upstream.send(POST, { ...callOf(), isWrite: true }));
  simulator.inject({ kind: { status: 503 }, times: 5 });
  for (let i = 0; i < 5; i += 1) await write();
  vi.advanceTimersByTime(RESTED_MS);
  const before = simulator.requests.length;
  expect((await failureOf(upstream.send(GET, callOf()))).message).toContain('takes no more requests');
  expect([connect.breaker(), simulator.requests.length]).toEqual(['OPEN', before]);
});

it('refusals do not open it', async () => {
  const { simulator, upstream } = await openUpstream();
  simulator.inject({ kind: { status: 404 }, times: 9 });
  await fail(upstream, 9);
  expect((await upstream.send(POST, callOf())).status).toBe(200);
});

it('after the rest one request tries the vendor, and closes it for the others of its caller', async () => {
  const { simulator, upstream } = await openUpstream();
  simulator.inject({ kind: { status: 503 }, times: 5 });
  await fail(upstream, 5);
  vi.advanceTimersByTime(RESTED_MS);
  const call = callOf();
  await Promise.all([upstream.send(POST, call), upstream.send(POST, call)]);
  expect(simulator.requests).toHaveLength(7);
});

it('a probe that fails gives the other requests of its caller their rest', async () => {
  const { simulator, upstream } = await openUpstream();
  simulator.inject({ kind: { status: 503 }, times: 6 });
  await fail(upstream, 5);
  vi.advanceTimersByTime(RESTED_MS);
  const call = callOf();
  const failures = await Promise.all([1, 2].map(() => failureOf(upstream.send(POST, call))));
  expect(failures.map(({ code }) => code)).toEqual(['unavailable', 'unavailable']);
  expect(failures[1]?.message).toContain('given a rest');
});

it('while one request tries the vendor, nobody else waits for what becomes of it', async () => {
  const { simulator, upstream } = await openUpstream();
  simulator.inject({ kind: { status: 503 }, times: 5 });
  await fail(upstream, 5);
  vi.advanceTimersByTime(RESTED_MS);
  simulator.inject({ kind: 'silence' });
  const prober = new AbortController();
  const probe = failureOf(upstream.send(POST, callOf(prober.signal)));
  const failure = failureOf(upstream.send({ method: 'GET', path: '/' }, callOf()));
  expect(await settlesAtOnce(failure)).toBe(true);
  expect(await failure).toMatchObject({ code: 'unavailable', retryAfterMs: null });
  prober.abort();
  await probe;
  expect(simulator.requests.length).toBeLessThanOrEqual(6);
});

it('what waits for its place when it opens is not sent', async () => {
  const { simulator, upstream } = await openUpstream({ concurrent: 1, failuresToBreak: 2, maxTries: 1 });
  simulator.inject({ kind: { status: 503 }, times: 9 });
  const call = callOf();
  const failures = await Promise.all(
    Array.from({ length: 9 }, () => failureOf(upstream.send({ method: 'GET', path: '/' }, call))),
  );
  expect(failures.map(({ code }) => code)).toEqual(Array(9).fill('unavailable'));
  // The place of the second is taken again before its failure is counted.
  expect(simulator.requests).toHaveLength(3);
});

it('a read that meets it open is told at once, however soon the rest is over', async () => {
  const { simulator, upstream } = await openUpstream({}, { now: () => new Date() });
  simulator.inject({ kind: { status: 503 }, times: 5 });
  await fail(upstream, 5);
  vi.advanceTimersByTime(RESTED_MS - 10);
  const failure = failureOf(upstream.send({ method: 'GET', path: '/' }, callOf()));
  expect(await settlesAtOnce(failure)).toBe(true);
  expect(await failure).toMatchObject({ code: 'unavailable', retryAfterMs: 9 });
});

it.each(['fails', 'is aborted'])('a probe that %s leaves it open', async (end) => {
  const { simulator, upstream } = await openUpstream();
  simulator.inject({ kind: { status: 503 }, times: 5 });
  await fail(upstream, 5);
  vi.advanceTimersByTime(RESTED_MS);
  simulator.inject({ kind: end === 'fails' ? { status: 503 } : 'silence' });
  const prober = new AbortController();
  const probe = failureOf(upstream.send(POST, callOf(prober.signal)));
  await expect.poll(() => simulator.requests.length, { interval: 1 }).toBe(6);
  if (end === 'is aborted') prober.abort();
  await probe;
  expect((await failureOf(upstream.send(POST, callOf()))).message).toContain('given a rest');
});

it('who waits for the probe and leaves meanwhile sends nothing', async () => {
  const { simulator, upstream } = await openUpstream();
  simulator.inject({ kind: { status: 503 }, times: 5 });
  await fail(upstream, 5);
  vi.advanceTimersByTime(RESTED_MS);
  simulator.inject({ kind: { delayMs: 50 } });
  const [waiter, share] = [new AbortController(), {}];
  const probe = upstream.send(POST, callOf(undefined, share));
  const waiting = failureOf(upstream.send(POST, callOf(waiter.signal, share)));
  waiter.abort();
  expect((await waiting).code).toBe('aborted');
  await probe;
  await upstream.send(POST, callOf());
  expect(simulator.requests).toHaveLength(7);
});
