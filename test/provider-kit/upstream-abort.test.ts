import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createConnect } from '../../src/provider-kit/http-upstream.ts';
import { settlesAtOnce } from '../settles-at-once.ts';
import { callOf, classify, CLOCK, failureOf, openUpstream } from './test-upstream.ts';

const GET = { method: 'GET', path: '/' } as const;
const POST = { method: 'POST', path: '/' } as const;

it.each([
  [GET, 'no'],
  [POST, 'maybe'],
])('a caller who leaves while the vendor works is let go at once: %j', async (request, applied) => {
  const { simulator, upstream } = await openUpstream();
  simulator.inject({ kind: 'silence' });
  const caller = new AbortController();
  const failure = failureOf(upstream.send(request, callOf(caller.signal)));
  await expect.poll(() => simulator.requests.length, { interval: 1 }).toBe(1);
  caller.abort();
  expect(await settlesAtOnce(failure)).toBe(true);
  expect(await failure).toMatchObject({ code: 'aborted', applied });
});

it('who leaves while waiting for a further try sends nothing more', async () => {
  const { simulator, upstream, acted } = await openUpstream({ backoffMs: 200 });
  simulator.inject({ kind: { status: 503 } });
  const caller = new AbortController();
  const failure = failureOf(upstream.send(GET, callOf(caller.signal)));
  await expect.poll(() => simulator.requests.length, { interval: 1 }).toBe(1);
  caller.abort();
  expect(await settlesAtOnce(failure)).toBe(true);
  expect((await failure).code).toBe('aborted');
  // The next one waits out the longest backoff that the first could have waited.
  simulator.inject({ kind: { delayMs: 250 } });
  await upstream.send(GET, callOf());
  expect([simulator.requests.length, acted()]).toEqual([2, 1]);
});

it('who leaves the queue is let go at once, and nothing of his is sent', async () => {
  const { simulator, upstream, acted } = await openUpstream({ concurrent: 1 });
  simulator.inject({ kind: { delayMs: 150 } });
  const first = upstream.send(POST, callOf());
  const caller = new AbortController();
  const second = failureOf(upstream.send(POST, callOf(caller.signal)));
  const third = upstream.send(POST, callOf());
  caller.abort();
  expect(await settlesAtOnce(second)).toBe(true);
  expect(await second).toMatchObject({ code: 'aborted', applied: 'no' });
  await Promise.all([first, third]);
  expect(acted()).toBe(2);
});

it('who has left before sends nothing', async () => {
  const { simulator, upstream } = await openUpstream();
  expect((await failureOf(upstream.send(POST, callOf(AbortSignal.abort())))).code).toBe('aborted');
  expect(simulator.requests).toEqual([]);
});

it('a connection that is never made leaves nothing in doubt, and the deadline holds', async () => {
  // TLS, against a server that accepts and says nothing.
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const connect = createConnect({ clock: CLOCK, limits: { unsafeDeadlineMs: 50 } });
  const upstream = connect({ origin: `https://127.0.0.1:${port}`, classify });
  const startedAt = performance.now();
  expect(await failureOf(upstream.send(POST, callOf()))).toMatchObject({ code: 'timeout', applied: 'no' });
  expect(performance.now() - startedAt).toBeLessThan(1000);
});
