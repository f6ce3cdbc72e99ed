import { chmodSync, existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { loadMasterKey } from '../../src/config/master-key.ts';
import { KEY, loadingFrom, openConfigFolder } from './config-folder.ts';

let cwd: string;
beforeEach(() => void (cwd = openConfigFolder()));
const { load } = loadingFrom(() => cwd);

describe('the master key', () => {
  test('is made once in the data folder, for its owner alone', () => {
    const config = load();
    const key = loadMasterKey(config);
    const file = join(cwd, '.keyfold', 'master.key');
    expect(key.length).toBe(32);
    expect(loadMasterKey(config)).toEqual(key);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(cwd, '.keyfold'))).toEqual(['master.key']);
    expect(statSync(join(cwd, '.keyfold')).mode & 0o777).toBe(0o700);
  });

  test('that is given is taken, and none is made', () => {
    expect(loadMasterKey(load(null, { KEYFOLD_MASTER_KEY: KEY }))).toEqual(Buffer.alloc(32, 7));
    expect(existsSync(join(cwd, '.keyfold'))).toBe(false);
  });

  test('that cannot be made says where and why', () => {
    writeFileSync(join(cwd, '.keyfold'), '');
    expect(() => loadMasterKey(load())).toThrow(/master\.key cannot be made or read \((?:EEXIST|ENOTDIR)\)/);
  });

  test('that others may read, or that is none, is refused', () => {
    const config = load();
    loadMasterKey(config);
    const file = join(cwd, '.keyfold', 'master.key');
    chmodSync(file, 0o644);
    expect(() => loadMasterKey(config)).toThrow('chmod 600');
    chmodSync(file, 0o600);
    writeFileSync(file, 'no key');
    expect(() => loadMasterKey(config)).toThrow('not 32 bytes');
  });
});
