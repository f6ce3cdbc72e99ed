import { PGlite } from '@electric-sql/pglite';
import { drizzle as overPglite } from 'drizzle-orm/pglite';
import { drizzle as overPostgresql } from 'drizzle-orm/postgres-js';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { DAY } from '../../src/domain/duration.ts';
import type { Store } from '../../src/store/database.ts';
import { listInventoryClients } from '../../src/store/inventory-client-list.ts';
import { findInventorySecrets } from '../../src/store/inventory-find.ts';
import { noteSecrets } from '../../src/store/inventory-note-secrets.ts';
import { listInventorySecrets } from '../../src/store/inventory-secret-list.ts';
import { openKeyring } from '../../src/store/keyring.ts';
import { createPostgresqlDatabase, TEST_DATABASES, type DatabaseKind } from '../database.ts';
import { ANY_CLIENT, ANY_SECRET, FIRST } from './inventory-lists.ts';
import { at, secret } from './inventory-nodes.ts';
import { seedInventory } from './inventory-seed.ts';

const NOW = at(0);
const PAGE = { ...FIRST, limit: 20 };
const BY_END = { field: 'EXPIRES_AT', direction: 'ASC' } as const;

const KEY = 'inventory_secrets_provider_tenant_client_secret_pk';

interface Explained {
  readonly store: Store;
  /** The plan of the first statement that the work sends. */
  planOf(work: () => Promise<unknown>): Promise<string>;
  close(): Promise<void>;
}

/** A database whose statements are seen with their parameters, as the planner sees them. */
async function open(kind: DatabaseKind): Promise<Explained> {
  const sent: { readonly query: string; readonly params: unknown[] }[] = [];
  const logger = { logQuery: (query: string, params: unknown[]) => void sent.push({ query, params }) };
  const config = { casing: 'snake_case', logger } as const;
  const planned = (explain: (query: string, params: unknown[]) => Promise<readonly unknown[]>) => {
    return async (work: () => Promise<unknown>) => {
      sent.length = 0;
      await work();
      const [first] = sent;
      if (first === undefined) throw new Error('the work sends a statement');
      const lines = await explain(`explain ${first.query}`, first.params);
      return lines.map((line) => JSON.stringify(line)).join('\n');
    };
  };
  const keyring = openKeyring(randomBytes(32));
  if (kind === 'pglite') {
    const loadDataDir = new Blob([readFileSync(inject('pgliteTemplate'))]);
    const client = await PGlite.create({ loadDataDir, postgresqlconf: ['shared_buffers = 16MB'] });
    const planOf = planned(async (query, params) => (await client.query(query, params)).rows);
    return { store: { db: overPglite({ client, ...config }), keyring }, planOf, close: () => client.close() };
  }
  const { url, drop } = await createPostgresqlDatabase();
  const client = postgres(url, { max: 1, onnotice: () => {} });
  const db = overPostgresql({ client, ...config });
  const planOf = planned(async (query, params) => client.unsafe(query, params as never[]));
  return { store: { db, keyring }, planOf, close: () => client.end().then(drop) };
}

/** What a plan reads by, and whether it sorts or reads a table through. */
function waysOf(plan: string): readonly string[] {
  return [...plan.matchAll(/(?:using|Bitmap Index Scan on) (\w+)|Seq Scan|Sort /g)].map(
    ([whole, index]) => index ?? whole,
  );
}

describe.each(TEST_DATABASES)('the plans of the inventory on %s', (kind) => {
  let opened: Explained;
  beforeAll(async () => {
    opened = await open(kind);
    await seedInventory(opened.store.db, {
      secrets: 30_000,
      providers: ['p', 'q', 'r', 's', 't', 'u'],
      now: NOW,
    });
  }, 180_000);
  afterAll(() => opened.close());

  const list = (
    filter: Partial<typeof ANY_SECRET>,
    order: Parameters<typeof listInventorySecrets>[2] = BY_END,
  ) => listInventorySecrets(opened.store, { ...ANY_SECRET, ...filter }, order, PAGE, NOW);

  test('read what ends soon in the order of its end, on every page', async () => {
    const soon = { ...ANY_SECRET, expiresWithinMs: 60 * DAY };
    expect(waysOf(await opened.planOf(() => list(soon)))).toEqual(['inventory_secrets_end']);
    const cursor = (await list(soon)).items.at(-1)?.cursor ?? null;
    for (const direction of ['forward', 'backward'] as const) {
      const request = { ...PAGE, cursor, direction };
      const plan = await opened.planOf(() => listInventorySecrets(opened.store, soon, BY_END, request, NOW));
      expect(waysOf(plan)).toEqual(['inventory_secrets_end']);
      expect(plan).toMatch(/Index Cond: .*ROW\(/);
    }
  });

  test.each([
    ['EXPIRES_AT', 'inventory_secrets_end'],
    ['CREATED_AT', 'inventory_secrets_created'],
    ['LAST_USED_AT', 'inventory_secrets_used'],
  ] as const)('read everything by %s in its order', async (field, index) => {
    for (const direction of ['ASC', 'DESC'] as const) {
      expect(waysOf(await opened.planOf(() => list({}, { field, direction })))).toEqual([index]);
    }
  });

  test('read a tenant in the order of its ends', async () => {
    const plan = await opened.planOf(() => list({ tenant: { provider: 'p', tenant: 'tenant-3' } }));
    expect(waysOf(plan)).toEqual(['inventory_secrets_tenant_end']);
  });

  test('read clients by name and by creation in their order', async () => {
    const plan = (field: 'NAME' | 'CREATED_AT') =>
      opened.planOf(() => listInventoryClients(opened.store, ANY_CLIENT, { field, direction: 'ASC' }, PAGE));
    expect(waysOf(await plan('NAME'))).toEqual(['inventory_clients_name']);
    expect(waysOf(await plan('CREATED_AT'))).toEqual(['inventory_clients_created']);
  });

  test('find words and keys by an index', async () => {
    const { store, planOf } = opened;
    const search = await planOf(() => list({ search: '4242' }));
    expect(waysOf(search)).toContain('inventory_secrets_words');
    expect(waysOf(search)).not.toContain('Seq Scan');
    const ids = [secret('tenant-3 client-18 secret-73').id];
    expect(waysOf(await planOf(() => findInventorySecrets(store, ids, NOW)))).toEqual([KEY]);
    const note = await planOf(() => noteSecrets(store, [secret('t c s')], at(1), 'look'));
    expect(waysOf(note)).toContain(KEY);
  });
});
