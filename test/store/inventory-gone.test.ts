import { beforeEach, describe, expect, test } from 'vitest';
import { DAY } from '../../src/domain/duration.ts';
import type { Store } from '../../src/store/database.ts';
import {
  findInventoryClients,
  findInventorySecrets,
  findInventoryTenants,
  findUnseen,
} from '../../src/store/inventory-find.ts';
import { findUnjudgedChanges, judgeChanges } from '../../src/store/inventory-changes.ts';
import { noteClients } from '../../src/store/inventory-note-clients.ts';
import { noteGone } from '../../src/store/inventory-note-gone.ts';
import { noteSecrets } from '../../src/store/inventory-note-secrets.ts';
import { findUnlistedTenants, noteTenantGone, noteTenants } from '../../src/store/inventory-note-tenants.ts';
import { purgeInventory } from '../../src/store/inventory-purge.ts';
import { listInventorySecrets } from '../../src/store/inventory-secret-list.ts';
import { claimDueSweeps } from '../../src/store/inventory-sweeps.ts';
import { openStoreOfTest, TEST_DATABASES } from '../database.ts';
import { ANY_SECRET, FIRST } from './inventory-lists.ts';
import { at, client, secret, tenant } from './inventory-nodes.ts';
import { changes, noted, sweepOnce, T } from './inventory-changes.ts';

const FROM_THE_FIRST = { client: '', secret: { client: '', secret: '' } };

describe.each(TEST_DATABASES)('what is gone from the inventory on %s', (kind) => {
  let store: Store;
  beforeEach(async () => void (store = await openStoreOfTest(kind)));

  test('ends the secrets of a client that is gone, and lets what comes back live again', async () => {
    await noteClients(store, [client('t c'), client('t d')], at(0), 'us');
    await noteSecrets(store, [secret('t c a'), secret('t c b'), secret('t d a')], at(0), 'us');
    await sweepOnce(store);
    // Somebody has seen it since: neither it nor what it holds is gone.
    await noteClients(store, [client('t d', { name: 'later' })], at(5), 'us');
    await noteGone(store, { clients: [client('t c').id, client('t d').id] }, at(3), 'look');
    const ids = ['t c a', 't c b', 't d a'].map((path) => secret(path).id);
    const found = await findInventorySecrets(store, ids, at(9));
    expect(found.map((node) => node?.id.client ?? null)).toEqual([null, null, 'd']);
    expect(await findInventoryClients(store, [client('t c').id])).toEqual([null]);
    await noteClients(store, [client('t c')], at(6), 'look');
    await noteSecrets(store, [secret('t c a')], at(6), 'look');
    expect(await noted(store, secret('t c a'))).toMatchObject({ status: 'ACTIVE' });
    expect((await changes(store)).map(([what, id]) => [what, id])).toEqual([
      ['REMOVED', 'a'],
      ['REMOVED', 'b'],
      ['REMOVED', null],
      ['CHANGED', null],
      ['ADDED', 'a'],
      ['ADDED', null],
    ]);
  });

  test('names what no look has shown since a sweep began', async () => {
    await noteClients(store, [client('t seen'), client('t unseen')], at(0), 'look');
    await noteSecrets(store, [secret('t seen a'), secret('t seen b'), secret('t unseen a')], at(0), 'look');
    const began = at(10);
    // Only milliseconds later, so that it would count as fresh.
    await noteClients(store, [client('t seen')], at(20), 'look', began);
    await noteSecrets(store, [secret('t seen a')], at(20), 'look', began);
    const { clients, secrets } = await findUnseen(store, T, began, 10, FROM_THE_FIRST);
    expect(clients).toEqual([client('t unseen').id]);
    expect(secrets.map(({ client: of, secret: id }) => `${of} ${id}`)).toEqual(['seen b', 'unseen a']);
    const first = await findUnseen(store, T, began, 1, FROM_THE_FIRST);
    const [secretOfFirst] = first.secrets;
    if (secretOfFirst === undefined) throw new Error('one was not seen');
    const next = await findUnseen(store, T, began, 1, { client: 'unseen', secret: secretOfFirst });
    expect([...first.secrets, ...next.secrets]).toEqual([secret('t seen b').id, secret('t unseen a').id]);
    expect([first.clients.length, next.clients.length]).toEqual([1, 0]);
  });

  test('ends a tenant that is no longer listed with all that it held', async () => {
    await sweepOnce(store);
    await noteTenants(store, [tenant('t'), tenant('u')], at(0));
    await noteClients(store, [client('t c'), client('u c')], at(0), 'us');
    await noteSecrets(store, [secret('t c s'), secret('t orphan s'), secret('u c s')], at(0), 'us');
    await noteTenants(store, [tenant('u')], at(20), at(10));
    expect(await findUnlistedTenants(store, 'p', at(10), 9, '')).toEqual([T]);
    await noteTenantGone(store, T, at(30), 'look');
    expect(await findUnlistedTenants(store, 'p', at(10), 9, '')).toEqual([]);
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

  test('forgets what is old in steps, and keeps what nobody has judged', async () => {
    await sweepOnce(store);
    for (const i of [1, 2, 3])
      await noteSecrets(store, [secret('t c s', { description: `${i}` })], at(i), 'us');
    await noteSecrets(store, [secret('t c s')], at(4), 'look');
    await noteGone(store, { secrets: [secret('t c s').id] }, at(5), 'us');
    const judged = (await findUnjudgedChanges(store, at(5), 9)).filter(
      ({ seenAt }) => seenAt.getTime() !== at(4).getTime(),
    );
    await judgeChanges(
      store,
      judged.map(({ id }) => ({ id, verdict: 'OURS' })),
    );
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
