import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lockDataDirectory } from './data-directory-lock.ts';
import { drizzleConfig, MIGRATIONS, type OpenDatabase, type OpenDatabaseOptions } from './driver.ts';
import { errorCode } from './error-code.ts';
import { StartError } from './start-error.ts';

/**
 * PGlite's default of 128 MB is more than its one connection has a use for: all of it is written to before the first
 * statement, and the operating system keeps the files in memory anyway.
 */
const SMALL_BUFFERS = { postgresqlconf: ['shared_buffers = 4MB'] };

/**
 * PostgreSQL inside this process. One process may have a directory open; a second one is refused. What was committed
 * is with the operating system: it survives the process being killed. Rejects with StartError.
 */
export async function openEmbedded(
  directory: string | null,
  options: OpenDatabaseOptions,
): Promise<OpenDatabase> {
  if (directory === null) return opened(await unpack(undefined), 'embedded, in memory', options);
  const unlock = await takeDirectory(directory);
  try {
    const open = await opened(await openFiles(directory), `embedded, in ${directory}`, options);
    return { ...open, close: () => open.close().then(unlock) };
  } catch {
    await unlock();
    // What PGlite throws says nothing to an operator.
    throw new StartError(
      `The embedded database in ${directory} cannot be opened. Give the folder back from your backup, or start on another one with KEYFOLD_DATA_DIR.`,
    );
  }
}

async function opened(client: PGlite, describe: string, options: OpenDatabaseOptions): Promise<OpenDatabase> {
  try {
    await migrate(drizzle({ client, ...drizzleConfig({}) }), { migrationsFolder: MIGRATIONS });
  } catch (error) {
    await client.close();
    throw error;
  }
  const db = drizzle({ client, ...drizzleConfig(options) });
  return { db, describe, channel: null, close: () => client.close() };
}

async function takeDirectory(directory: string): Promise<() => Promise<void>> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    return await lockDataDirectory(directory);
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(
      `The data folder ${directory} cannot be written (${errorCode(error) ?? 'unknown reason'}). Give this user the right to, or name another folder in KEYFOLD_DATA_DIR.`,
    );
  }
}

async function openFiles(directory: string): Promise<PGlite> {
  const files = join(directory, 'database');
  // Stands from before the first file until all are there: who was killed in between has promised nothing to anybody.
  const unfinished = join(directory, 'database.unfinished');
  if (existsSync(unfinished)) await rm(files, { recursive: true, force: true });
  if (existsSync(join(files, 'PG_VERSION'))) return PGlite.create({ dataDir: files, ...SMALL_BUFFERS });
  await writeFile(unfinished, '');
  const client = await unpack(files);
  await rm(unfinished);
  return client;
}

/** From a directory as `initdb` leaves it: unpacking that is faster than making it. */
async function unpack(dataDir: string | undefined): Promise<PGlite> {
  const prepared = await import('@electric-sql/pglite-prepopulatedfs');
  const loadDataDir = await prepared.dataDir();
  return PGlite.create({ ...(dataDir === undefined ? {} : { dataDir }), loadDataDir, ...SMALL_BUFFERS });
}
