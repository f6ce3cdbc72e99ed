import { expect, it, onTestFinished } from 'vitest';
import { createConnect } from '../../src/provider-kit/http-upstream.ts';
import { serveSimulator } from '../../src/provider-kit/simulator.ts';
import { testClock } from '../test-clock.ts';
import { callOf, classify, failureOf } from './test-upstream.ts';

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
  clock.pass(6999);
  expect((await failureOf(upstream.send(GET, callOf()))).retryAfterMs).toBe(1);
  expect(simulator.requests).toHaveLength(1);
  clock.pass(1);
  await upstream.send(POST, callOf());
  expect(simulator.requests).toHaveLength(2);
});
