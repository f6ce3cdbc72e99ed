import { randomBytes, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { errorCode } from '../store/error-code.ts';
import { StartError } from '../store/start-error.ts';

const BYTES = 32;

/**
 * The 32 bytes from which every other key is derived: as configured, or from the data folder, where it is made once
 * and readable by its owner alone. Rejects with StartError for a file that others may read, or that holds no key.
 */
export function loadMasterKey(config: Config): Buffer {
  if (config.masterKey !== null) return Buffer.from(config.masterKey.reveal(), 'base64');
  const file = join(config.dataDirectory, 'master.key');
  try {
    mkdirSync(config.dataDirectory, { recursive: true, mode: 0o700 });
    makeOnce(file);
    return readKey(file);
  } catch (error) {
    if (error instanceof StartError) throw error;
    const why = errorCode(error) ?? 'unknown reason';
    throw new StartError(
      `The master key ${file} cannot be made or read (${why}). Give this user the right to, or set KEYFOLD_MASTER_KEY.`,
    );
  }
}

function readKey(file: string): Buffer {
  if ((statSync(file).mode & 0o077) !== 0 && process.platform !== 'win32') {
    throw new StartError(`Others than its owner may read the master key ${file}. Run: chmod 600 ${file}`);
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length === BYTES) return key;
  throw new StartError(
    `The master key ${file} is not 32 bytes in base64. Give the right one back from your backup.`,
  );
}

/** Written whole beside it and then given its name, so that nobody reads half a key. Whoever comes second reads the first one’s. */
function makeOnce(file: string): void {
  if (statSync(file, { throwIfNoEntry: false }) !== undefined) return;
  const whole = `${file}.${randomUUID()}`;
  writeFileSync(whole, `${randomBytes(BYTES).toString('base64')}\n`, {
    flag: 'wx',
    mode: 0o600,
    flush: true,
  });
  try {
    linkSync(whole, file);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(whole);
  }
}
