import { expect, test, vi } from 'vitest';
import { startWorker } from '../../src/worker/worker.ts';
import { recordingLog, type LogLine } from '../gateway.ts';

/** Rounds that end when the test says so. */
function open() {
  const ends: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const lines: LogLine[] = [];
  const doBackgroundWork = () => new Promise<void>((resolve, reject) => ends.push({ resolve, reject }));
  const worker = startWorker({ doBackgroundWork }, recordingLog(lines), 1);
  const round = (nth: number) => vi.waitFor(() => expect(ends).toHaveLength(nth), { timeout: 15_000 });
  return { worker, ends, lines, round };
}

test('nothing is begun at once, and one round follows another', async () => {
  const { worker, ends, round } = open();
  expect(ends).toHaveLength(0);
  await round(1);
  ends[0]?.resolve();
  await round(2);
  ends[1]?.resolve();
  await worker.stop();
});

test('a round that fails is logged without its message, and the next one comes', async () => {
  const { worker, ends, lines, round } = open();
  await round(1);
  ends[0]?.reject(new TypeError('which may hold anything'));
  await round(2);
  expect(lines).toEqual([
    { level: 'error', fields: { code: 'TypeError' }, message: 'background work failed' },
  ]);
  ends[1]?.resolve();
  await worker.stop();
});

test('it has stopped when the round in hand is done, and no other begins', async () => {
  const { worker, ends, round } = open();
  await round(1);
  let isStopped = false;
  const stopped = worker.stop().then(() => (isStopped = true));
  await Promise.resolve();
  expect(isStopped).toBe(false);
  ends[0]?.resolve();
  await stopped;
  expect(ends).toHaveLength(1);
});
