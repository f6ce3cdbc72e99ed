import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ClientSecret } from '../../src/domain/client-secret.ts';
import { MINUTE } from '../../src/domain/duration.ts';
import type { Store } from '../../src/store/database.ts';
import {
  findInventoryClients,
  findInventorySecrets,
  findInventoryTenants,
} from '../../src/store/inventory-find.ts';
import { noteClients } from '../../src/store/inventory-note-clients.ts';
import { noteGone } from '../../src/store/inventory-note-gone.ts';
import { noteSecrets } from '../../src/store/inventory-note-secrets.ts';
import { noteTenants } from '../../src/store/inventory-note-tenants.ts';
import { listInventorySecrets } from '../../src/store/inventory-secret-list.ts';
import { inventoryChanges, inventoryVersions } from '../../src/store/tables/inventory.ts';
import { openTestStore, TEST_DATABASES, type TestStore } from '../database.ts';
import { ANY_SECRET, FIRST } from './inventory-lists.ts';
import { at, client, secret, tenant } from './inventory-nodes.ts';
import { noted, sweepOnce, T } from './inventory-changes.ts';

describe.each(TEST_DATABASES)('what the inventory is told on %s', (kind) => {
  let opened: TestStore;
  let store: Store;
  beforeEach(async () => {
    opened = await openTestStore(kind);
    ({ store } = opened);
  });
  afterEach(() => opened.close());

  test('gives back what was seen, in the order of the ids', async () => {
    const full = secret('t c a/b?#%..中"', {
      description: 'of\0 the \ud800 night',
      hint: 'kf_…',
      createdAt: at(-5),
      updatedAt: at(-4),
      expiresAt: new Date(8.64e15),
      lastUsedAt: at(-3),
      useCount: 5_000_000_000,
      maxUses: 6,
      retrievable: true,
      attributes: { 'k\0': ['v\0', 1, null, { deep: true }] },
    });
    const seen = client('t c', { redirectUris: ['https://a'], enabled: false, attributes: { a: 1 } });
    const of = { ...seen, identity: { ...T, identity: 'i' } };
    await noteTenants(store, [tenant('t', { description: 'd' })], at(0));
    await noteClients(store, [of], at(0), 'look');
    await noteSecrets(store, [full, secret('t c b')], at(0), 'look');
    const freshness = { asOf: at(0), source: 'INVENTORY' };
    const ids = [secret('t c b').id, secret('t c none').id, full.id, { ...full.id, tenant: '\0' }];
    expect(await findInventorySecrets(store, ids, at(1))).toEqual([
      { ...secret('t c b'), freshness },
      null,
      {
        ...full,
        description: 'of\ufffd the \ufffd night',
        expiresAt: new Date('9999-12-31T23:59:59.999Z'),
        attributes: { 'k\ufffd': ['v\ufffd', 1, null, { deep: true }] },
        freshness,
      },
      null,
    ]);
    expect(await findInventoryClients(store, [client('t no').id, of.id])).toEqual([
      null,
      { ...of, freshness },
    ]);
    expect(await findInventoryTenants(store, [T, { ...T, tenant: 'x' }])).toEqual([
      { ...tenant('t', { description: 'd' }), freshness },
      null,
    ]);
  });

  test('lets no older look overwrite a newer one', async () => {
    await noteSecrets(store, [secret('t c s', { description: 'new' })], at(10), 'look');
    await noteSecrets(store, [secret('t c s', { description: 'old' })], at(9), 'look');
    await noteSecrets(store, [secret('t c s', { description: 'as old' })], at(10), 'look');
    await noteGone(store, { secrets: [secret('t c s').id] }, at(10), 'look');
    expect(await noted(store, secret('t c s'))).toMatchObject({ description: 'new' });
    await noteGone(store, { secrets: [secret('t c s').id] }, at(11), 'look');
    await noteSecrets(store, [secret('t c s')], at(11), 'look');
    expect(await noted(store, secret('t c s'))).toBe(null);
    await noteTenants(store, [tenant('t', { name: 'new' })], at(10));
    await noteTenants(store, [tenant('t', { name: 'old' })], at(9));
    expect(await findInventoryTenants(store, [T])).toMatchObject([{ name: 'new' }]);
  });

  test('costs one statement where nothing is new, two where it is stale, few where it changed', async () => {
    const many = (parts: Partial<ClientSecret> = {}) =>
      Array.from({ length: 300 }, (_, i) => secret(`t c ${i}`, parts));
    const cost = async (nodes: readonly ClientSecret[], ms: number) => {
      opened.statements.length = 0;
      await noteSecrets(store, nodes, at(ms), 'look');
      return opened.statements.length;
    };
    await sweepOnce(store);
    expect(await cost(many(), 0)).toBe(3);
    expect(await cost(many(), MINUTE)).toBe(1);
    expect((await noted(store, secret('t c 7')))?.freshness.asOf).toEqual(at(0));
    expect(await cost(many(), MINUTE + 1)).toBe(2);
    expect((await noted(store, secret('t c 7')))?.freshness.asOf).toEqual(at(MINUTE + 1));
    const changed = many({ description: 'other' });
    expect(await cost([...changed, secret('t c new')], MINUTE + 2)).toBe(4);
    expect(await cost(changed, MINUTE + 2)).toBe(1);
    expect(await cost([], MINUTE + 3)).toBe(0);
    expect(await store.db.$count(inventoryVersions)).toBe(300);
    expect(await store.db.$count(inventoryChanges)).toBe(601);
    opened.statements.length = 0;
    const clients = Array.from({ length: 300 }, (_, i) => client(`t ${i}`));
    await noteClients(store, clients, at(0), 'look');
    await noteClients(store, clients, at(1), 'look');
    await noteTenants(store, [tenant('t'), tenant('u')], at(0));
    expect(opened.statements).toHaveLength(4 + 1 + 1);
    opened.statements.length = 0;
    await noteGone(store, { clients: clients.map(({ id }) => id) }, at(2), 'look');
    expect(opened.statements).toHaveLength(3);
  });

  test('leaves out what is no count', async () => {
    await noteSecrets(store, [secret('t c s', { useCount: 1.5, maxUses: 2 ** 60 })], at(0), 'look');
    expect(await noted(store, secret('t c s'))).toMatchObject({ useCount: null, maxUses: null });
  });

  test('takes a node that comes twice once', async () => {
    const twice = [secret('t c s', { description: 'first' }), secret('t c s', { description: 'last' })];
    await noteSecrets(store, twice, at(0), 'look');
    expect(await noted(store, secret('t c s'))).toMatchObject({ description: 'last' });
  });

  test('finds secrets by what their client is called now', async () => {
    const found = async (search: string) => {
      const order = { field: 'CREATED_AT', direction: 'ASC' } as const;
      return (await listInventorySecrets(store, { ...ANY_SECRET, search }, order, FIRST, at(9))).items.length;
    };
    await noteSecrets(store, [secret('t c s', { description: 'nightly' })], at(0), 'look');
    expect(await found('billing')).toBe(0);
    await noteClients(store, [client('t c', { name: 'Billing' })], at(1), 'look');
    expect(await found('night bill')).toBe(1);
    await noteClients(store, [client('t c', { name: 'Payments' })], at(2), 'look');
    expect([await found('billing'), await found('night pay')]).toEqual([0, 1]);
    await noteSecrets(store, [secret('t c t')], at(3), 'look');
    expect(await found('pay cid-c')).toBe(2);
  });
});

