import { expect, it, onTestFinished } from 'vitest';
import { createConnect } from '../../src/provider-kit/http-upstream.ts';
import { quotaOf } from '../../src/provider-kit/quota-of.ts';
import { serveSimulator } from '../../src/provider-kit/simulator.ts';
import { testClock } from '../test-clock.ts';
import { callOf, classify, failureOf, openUpstream } from './test-upstream.ts';

const GET = { method: 'GET', path: '/things' } as const;
const POST = { method: 'POST', path: '/things', json: {} } as const;

async function openMoody() {
  const clock = testClock();
  const simulator = await serveSimulator(() => ({
    status: 200,
    headers: { 'x-leave-me': '7000' },
    body: {},
  }));
  onTestFinished(() => simulator.close());
  const connect = createConnect({
    clock,
    limits: { backoffMs: 1, safeDeadlineMs: 500, unsafeDeadlineMs: 500 },
  });
  const pauseAfter = ({ headers }: { headers: Readonly<Record<string, string>> }) =>
    headers['x-leave-me'] === undefined ? null : Number(headers['x-leave-me']);
  return { clock, simulator, upstream: connect({ origin: simulator.origin, classify, pauseAfter }) };
}

it('a vendor that asked to be left alone is left alone, by reads and by writes, until it is over', async () => {
  const { clock, simulator, upstream } = await openMoody();
  await upstream.send(GET, callOf());
  for (const request of [GET, POST]) {
    expect(await failureOf(upstream.send(request, callOf()))).toMatchObject({
      code: 'rate_limited',
      applied: 'no',
      retryAfterMs: 7000,
    });
  }
  clock.pass(6000);
  expect((await failureOf(upstream.send(GET, callOf()))).retryAfterMs).toBe(1000);
  expect(simulator.requests).toHaveLength(1);
  clock.pass(1000);
  await upstream.send(POST, callOf());
  expect(simulator.requests).toHaveLength(2);
});

it('a vendor that tells a refused read to wait is sent no other read meanwhile; writes have a pause of their own', async () => {
  const clock = testClock();
  const { simulator, upstream } = await openUpstream({ safeDeadlineMs: 500 }, clock);
  simulator.inject({ kind: { status: 429, headers: { 'retry-after': '30' } }, times: 2 });
  for (const retryAfterMs of [30_000, 30_000])
    expect(await failureOf(upstream.send(GET, callOf()))).toMatchObject({
      code: 'rate_limited',
      retryAfterMs,
    });
  expect(simulator.requests).toHaveLength(1);
  const write = { ...callOf(), isWrite: true };
  for (let i = 0; i < 2; i += 1)
    expect((await failureOf(upstream.send(POST, write))).code).toBe('rate_limited');
  expect(simulator.requests).toHaveLength(2);
  clock.pass(30_000);
  await upstream.send(GET, callOf());
  await upstream.send(POST, write);
  expect(simulator.requests).toHaveLength(4);
});

it('who has waited as he was told is not sent away for the same pause', async () => {
  const { simulator, upstream } = await openUpstream({}, testClock());
  simulator.inject({ kind: { status: 429, headers: { 'retry-after': '1' } } });
  expect((await upstream.send(GET, callOf())).status).toBe(200);
});

it('no pause is longer than a minute', async () => {
  const clock = testClock();
  const { simulator, upstream } = await openUpstream({}, clock);
  simulator.inject({ kind: { status: 429, headers: { 'retry-after': '3600' } } });
  await failureOf(upstream.send(GET, callOf()));
  clock.pass(30_000);
  expect((await failureOf(upstream.send(GET, callOf()))).code).toBe('rate_limited');
  clock.pass(30_000);
  await upstream.send(GET, callOf());
  expect(simulator.requests).toHaveLength(2);
});

it('no more requests are on their way than the vendor has left, until the reset', async () => {
  const clock = testClock();
  const simulator = await serveSimulator(() => ({ status: 200, headers: { 'x-left': '2' }, body: {} }));
  onTestFinished(() => simulator.close());
  const connect = createConnect({ clock, limits: { concurrent: 8, safeDeadlineMs: 20_000 } });
  const quotaAfter = ({ headers }: { headers: Readonly<Record<string, string>> }) =>
    quotaOf(headers['x-left'], 7000);
  const upstream = connect({ origin: simulator.origin, classify, quotaAfter });
  await upstream.send(GET, callOf());
  simulator.inject({ kind: { delayMs: 20 }, times: 6 });
  await Promise.all(Array.from({ length: 6 }, () => upstream.send(GET, callOf())));
  expect(simulator.maxConcurrent).toBe(2);
  simulator.inject({ kind: { delayMs: 20 }, times: 6 });
  const writes = Array.from({ length: 6 }, () => upstream.send(POST, { ...callOf(), isWrite: true }));
  await Promise.all(writes);
  expect(simulator.maxConcurrent).toBe(2);
  clock.pass(7000);
  simulator.inject({ kind: 'silence', times: 6 });
  const caller = new AbortController();
  const sent = Array.from({ length: 6 }, () => failureOf(upstream.send(GET, callOf(caller.signal))));
  await expect.poll(() => simulator.requests.length, { interval: 1 }).toBe(19);
  caller.abort();
  await Promise.all(sent);
});

it('a vendor that refuses without a word is asked by fewer at once, until it answers again', async () => {
  const simulator = await serveSimulator(() => ({ status: 200, body: {} }));
  onTestFinished(() => simulator.close());
  const connect = createConnect({ clock: testClock(), limits: { concurrent: 8, maxTries: 1 } });
  const upstream = connect({ origin: simulator.origin, classify });
  simulator.inject({ kind: { status: 429 }, times: 3 });
  for (let i = 0; i < 3; i += 1) await failureOf(upstream.send(GET, callOf()));
  simulator.inject({ kind: { delayMs: 20 }, times: 2 });
  const before = simulator.requests.length;
  const sent = [1, 2].map(() => upstream.send(GET, callOf()));
  await expect.poll(() => simulator.requests.length, { interval: 1 }).toBe(before + 1);
  await Promise.all(sent);
  expect(simulator.maxConcurrent).toBe(1);
});
