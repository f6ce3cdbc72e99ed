import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import postgres from 'postgres';
import { inject, onTestFinished } from 'vitest';
import { SecretValue } from '../src/domain/secret-value.ts';
import type { Store } from '../src/store/database.ts';
import { drizzleConfig, type OpenDatabase } from '../src/store/driver.ts';
import { openKeyring } from '../src/store/keyring.ts';
import { openDatabase } from '../src/store/open-database.ts';

export type DatabaseKind = 'pglite' | 'postgresql';

const KINDS: readonly DatabaseKind[] = ['pglite', 'postgresql'];

/** Both, or the one that KEYFOLD_TEST_DATABASE names. */
export const TEST_DATABASES: readonly DatabaseKind[] = KINDS.filter((kind) =>
  [kind, undefined].includes(process.env['KEYFOLD_TEST_DATABASE'] as DatabaseKind | undefined),
);

export interface TestStore {
  readonly store: Store;
  /** Every statement so far, without parameters; may be emptied. */
  readonly statements: string[];
  close(): Promise<void>;
}

/** A migrated database of its own, under a master key of its own. */
export async function openTestStore(kind: DatabaseKind): Promise<TestStore> {
  const statements: string[] = [];
  const open = await (kind === 'pglite' ? openPglite : openPostgresql)((sql) => statements.push(sql));
  return {
    store: { db: open.db, keyring: openKeyring(randomBytes(32)) },
    statements,
    close: () => open.close(),
  };
}

/** The same for one test, at whose end it closes by itself. */
export async function openStoreOfTest(kind: DatabaseKind): Promise<Store> {
  const { store, close } = await openTestStore(kind);
  onTestFinished(close);
  return store;
}

/** A new database on the tests' server: migrated, or as another template is. */
export async function createPostgresqlDatabase(
  template = 'template_keyfold',
): Promise<{ url: string; drop(): Promise<void> }> {
  const server = inject('postgresqlUrl');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const admin = postgres(`${server}/postgres`, { max: 1, onnotice: () => {} });
  await admin`create database ${admin(name)} template ${admin(template)}`;
  return {
    url: `${server}/${name}`,
    drop: async () => {
      await admin`drop database ${admin(name)} with (force)`;
      await admin.end();
    },
  };
}

type Open = Pick<OpenDatabase, 'db' | 'close'>;

async function openPostgresql(onStatement: (sql: string) => void): Promise<Open> {
  const { url, drop } = await createPostgresqlDatabase();
  const { db, close } = await openDatabase(
    { kind: 'postgresql', url: new SecretValue(url) },
    { onStatement },
  );
  return { db, close: () => close().then(drop) };
}

const CHANGES_TABLES = /^\s*(?:alter|create|drop)\b/i;

/** Emptied and ready for the next one, which is ten times faster than opening another. */
const idle: PGlite[] = [];

async function openPglite(onStatement: (sql: string) => void): Promise<Open> {
  const client = idle.pop() ?? (await copyTemplate());
  let isMigrated = true;
  const note = (sql: string) => {
    if (CHANGES_TABLES.test(sql)) isMigrated = false;
    onStatement(sql);
  };
  return {
    db: drizzle({ client, ...drizzleConfig({ onStatement: note }) }),
    close: async () => {
      if (!isMigrated) return client.close();
      await emptyTables(client);
      idle.push(client);
    },
  };
}

async function copyTemplate(): Promise<PGlite> {
  const loadDataDir = new Blob([readFileSync(inject('pgliteTemplate'))]);
  return PGlite.create({ loadDataDir, postgresqlconf: ['shared_buffers = 16MB'] });
}

async function emptyTables(client: PGlite): Promise<void> {
  const { rows } = await client.query<{ tables: string }>(
    "select string_agg(quote_ident(tablename), ', ') as tables from pg_tables where schemaname = 'public'",
  );
  await client.exec(`truncate ${rows[0]?.tables}`);
}