test.runIf(TEST_DATABASES.includes('postgresql'))(
  'replicas that note the same at once write down each difference once',
  async () => {
    const { store, close } = await openTestStore('postgresql');
    await sweepOnce(store);
    const names = Array.from({ length: 60 }, (_, i) => i);
    const nodes = (description: string) => names.map((i) => secret(`t c ${i}`, { description }));
    for (const [round, description] of ['a', 'b', 'c'].entries()) {
      const shuffled = Array.from({ length: 8 }, (_, k) => [
        ...nodes(description).slice(k * 7),
        ...nodes(description).slice(0, k * 7),
      ]);
      await Promise.all(
        shuffled.flatMap((batch, k) => [
          noteSecrets(store, batch, at(round * 100 + k), 'look'),
          noteClients(store, [client('t c', { name: description })], at(round * 100 + k), 'look'),
        ]),
      );
    }
    await Promise.all([1, 2, 3].map(() => noteGone(store, { clients: [client('t c').id] }, at(999), 'look')));
    const rows = await store.db.select().from(inventoryChanges);
    const kinds = rows.map((row) => `${row.kind} ${row.secret === null ? 'client' : 'secret'}`);
    const counts = Object.fromEntries(
      [...new Set(kinds)].map((what) => [what, kinds.filter((k) => k === what).length]),
    );
    expect(counts).toEqual({
      'ADDED client': 1,
      'ADDED secret': 60,
      'CHANGED client': 2,
      'CHANGED secret': 120,
      'REMOVED client': 1,
      'REMOVED secret': 60,
    });
    expect(await store.db.$count(inventoryVersions)).toBe(120);
    await close();
  },
);
