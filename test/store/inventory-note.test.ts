import { asc } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ClientSecret } from '../../src/domain/client-secret.ts';
import { DAY, HOUR, MINUTE } from '../../src/domain/duration.ts';
import type { Store } from '../../src/store/database.ts';
import { findUnjudgedChanges, judgeChanges } from '../../src/store/inventory-changes.ts';
import { listDriftEvents, type DriftEventFilter } from '../../src/store/inventory-drift.ts';
import {
  findInventoryClients,
  findInventorySecrets,
  findInventoryTenants,
  findUnseen,
} from '../../src/store/inventory-find.ts';
import { noteClients } from '../../src/store/inventory-note-clients.ts';
import { noteGone } from '../../src/store/inventory-note-gone.ts';
import { noteSecrets } from '../../src/store/inventory-note-secrets.ts';
import { findUnlistedTenants, noteTenantGone, noteTenants } from '../../src/store/inventory-note-tenants.ts';
import { purgeInventory } from '../../src/store/inventory-purge.ts';
import { listInventorySecrets } from '../../src/store/inventory-secret-list.ts';
import { claimDueSweeps, finishSweep, scheduleSweeps } from '../../src/store/inventory-sweeps.ts';
import { inventoryChanges, inventoryVersions } from '../../src/store/tables/inventory.ts';
import { openTestStore, TEST_DATABASES, type TestStore } from '../database.ts';
import { ANY_SECRET, FIRST } from './inventory-lists.ts';
import { at, client, secret, tenant } from './inventory-nodes.ts';

const T = { provider: 'p', tenant: 't' };

/** From now on what is added to the tenant is an addition. */
async function sweepOnce(store: Store): Promise<void> {
  await scheduleSweeps(store, [{ provider: 'p', tenant: '' }, T], at(-2));
  const jobs = await claimDueSweeps(store, ['p'], at(-2), at(-1), { limit: 9, perProvider: 9 });
  for (const job of jobs) await finishSweep(store, job, at(-1), at(DAY));
}

async function changes(store: Store) {
  const rows = await store.db
    .select()
    .from(inventoryChanges)
    .orderBy(asc(inventoryChanges.seenAt), asc(inventoryChanges.kind), asc(inventoryChanges.secret));
  return rows.map(({ kind, secret: id, before, after, verdict }) => [kind, id, before, after, verdict]);
}

const one = async (store: Store, node: ClientSecret, now = at(DAY)) =>
  (await findInventorySecrets(store, [node.id], now))[0];

