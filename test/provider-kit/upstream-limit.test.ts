import { setImmediate as turn } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { callOf, classify, failureOf, openUpstream } from './test-upstream.ts';

const GET = { method: 'GET', path: '/' } as const;
const POST = { method: 'POST', path: '/' } as const;
const writeCall = () => ({ ...callOf(), isWrite: true });

it('sixty-four at once, the others after them', async () => {
  const { simulator, upstream } = await openUpstream({ safeDeadlineMs: 20_000 });
  simulator.inject({ kind: 'silence', times: 64 });
  const [first, second] = [new AbortController(), new AbortController()];
  const sent = Array.from({ length: 64 }, () => failureOf(upstream.send(GET, callOf(first.signal))));
  const waiting = Array.from({ length: 6 }, () => upstream.send(GET, callOf(second.signal)));
  await expect.poll(() => simulator.requests.length, { interval: 1, timeout: 10_000 }).toBe(64);
  await turn();
  expect(simulator.requests).toHaveLength(64);
  first.abort();
  await Promise.all([...sent, ...waiting]);
  expect([simulator.maxConcurrent, simulator.requests.length]).toEqual([64, 70]);
});

it('fewer, where the vendor bears fewer', async () => {
  const { simulator, connect } = await openUpstream();
  simulator.inject({ kind: { delayMs: 20 }, times: 20 });
  const upstream = connect({ origin: simulator.origin, classify, concurrent: 3 });
  await Promise.all(Array.from({ length: 20 }, () => upstream.send(GET, callOf())));
  expect(simulator.maxConcurrent).toBe(3);
});

it('what does not fit into the queue is refused, unsent', async () => {
  const { simulator, upstream } = await openUpstream({ concurrent: 1, queued: 1 });
  simulator.inject({ kind: { delayMs: 20 } });
  const sent = [upstream.send(GET, callOf()), upstream.send(GET, callOf())];
  expect(await failureOf(upstream.send(GET, callOf()))).toMatchObject({
    code: 'rate_limited',
    applied: 'no',
  });
  await Promise.all(sent);
  expect(simulator.requests).toHaveLength(2);
});

it('reads keep no write waiting, nor what it reads', async () => {
  const { simulator, upstream } = await openUpstream({ concurrent: 1, queued: 1 });
  simulator.inject({ kind: 'silence' });
  const caller = new AbortController();
  const reads = [1, 2].map(() => failureOf(upstream.send(GET, callOf(caller.signal))));
  await expect.poll(() => simulator.requests.length, { interval: 1 }).toBe(1);
  await upstream.send(GET, writeCall());
  await upstream.send(POST, writeCall());
  expect(simulator.requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'POST']);
  caller.abort();
  expect(await Promise.all(reads)).toMatchObject([{ code: 'aborted' }, { code: 'aborted' }]);
});

it('eight writes at once', async () => {
  const { simulator, upstream } = await openUpstream();
  simulator.inject({ kind: { delayMs: 20 }, times: 40 });
  await Promise.all(Array.from({ length: 40 }, () => upstream.send(POST, writeCall())));
  expect([simulator.maxConcurrent, simulator.requests.length]).toEqual([8, 40]);
});

it('a call that is alone has every place; however much it asks for, one call waits', async () => {
  const { simulator, upstream } = await openUpstream({ concurrent: 8, queued: 1 });
  simulator.inject({ kind: { delayMs: 20 }, times: 100 });
  const call = callOf();
  await Promise.all(Array.from({ length: 100 }, () => upstream.send(GET, call)));
  expect([simulator.maxConcurrent, simulator.requests.length]).toEqual([8, 100]);
});

it('a call has its share of reads, and no more', async () => {
  const { simulator, upstream } = await openUpstream({ requestsOfCall: 2 });
  const call = callOf();
  await Promise.all([upstream.send(GET, call), upstream.send(GET, call)]);
  expect(await failureOf(upstream.send(GET, call))).toMatchObject({
    code: 'limit_reached',
    hint: 'Ask for smaller pages, or in several requests.',
  });
  await upstream.send(GET, callOf());
  await Promise.all([1, 2, 3].map(() => upstream.send(GET, { ...call, isWrite: true })));
  expect(simulator.requests).toHaveLength(6);
});

it('time in the queue is not held against the vendor', async () => {
  const { simulator, upstream } = await openUpstream({ concurrent: 1, safeDeadlineMs: 500 });
  simulator.inject({ kind: { delayMs: 150 }, times: 5 });
  await Promise.all(Array.from({ length: 5 }, () => upstream.send(GET, callOf())));
  expect(simulator.requests).toHaveLength(5);
});

it('a hundred requests of one call are no leak to Node', async () => {
  const { upstream } = await openUpstream();
  const warnings: string[] = [];
  const note = ({ name }: Error) => void warnings.push(name);
  process.on('warning', note);
  onTestFinished(() => void process.off('warning', note));
  const call = callOf();
  await Promise.all(Array.from({ length: 100 }, () => upstream.send(GET, call)));
  await turn();
  expect(warnings).toEqual([]);
});
