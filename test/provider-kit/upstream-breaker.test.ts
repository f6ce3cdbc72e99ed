import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Substitute } from '../../src/provider-kit/simulator-fault.ts';
import type { Upstream } from '../../src/provider-kit/upstream.ts';
import { callOf, failureOf, openUpstream } from './test-upstream.ts';

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

it('refusals do not open it', async () => {
  const { simulator, upstream } = await openUpstream();
  simulator.inject({ kind: { status: 404 }, times: 9 });
  await fail(upstream, 9);
  expect((await upstream.send(POST, callOf())).status).toBe(200);
});

it('after the rest one request tries the vendor, and closes it', async () => {
  const { simulator, upstream } = await openUpstream();
  simulator.inject({ kind: { status: 503 }, times: 5 });
  await fail(upstream, 5);
  vi.advanceTimersByTime(RESTED_MS);
  await Promise.all([upstream.send(POST, callOf()), upstream.send(POST, callOf())]);
  expect(simulator.requests).toHaveLength(7);
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
  const probe = upstream.send(POST, callOf());
  const waiter = new AbortController();
  const waiting = failureOf(upstream.send(POST, callOf(waiter.signal)));
  waiter.abort();
  expect((await waiting).code).toBe('aborted');
  await probe;
  await upstream.send(POST, callOf());
  expect(simulator.requests).toHaveLength(7);
});