describe.each(TEST_DATABASES)('the inventory on %s', (kind) => {
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

  test('shows additions once the first sweep of a tenant is whole', async () => {
    await noteClients(store, [client('t before')], at(-3), 'look');
    await noteSecrets(store, [secret('t before s')], at(-3), 'look');
    await sweepOnce(store);
    await noteClients(store, [client('t c', { description: 'new' })], at(0), 'look');
    await noteSecrets(store, [secret('t c s', { expiresAt: at(9) })], at(1), 'look');
    await noteSecrets(store, [secret('t c ours')], at(2), 'us');
    await noteSecrets(store, [secret('u c other')], at(3), 'look');
    expect(await changes(store)).toEqual([
      [
        'ADDED',
        null,
        null,
        {
          name: 'Client c',
          clientId: 'cid-c',
          description: 'new',
          kind: 'CLIENT_CREDENTIALS',
          redirectUris: [],
        },
        null,
      ],
      ['ADDED', 's', null, { status: 'ACTIVE', expiresAt: at(9).toISOString() }, null],
      ['ADDED', 'ours', null, { status: 'ACTIVE' }, 'OURS'],
    ]);
  });

  test('shows what differs, and that alone', async () => {
    const was = secret('t c s', { description: 'a', expiresAt: at(HOUR), maxUses: 3 });
    await noteClients(store, [client('t c')], at(0), 'look');
    await noteSecrets(store, [was], at(0), 'look');
    await noteSecrets(store, [{ ...was, description: 'b', expiresAt: at(2 * HOUR) }], at(1), 'look');
    await noteClients(store, [client('t c', { name: 'Else', redirectUris: ['x'] })], at(2), 'look');
    const revoked = {
      status: 'REVOKED',
      revokedAt: at(2),
      description: 'b',
      expiresAt: at(2 * HOUR),
    } as const;
    await noteSecrets(store, [{ ...was, ...revoked }], at(3), 'us');
    const iso = (ms: number) => at(ms).toISOString();
    expect(await changes(store)).toEqual([
      ['CHANGED', 's', { description: 'a' }, { description: 'b' }, null],
      ['EXPIRY_MOVED', 's', { expiresAt: iso(HOUR) }, { expiresAt: iso(2 * HOUR) }, null],
      ['CHANGED', null, { name: 'Client c', redirectUris: [] }, { name: 'Else', redirectUris: ['x'] }, null],
      [
        'CHANGED',
        's',
        { status: 'ACTIVE', revokedAt: null },
        { status: 'REVOKED', revokedAt: iso(2) },
        'OURS',
      ],
    ]);
  });

  test.each<[string, Partial<ClientSecret>, Partial<ClientSecret>]>([
    ['its end passed', { expiresAt: at(5) }, { expiresAt: at(5), status: 'EXPIRED' }],
    ['its uses are exhausted', { maxUses: 1 }, { maxUses: 1, status: 'EXHAUSTED', useCount: 1 }],
    ['it was used', { useCount: 1 }, { useCount: 2, lastUsedAt: at(3) }],
    ['attributes and hint differ', { attributes: { a: 1 }, hint: 'x' }, { attributes: { a: 2 }, hint: 'y' }],
    ['the vendor tells other dates', { updatedAt: at(-9) }, { updatedAt: at(5), createdAt: at(-9) }],
  ])('shows no difference where %s, and is up to date', async (_, before, after) => {
    await noteSecrets(store, [secret('t c s', before)], at(0), 'look');
    await noteSecrets(store, [secret('t c s', after)], at(10), 'look');
    expect(await changes(store)).toEqual([]);
    expect(await one(store, secret('t c s'))).toMatchObject(after);
  });

  test('shows an end that was moved, and nothing of the status that follows', async () => {
    await noteSecrets(store, [secret('t c s', { expiresAt: at(5), status: 'ACTIVE' })], at(0), 'look');
    await noteSecrets(store, [secret('t c s', { expiresAt: at(50), status: 'ACTIVE' })], at(10), 'look');
    expect((await changes(store)).map(([what]) => what)).toEqual(['EXPIRY_MOVED']);
  });

  test('lets no older look overwrite a newer one', async () => {
    await noteSecrets(store, [secret('t c s', { description: 'new' })], at(10), 'look');
    await noteSecrets(store, [secret('t c s', { description: 'old' })], at(9), 'look');
    await noteSecrets(store, [secret('t c s', { description: 'as old' })], at(10), 'look');
    await noteGone(store, { secrets: [secret('t c s').id] }, at(10), 'look');
    expect(await one(store, secret('t c s'))).toMatchObject({ description: 'new' });
    await noteGone(store, { secrets: [secret('t c s').id] }, at(11), 'look');
    await noteSecrets(store, [secret('t c s')], at(11), 'look');
    expect(await one(store, secret('t c s'))).toBe(null);
    await noteTenants(store, [tenant('t', { name: 'new' })], at(10));
    await noteTenants(store, [tenant('t', { name: 'old' })], at(9));
    expect(await findInventoryTenants(store, [T])).toMatchObject([{ name: 'new' }]);
  });

  test('ends the secrets of a client that is gone, and lets what comes back live again', async () => {
    await sweepOnce(store);
    await noteClients(store, [client('t c'), client('t d')], at(0), 'us');
    await noteSecrets(store, [secret('t c a'), secret('t c b'), secret('t d a')], at(0), 'us');
    // Somebody has seen it since: neither it nor what it holds is gone.
    await noteClients(store, [client('t d', { name: 'later' })], at(5), 'us');
    await noteGone(store, { clients: [client('t c').id, client('t d').id] }, at(3), 'look');
    const ids = ['t c a', 't c b', 't d a'].map((path) => secret(path).id);
    const found = await findInventorySecrets(store, ids, at(9));
    expect(found.map((node) => node?.id.client ?? null)).toEqual([null, null, 'd']);
    expect(await findInventoryClients(store, [client('t c').id])).toEqual([null]);
    await noteClients(store, [client('t c')], at(6), 'look');
    await noteSecrets(store, [secret('t c a')], at(6), 'look');
    expect(await one(store, secret('t c a'))).toMatchObject({ status: 'ACTIVE' });
    const shown = (await changes(store)).filter(([, , , , verdict]) => verdict === null);
    expect(shown.map(([what, id]) => [what, id])).toEqual([
      ['REMOVED', 'a'],
      ['REMOVED', 'b'],
      ['REMOVED', null],
      ['ADDED', 'a'],
      ['ADDED', null],
    ]);
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
    expect((await one(store, secret('t c 7')))?.freshness.asOf).toEqual(at(0));
    expect(await cost(many(), MINUTE + 1)).toBe(2);
    expect((await one(store, secret('t c 7')))?.freshness.asOf).toEqual(at(MINUTE + 1));
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

  test('takes a node that comes twice once', async () => {
    const twice = [secret('t c s', { description: 'first' }), secret('t c s', { description: 'last' })];
    await noteSecrets(store, twice, at(0), 'look');
    expect(await one(store, secret('t c s'))).toMatchObject({ description: 'last' });
  });

  test('names what no look has shown since a sweep began', async () => {
    await noteClients(store, [client('t seen'), client('t unseen')], at(0), 'look');
    await noteSecrets(store, [secret('t seen a'), secret('t seen b'), secret('t unseen a')], at(0), 'look');
    const began = at(10);
    // Only milliseconds later, so that it would count as fresh.
    await noteClients(store, [client('t seen')], at(20), 'look', began);
    await noteSecrets(store, [secret('t seen a')], at(20), 'look', began);
    const { clients, secrets } = await findUnseen(store, T, began, 10);
    expect(clients).toEqual([client('t unseen').id]);
    expect(secrets.map(({ client: of, secret: id }) => `${of} ${id}`).toSorted()).toEqual([
      'seen b',
      'unseen a',
    ]);
    expect((await findUnseen(store, T, began, 1)).secrets).toHaveLength(1);
  });

  test('ends a tenant that is no longer listed with all that it held', async () => {
    await sweepOnce(store);
    await noteTenants(store, [tenant('t'), tenant('u')], at(0));
    await noteClients(store, [client('t c'), client('u c')], at(0), 'us');
    await noteSecrets(store, [secret('t c s'), secret('t orphan s'), secret('u c s')], at(0), 'us');
    await noteTenants(store, [tenant('u')], at(20), at(10));
    expect(await findUnlistedTenants(store, 'p', at(10))).toEqual([T]);
    await noteTenantGone(store, T, at(30), 'look');
    expect(await findUnlistedTenants(store, 'p', at(10))).toEqual([]);
    expect(await findInventoryTenants(store, [T])).toEqual([null]);
    const page = await listInventorySecrets(
      store,
      ANY_SECRET,
      { field: 'CREATED_AT', direction: 'ASC' },
      FIRST,
      at(40),
    );
    expect(page.items.map(({ node }) => node.id)).toEqual([secret('u c s').id]);
    const left = await claimDueSweeps(store, ['p'], at(2 * DAY), at(3 * DAY), { limit: 9, perProvider: 9 });
    expect(left.map(({ tenant: id }) => id)).toEqual(['']);
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

  test('keeps its judgements, and lists drift alone, newest first', async () => {
    await sweepOnce(store);
    await noteClients(store, [client('t c')], at(0), 'us');
    for (const i of [1, 2, 3, 4]) await noteSecrets(store, [secret(`t c ${i}`)], at(i), 'look');
    expect(await findUnjudgedChanges(store, at(0), 9)).toEqual([]);
    const open = await findUnjudgedChanges(store, at(3), 9);
    expect(open.map((event) => event.secret?.secret)).toEqual(['1', '2', '3']);
    expect((await findUnjudgedChanges(store, at(9), 2)).length).toBe(2);
    const [a, b, c] = open.map(({ id }) => id);
    if (a === undefined || b === undefined || c === undefined) throw new Error('three are open');
    await judgeChanges(store, [
      { id: a, verdict: 'DRIFT' },
      { id: b, verdict: 'OURS' },
      { id: c, verdict: 'DRIFT' },
    ]);
    await judgeChanges(store, [{ id: a, verdict: 'OURS' }]);
    const any: DriftEventFilter = {
      within: { everything: true },
      providers: null,
      tenant: null,
      client: null,
      kind: null,
      since: null,
      until: null,
    };
    const list = async (filter: Partial<DriftEventFilter>) => {
      const page = await listDriftEvents(store, { ...any, ...filter }, { ...FIRST, withTotal: true });
      expect(page.totalCount).toBe(page.items.length);
      return page.items.map(({ node }) => node.secret?.secret);
    };
    expect(await list({})).toEqual(['3', '1']);
    expect(await list({ since: at(2) })).toEqual(['3']);
    expect(await list({ until: at(2), kind: ['ADDED'] })).toEqual(['1']);
    expect(await list({ kind: ['REMOVED'] })).toEqual([]);
    expect(await list({ client: client('t c').id, tenant: T, providers: ['p'] })).toEqual(['3', '1']);
    expect(await list({ client: client('t d').id })).toEqual([]);
    expect(await list({ within: { everything: false, scopes: [{ provider: 'p', tenant: 'u' }] } })).toEqual(
      [],
    );
  });

  test('forgets what is old in steps, and keeps what nobody has judged', async () => {
    await sweepOnce(store);
    for (const i of [1, 2, 3])
      await noteSecrets(store, [secret('t c s', { description: `${i}` })], at(i), 'us');
    await noteSecrets(store, [secret('t c s')], at(4), 'look');
    await noteGone(store, { secrets: [secret('t c s').id] }, at(5), 'us');
    expect(await purgeInventory(store, at(1), 10)).toBe(0);
    // Two versions ended before 4, and three differences were shown.
    expect(await purgeInventory(store, at(4), 1)).toBe(2);
    expect(await purgeInventory(store, at(4), 10)).toBe(3);
    expect(await purgeInventory(store, at(6), 10)).toBe(3);
    expect(await purgeInventory(store, at(6), 10)).toBe(0);
    expect((await changes(store)).map(([what, , , , verdict]) => [what, verdict])).toEqual([
      ['CHANGED', null],
    ]);
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
