import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lockDataDirectory } from '../../src/store/data-directory-lock.ts';
import { StartError } from '../../src/store/start-error.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'keyfold-lock-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** Leaves the lock of a process that began in that tick. */
function leaveLock(pid: number, start: string): void {
  mkdirSync(join(directory, 'lock'));
  writeFileSync(join(directory, 'lock', `${pid}.${start}.00000000-0000-4000-8000-000000000000`), '');
}

const startOfParent = () =>
  readFileSync(`/proc/${process.ppid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19] ?? '';
/** Beyond what Linux gives out (proc(5), pid_max). */
const NO_PROCESS = 2 ** 22 + 1;

describe('the lock of the data directory', () => {
  test('is held by one, and taken by the next when it is given back', async () => {
    const giveBack = await lockDataDirectory(directory);
    await expect(lockDataDirectory(directory)).rejects.toThrow(
      `The data folder ${directory} is in use by process ${process.pid}.`,
    );
    await giveBack();
    expect(readdirSync(directory)).toEqual([]);
    await (
      await lockDataDirectory(directory)
    )();
  });

  test('of a process that is gone is taken over', async () => {
    leaveLock(NO_PROCESS, '1');
    const giveBack = await lockDataDirectory(directory);
    await expect(lockDataDirectory(directory)).rejects.toThrow(`process ${process.pid}.`);
    await giveBack();
  });

  test.runIf(process.platform === 'linux')('of a process that lives is respected', async () => {
    leaveLock(process.ppid, startOfParent());
    await expect(lockDataDirectory(directory)).rejects.toThrow(`process ${process.ppid}.`);
  });

  test.runIf(process.platform === 'linux').each([
    ['another process', process.ppid],
    ['this process', process.pid],
  ])('is taken over where the number of its process is now that of %s', async (_, pid) => {
    leaveLock(pid, '1');
    await lockDataDirectory(directory);
    expect(readdirSync(join(directory, 'lock'))).toEqual([expect.not.stringMatching(`^${pid}\\.1\\.`)]);
  });

  test.each([
    ['nobody', async () => {}],
    ['a process that is gone', async () => leaveLock(NO_PROCESS, '1')],
    ['who gives it back', async () => (await lockDataDirectory(directory))()],
  ])('goes to exactly one of many at once, after %s', async (_, before) => {
    for (let round = 0; round < 20; round++) {
      await before();
      const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lockDataDirectory(directory)));
      const winners = tries.flatMap((it) => (it.status === 'fulfilled' ? [it.value] : []));
      const losers = tries.flatMap((it) => (it.status === 'rejected' ? [it.reason as unknown] : []));
      expect(winners.length).toBe(1);
      expect(losers.every((it) => it instanceof StartError && it.message.includes('is in use'))).toBe(true);
      expect(readdirSync(directory)).toEqual(['lock']);
      await winners[0]?.();
    }
  });

  test('with something else in it says what to remove', async () => {
    mkdirSync(join(directory, 'lock'));
    for (const name of ['a', 'b']) writeFileSync(join(directory, 'lock', name), '');
    await expect(lockDataDirectory(directory)).rejects.toThrow(`Remove it if no process uses ${directory}`);
  });
});
