import { PGlite } from '@electric-sql/pglite';
import { dataDir } from '@electric-sql/pglite-prepopulatedfs';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { SecretValue } from '../src/domain/secret-value.ts';
import { drizzleConfig, MIGRATIONS } from '../src/store/driver.ts';
import { openDatabase } from '../src/store/open-database.ts';
import { startPostgresql } from './postgresql-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Of a server with a migrated database `template_keyfold`. Empty where no test uses it. */
    postgresqlUrl: string;
    /** A file: the data directory of a migrated PGlite, as a tar. Empty where no test uses it. */
    pgliteTemplate: string;
  }
}

/** Migrates a template of each database once; every test copies it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const only = process.env['KEYFOLD_TEST_DATABASE'];
  const [pglite, postgresql] = await Promise.all([
    only === 'postgresql' ? null : makePgliteTemplate(),
    only === 'pglite' ? null : startPostgresqlWithTemplate(),
  ]);
  project.provide('pgliteTemplate', pglite?.file ?? '');
  project.provide('postgresqlUrl', postgresql?.url ?? '');
  return async () => {
    pglite?.remove();
    await postgresql?.stop();
  };
}

async function startPostgresqlWithTemplate() {
  const server = await startPostgresql();
  const admin = postgres(`${server.url}/postgres`, { max: 1 });
  await admin`create database template_keyfold`;
  await admin.end();
  const url = new SecretValue(`${server.url}/template_keyfold`);
  const template = await openDatabase({ kind: 'postgresql', url });
  await template.close();
  return server;
}

async function makePgliteTemplate() {
  const directory = mkdtempSync(join(tmpdir(), 'keyfold-pglite-'));
  const file = join(directory, 'template.tar');
  const client = await PGlite.create({
    loadDataDir: await dataDir(),
    postgresqlconf: ['shared_buffers = 16MB'],
  });
  await migrate(drizzle({ client, ...drizzleConfig({}) }), { migrationsFolder: MIGRATIONS });
  const template = await client.dumpDataDir('none');
  writeFileSync(file, new Uint8Array(await template.arrayBuffer()));
  await client.close();
  return { file, remove: () => rmSync(directory, { recursive: true }) };
}
