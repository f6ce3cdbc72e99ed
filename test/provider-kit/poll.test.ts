import { expect, it } from 'vitest';
import { MINUTE } from '../../src/domain/duration.ts';
import { poll } from '../../src/provider-kit/poll.ts';
import { ProviderError } from '../../src/provider-kit/provider-error.ts';
import { testClock } from '../test-clock.ts';

/** Answers at the nth time. */
function openPoll(nth: number, isClockRunning = true) {
  const clock = testClock();
  const pauses: number[] = [];
  let times = 0;
  const pause = async (ms: number, signal: AbortSignal) => {
    if (signal.aborted) throw new ProviderError('aborted', 'gone');
    pauses.push(ms);
    if (isClockRunning) clock.pass(ms);
  };
  const run = (signal = new AbortController().signal) =>
    poll(async () => (++times === nth ? 'answer' : null), { clock, pause }, signal);
  return { run, pauses, times: () => times };
}

it('what is answered at once is not waited for', async () => {
  const { run, pauses } = openPoll(1);
  expect([await run(), pauses]).toEqual(['answer', []]);
});

it('the pauses grow up to a second', async () => {
  const { run, pauses } = openPoll(6);
  expect([await run(), pauses]).toEqual(['answer', [250, 500, 1000, 1000, 1000]]);
});

it('nothing is waited for longer than a minute', async () => {
  const { run, pauses } = openPoll(Infinity);
  expect(await run()).toBeNull();
  const waited = pauses.reduce((sum, ms) => sum + ms, 0);
  expect([waited >= MINUTE, waited < MINUTE + 1000]).toEqual([true, true]);
});

it('nor asked for without end where the clock stands still', async () => {
  const { run, times } = openPoll(Infinity, false);
  expect([await run(), times()]).toEqual([null, 70]);
});

it('rejects where the caller has left', async () => {
  const { run, times } = openPoll(Infinity);
  await expect(run(AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' });
  expect(times()).toBe(1);
});
