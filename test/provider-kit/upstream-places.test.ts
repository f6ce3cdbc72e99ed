import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Call } from '../../src/provider-kit/provider.ts';
import { createPlaces, type PlacesOptions } from '../../src/provider-kit/upstream-places.ts';
import { callOf, failureOf } from './test-upstream.ts';

/** Requests that end only when the test says so, by the order in which they began. */
function open(options: Partial<PlacesOptions> = {}) {
  const places = createPlaces({
    places: () => 1,
    concurrentOfBackground: 2,
    queued: 9,
    requestsOfCall: 99,
    ...options,
  });
  const began: string[] = [];
  const ends: (() => void)[] = [];
  const send = (name: string, call: Call) =>
    places.run(() => {
      began.push(name);
      return new Promise<void>((resolve) => ends.push(resolve));
    }, call);
  const end = async () => {
    ends.shift()?.();
    await turn();
  };
  return { places, send, began, end };
}

it('several that wait have places by turns, however much the first wants', async () => {
  const { send, began, end } = open();
  const [a, b, c] = [callOf(), callOf(), callOf()];
  for (const name of ['a1', 'a2', 'a3', 'a4']) void send(name, a);
  for (const name of ['b1', 'b2']) void send(name, b);
  void send('c1', c);
  for (let i = 0; i < 7; i += 1) await end();
  expect(began).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4']);
});

it('room is what is free, less who waits; the background, which waits for all others, does not count', async () => {
  const { places, send, end } = open({ places: () => 2 });
  expect(places.room).toBe(2);
  const call = callOf();
  for (const name of ['a1', 'a2', 'a3', 'a4']) void send(name, call);
  void send('s1', { ...callOf(), isBackground: true });
  expect(places.room).toBe(-2);
  const leaving = new AbortController();
  const left = failureOf(send('b1', callOf(leaving.signal)));
  expect(places.room).toBe(-3);
  leaving.abort();
  await left;
  expect(places.room).toBe(-2);
  for (let i = 0; i < 5; i += 1) await end();
  expect(places.room).toBe(2);
});

it('calls that share an account share a turn', async () => {
  const { send, began, end } = open();
  const share = {};
  void send('a1', callOf(undefined, share));
  void send('a2', callOf(undefined, share));
  void send('a3', callOf(undefined, share));
  void send('b1', callOf());
  for (let i = 0; i < 4; i += 1) await end();
  expect(began).toEqual(['a1', 'a2', 'b1', 'a3']);
});

it('what nobody waits for goes when nobody else wants a place, two at a time', async () => {
  const { send, began, end } = open({ places: () => 3 });
  const sweep = { ...callOf(), isBackground: true };
  for (const name of ['s1', 's2', 's3', 's4']) void send(name, sweep);
  expect(began).toEqual(['s1', 's2']);
  for (const name of ['a1', 'a2', 'a3']) void send(name, callOf());
  expect(began).toEqual(['s1', 's2', 'a1']);
  await end();
  expect(began).toEqual(['s1', 's2', 'a1', 'a2']);
  await end();
  expect(began).toEqual(['s1', 's2', 'a1', 'a2', 'a3']);
  await end();
  expect(began.at(-1)).toBe('s3');
});

it('who leaves while he waits gives his turn to the next', async () => {
  const { send, began, end } = open();
  const leaver = new AbortController();
  void send('a1', callOf());
  const left = [1, 2].map((n) => failureOf(send(`b${n}`, callOf(leaver.signal))));
  void send('c1', callOf());
  leaver.abort();
  expect((await Promise.all(left)).map(({ code }) => code)).toEqual(['aborted', 'aborted']);
  await end();
  expect(began).toEqual(['a1', 'c1']);
});

it('so many calls wait, and no more', async () => {
  const { send } = open({ queued: 1 });
  const waiting = callOf();
  void send('a1', callOf());
  void send('b1', waiting);
  void send('b2', waiting);
  expect((await failureOf(send('c1', callOf()))).code).toBe('rate_limited');
});

it('places that are won back are taken when the next request ends', async () => {
  let places = 1;
  const { send, began, end } = open({ places: () => places });
  for (const name of ['1', '2', '3', '4']) void send(name, callOf());
  places = 3;
  await end();
  expect(began).toEqual(['1', '2', '3', '4']);
});
