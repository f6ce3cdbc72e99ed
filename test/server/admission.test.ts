import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createAdmission, type Admit } from '../../src/server/admission.ts';

const HEAVY = 100_000;
const LOOK_MS = 4;

let admit: Admit;
let busy: number;
let begun: string[];
let ends: Map<string, (error?: Error) => void>;

beforeEach(() => {
  vi.useFakeTimers();
  [busy, begun, ends] = [1, [], new Map()];
  admit = createAdmission({ busyShare: () => busy, now: () => Date.now() });
});
afterEach(() => void vi.useRealTimers());

/** Work that goes on until it is ended. */
async function begin(name: string, weight: number): Promise<string> {
  return admit(weight, () => {
    begun.push(name);
    return new Promise((resolve, reject) => {
      ends.set(name, (error) => (error === undefined ? resolve(name) : reject(error)));
    });
  });
}

async function beginAll(names: string, weight = HEAVY): Promise<void> {
  for (const name of names) begin(name, weight).catch(() => {});
  await vi.advanceTimersByTimeAsync(0);
}

async function end(name: string, error?: Error): Promise<void> {
  ends.get(name)?.(error);
  await vi.advanceTimersByTimeAsync(0);
}

describe('on a busy event loop', () => {
  test('heavy work goes on three at a time, in the order in which it came', async () => {
    await beginAll('abcdef');
    expect(begun.join('')).toBe('abc');
    await end('b');
    expect(begun.join('')).toBe('abcd');
    await vi.advanceTimersByTimeAsync(1000);
    expect(begun.join('')).toBe('abcd');
  });

  test('light work waits for nobody, and nobody for it', async () => {
    await beginAll('abcdef');
    await beginAll('uvwxyz', 1000);
    expect(begun.join('')).toBe('abcuvwxyz');
    await end('a');
    expect(begun.join('')).toBe('abcuvwxyzd');
  });

  test('work that is heavier than all that may go on at once goes on alone', async () => {
    await beginAll('A', 10 * HEAVY);
    await beginAll('b');
    expect(begun.join('')).toBe('A');
    await end('A');
    expect(begun.join('')).toBe('Ab');
    await beginAll('C', 10 * HEAVY);
    await beginAll('d');
    expect(begun.join('')).toBe('Ab');
    await end('b');
    expect(begun.join('')).toBe('AbC');
  });

  test('work that fails makes room too, and says why', async () => {
    const failing = begin('a', HEAVY);
    await beginAll('bcd');
    void end('a', new Error('it broke'));
    await expect(failing).rejects.toThrow('it broke');
    expect(begun.join('')).toBe('abcd');
  });
});

describe('on an event loop that has time to spare', () => {
  test('more is admitted every few milliseconds, up to twice as much each time', async () => {
    busy = 0.1;
    await beginAll('abcdefghijklmnopqrstuvwxyz');
    expect(begun).toHaveLength(3);
    await vi.advanceTimersByTimeAsync(LOOK_MS);
    expect(begun).toHaveLength(6);
    await vi.advanceTimersByTimeAsync(LOOK_MS);
    expect(begun).toHaveLength(12);
    await vi.advanceTimersByTimeAsync(2 * LOOK_MS);
    expect(begun).toHaveLength(26);
  });

  test('so much more is admitted as there is time to spare', async () => {
    busy = 0.75;
    await beginAll('abcdef');
    await vi.advanceTimersByTimeAsync(LOOK_MS);
    expect(begun.join('')).toBe('abcd');
  });

  test('what comes later is admitted at once where as much went on already', async () => {
    busy = 0.1;
    await beginAll('abcdef');
    await vi.advanceTimersByTimeAsync(LOOK_MS);
    for (const name of 'abcdef') await end(name);
    await beginAll('uvwxyz');
    expect(begun).toHaveLength(12);
  });

  test('once it is busy, less and less goes on, down to three at a time', async () => {
    busy = 0.1;
    await beginAll('abcdefghijkl');
    await vi.advanceTimersByTimeAsync(2 * LOOK_MS);
    expect(begun).toHaveLength(12);
    busy = 1;
    for (const name of 'abcdefghijkl') {
      await vi.advanceTimersByTimeAsync(LOOK_MS);
      await end(name);
    }
    await beginAll('uvwxyz');
    await vi.advanceTimersByTimeAsync(100 * LOOK_MS);
    expect(begun.slice(12).join('')).toBe('uvw');
  });
});

test('without work there is no timer', async () => {
  await beginAll('abcd');
  expect(vi.getTimerCount()).toBe(1);
  await end('a');
  await vi.advanceTimersByTimeAsync(LOOK_MS);
  expect(vi.getTimerCount()).toBe(0);
});
