import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from './error-code.ts';
import { StartError } from './start-error.ts';

const TRIES = 100;

/**
 * Two processes on one embedded database corrupt it without a word, so one at a time holds its directory. In the folder
 * `lock` lies one empty file, named for the holder: his process, when it began, and a number of which there is only
 * one. So to rename a dead holder's file to one's own name succeeds for exactly one process, however many try at once.
 * Resolves to what gives it back. Rejects with StartError while the holder lives.
 */
export async function lockDataDirectory(directory: string): Promise<() => Promise<void>> {
  const lock = join(directory, 'lock');
  const own = `${process.pid}.${(await startOf(process.pid)) ?? ''}.${randomUUID()}`;
  for (let tries = 0; tries < TRIES; tries++) {
    const [holder, ...others] = await namesIn(lock);
    if (others.length > 0) continue; // seen in the middle of being renamed
    if (holder !== undefined && (await isAlive(holder))) throw held(directory, holder);
    const isTaken =
      holder === undefined ? makeLock(directory, lock, own) : moved(join(lock, holder), join(lock, own));
    if (await isTaken) return () => giveBack(lock, own);
  }
  throw new StartError(
    `The folder ${lock} is not as it should be. Remove it if no process uses ${directory}.`,
  );
}

/** Made aside, with the holder's file in it, and moved into place: that fails where a lock stands already. */
async function makeLock(directory: string, lock: string, own: string): Promise<boolean> {
  const aside = await mkdtemp(join(directory, 'lock-'));
  await writeFile(join(aside, own), '');
  const isTaken = await moved(aside, lock);
  if (!isTaken) await rm(aside, { recursive: true });
  return isTaken;
}

async function giveBack(lock: string, own: string): Promise<void> {
  await rm(join(lock, own), { force: true });
  await rmdir(lock).catch(() => {}); // it may be the next holder's by now
}

/** The number of a process that ended is given to another one: only one that began at the same time is the holder. */
async function isAlive(holder: string): Promise<boolean> {
  const [pid, start] = holder.split('.');
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    if (errorCode(error) === 'ESRCH') return false;
  }
  const now = await startOf(Number(pid));
  return now === null || now === start;
}

const ENDED = /^[ZX]/;

/** The tick in which the process began; other than that of any process for one that has ended. Null: not Linux. */
async function startOf(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  // Fields 3 (state) and 22 (start) of proc(5); the name in field 2 may hold anything, so count from its end.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields === undefined ? null : ENDED.test(fields[0] ?? '') ? 'ended' : (fields[19] ?? null);
}

function namesIn(lock: string): Promise<readonly string[]> {
  return readdir(lock).catch((error: unknown) => unless(['ENOENT'], error, []));
}

/** False: it is not there any more, or somebody was faster. */
function moved(from: string, to: string): Promise<boolean> {
  const faster = ['ENOENT', 'ENOTEMPTY', 'EEXIST', 'EPERM'];
  return rename(from, to).then(
    () => true,
    (error: unknown) => unless(faster, error, false),
  );
}

function unless<T>(expected: readonly string[], error: unknown, answer: T): T {
  if (expected.includes(errorCode(error) ?? '')) return answer;
  throw error;
}

function held(directory: string, holder: string): StartError {
  return new StartError(
    `The data folder ${directory} is in use by process ${holder.split('.')[0]}. ` +
      'Stop that process, or give this one its own folder with KEYFOLD_DATA_DIR. ' +
      'Several gateways share one database with DATABASE_URL.',
  );
}
