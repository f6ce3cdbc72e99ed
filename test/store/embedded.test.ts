import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/store/open-database.ts';
import { StartError } from '../../src/store/start-error.ts';
import { settings } from '../../src/store/tables/gateway.ts';

let home: string;
let directory: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'keyfold-embedded-'));
  directory = join(home, 'data');
});
afterEach(() => rmSync(home, { recursive: true }));

const open = () => openDatabase({ kind: 'pglite', directory });
const startError = async () => {
  const error: unknown = await open().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(StartError);
  return error instanceof StartError ? error.message : '';
};

/** Another process that has the database open, once it has written its row. */
async function holder() {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'hold-database.ts'), directory],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [said]: unknown[] = await once(child.stdout, 'data');
  expect(String(said)).toBe('ready\n');
  return child;
}

describe('the embedded database', () => {
  test('keeps what was written, over a restart; its folder is its owner’s alone', async () => {
    const first = await open();
    expect(first.describe).toBe(`embedded, in ${directory}`);
    await first.db.insert(settings).values({ name: 'kept', value: '✓' });
    await first.close();
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    const second = await open();
    expect(await second.db.select().from(settings)).toEqual([{ name: 'kept', value: '✓' }]);
    await second.close();
  });

  test('is refused to a second process, and given to it when the first was killed, with all that was answered', async () => {
    const child = await holder();
    expect(await startError()).toMatch(`The data folder ${directory} is in use by process ${child.pid}.`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const taken = await open();
    expect(await taken.db.select().from(settings)).toEqual([{ name: 'answered', value: 'before the end' }]);
    await taken.close();
  });

  test('is made anew where its making was cut short', async () => {
    mkdirSync(join(directory, 'database', 'base'), { recursive: true });
    writeFileSync(join(directory, 'database', 'PG_VERSION'), '18\n');
    writeFileSync(join(directory, 'database.unfinished'), '');
    const { db, close } = await open();
    expect(await db.select().from(settings)).toEqual([]);
    await close();
    expect(existsSync(join(directory, 'database.unfinished'))).toBe(false);
  });

  test('that is broken says which folder, and can be tried again', async () => {
    mkdirSync(join(directory, 'database'), { recursive: true });
    writeFileSync(join(directory, 'database', 'PG_VERSION'), '18\n');
    const message = `The embedded database in ${directory} cannot be opened.`;
    expect(await startError()).toMatch(message);
    expect(await startError()).toMatch(message);
  });

  test('cannot be made where a file is in the way', async () => {
    writeFileSync(directory, '');
    expect(await startError()).toMatch(`The data folder ${directory} cannot be written (EEXIST).`);
  });

  test('in memory has all tables and leaves nothing', async () => {
    const { db, describe: where, close } = await openDatabase({ kind: 'pglite', directory: null });
    expect(where).toBe('embedded, in memory');
    expect(await db.select().from(settings)).toEqual([]);
    await close();
  });
});
