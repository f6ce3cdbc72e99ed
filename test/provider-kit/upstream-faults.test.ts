import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../../src/provider-kit/simulator-fault.ts';
import { callOf, failureOf, openUpstream } from './test-upstream.ts';

const FAULTS: readonly (readonly [FaultKind, string])[] = [
  ['reset', 'unavailable'],
  ['lost-reply', 'unavailable'],
  ['reset-mid-body', 'unavailable'],
  ['half-json', 'malformed'],
  ['html', 'malformed'],
  ['huge', 'malformed'],
  ['redirect', 'malformed'],
];

describe.each(FAULTS)('%s is %s', (kind, code) => {
  it('to a read, which changed nothing', async () => {
    const { simulator, upstream } = await openUpstream();
    simulator.inject({ kind, times: 9 });
    expect(await failureOf(upstream.send({ method: 'GET', path: '/' }, callOf()))).toMatchObject({
      code,
      applied: 'no',
    });
  });

  it('to a write, which may have been done, and is not done twice', async () => {
    const { simulator, upstream, acted } = await openUpstream();
    simulator.inject({ kind });
    const failure = await failureOf(upstream.send({ method: 'POST', path: '/', json: {} }, callOf()));
    expect(failure).toMatchObject({ code, applied: 'maybe' });
    expect(simulator.requests).toHaveLength(1);
    expect(acted()).toBeLessThanOrEqual(1);
  });
});

it.each(['GET', 'POST'] as const)('silence lasts until the deadline: %s', async (method) => {
  const { simulator, upstream } = await openUpstream({ safeDeadlineMs: 50, unsafeDeadlineMs: 50 });
  simulator.inject({ kind: 'silence', times: 9 });
  const applied = method === 'GET' ? 'no' : 'maybe';
  expect(await failureOf(upstream.send({ method, path: '/' }, callOf()))).toMatchObject({
    code: 'timeout',
    applied,
  });
  expect(simulator.requests).toHaveLength(1);
});

it('an empty answer is a reply without json', async () => {
  const { simulator, upstream } = await openUpstream();
  simulator.inject({ kind: 'empty' });
  expect(await upstream.send({ method: 'GET', path: '/' }, callOf())).toMatchObject({
    status: 200,
    json: undefined,
  });
});

it('an error page is classified all the same', async () => {
  const { simulator, upstream } = await openUpstream();
  simulator.inject({ kind: { status: 404, body: '<p>gone' } });
  expect((await failureOf(upstream.send({ method: 'GET', path: '/' }, callOf()))).code).toBe('not_found');
});

it('what could not be read is not quoted', async () => {
  const { simulator, upstream } = await openUpstream();
  simulator.inject({ kind: { status: 200, body: '{"clientSecret":"canary' } });
  const { cause, message } = await failureOf(upstream.send({ method: 'POST', path: '/' }, callOf()));
  expect(cause).toEqual(new Error('HTTP 200, 23 characters'));
  expect(message).toBe('The vendor gave an answer that cannot be read.');
});

it('a read follows the vendor within its origin, with its credentials', async () => {
  const { simulator, upstream } = await openUpstream();
  simulator.inject({ kind: { status: 302, headers: { location: '/b?c=1' } } });
  const headers = { authorization: 'Bearer x' };
  await upstream.send({ method: 'GET', path: '/a', headers }, callOf());
  expect(simulator.requests.map(({ path, query }) => [path, query])).toEqual([
    ['/a', ''],
    ['/b', 'c=1'],
  ]);
});

it('but not for ever', async () => {
  const { simulator, upstream } = await openUpstream();
  simulator.inject({ kind: { status: 302, headers: { location: '/' } }, times: 9 });
  expect((await failureOf(upstream.send({ method: 'GET', path: '/' }, callOf()))).code).toBe('malformed');
  expect(simulator.requests).toHaveLength(4);
});

it('nothing goes to another origin', async () => {
  const { simulator, upstream } = await openUpstream();
  simulator.inject({ kind: 'redirect' });
  await failureOf(upstream.send({ method: 'GET', path: '/' }, callOf()));
  expect(simulator.requests.map(({ path }) => path)).toEqual(['/']);
});
