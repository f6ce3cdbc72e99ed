import { beforeEach, describe, expect, test } from 'vitest';
import { DAY } from '../../src/domain/duration.ts';
import type { Store } from '../../src/store/database.ts';
import { noteClients } from '../../src/store/inventory-note-clients.ts';
import { noteGone } from '../../src/store/inventory-note-gone.ts';
import { noteSecrets } from '../../src/store/inventory-note-secrets.ts';
import type { InventorySecretFilter } from '../../src/store/inventory-secret-filter.ts';
import { listInventorySecrets, type InventorySecretOrder } from '../../src/store/inventory-secret-list.ts';
import { openStoreOfTest, TEST_DATABASES } from '../database.ts';
import { ANY_SECRET, FIRST, walk } from './inventory-lists.ts';
import { at, client, secret } from './inventory-nodes.ts';

const NOW = at(30 * DAY);

describe.each(TEST_DATABASES)('the inventory as of a past moment on %s', (kind) => {
  let store: Store;
  beforeEach(async () => void (store = await openStoreOfTest(kind)));

  const BY_END: InventorySecretOrder = { field: 'EXPIRES_AT', direction: 'ASC' };
  const page = (asOf: Date, filter: Partial<InventorySecretFilter> = {}) =>
    listInventorySecrets(
      store,
      { ...ANY_SECRET, ...filter, asOf },
      BY_END,
      { ...FIRST, withTotal: true },
      NOW,
    );
  const then = async (asOf: Date, filter: Partial<InventorySecretFilter> = {}) => {
    const { items, totalCount } = await page(asOf, filter);
    expect(totalCount).toBe(items.length);
    return items.map(({ node }) => `${node.id.secret} ${node.status} ${node.description}`);
  };

  test('tells each version from when it began until the next', async () => {
    await noteSecrets(store, [secret('t c s', { description: 'first' })], at(10), 'look');
    await noteSecrets(store, [secret('t c s', { description: 'second' })], at(20), 'look');
    await noteSecrets(store, [secret('t c s', { description: 'second', useCount: 3 })], at(25), 'look');
    await noteSecrets(store, [secret('t c s', { description: 'third' })], at(30), 'look');
    expect(await then(at(9))).toEqual([]);
    expect(await then(at(10))).toEqual(['s ACTIVE first']);
    expect(await then(at(19))).toEqual(['s ACTIVE first']);
    expect(await then(at(20))).toEqual(['s ACTIVE second']);
    expect(await then(at(29))).toEqual(['s ACTIVE second']);
    expect(await then(at(30))).toEqual(['s ACTIVE third']);
    expect(await then(NOW)).toEqual(['s ACTIVE third']);
    const [item] = (await page(at(29))).items;
    expect(item?.node).toEqual({
      ...secret('t c s', { description: 'second', useCount: 3 }),
      freshness: { asOf: at(25), source: 'INVENTORY' },
    });
  });

  test('tells no use that came later, and neither finds nor puts in order by use', async () => {
    await noteSecrets(
      store,
      [
        secret('t c dated', { lastUsedAt: at(20), useCount: 2, maxUses: 9 }),
        secret('t c counted', { useCount: 2 }),
        secret('t c unused', { useCount: 0 }),
      ],
      at(1),
      'look',
    );
    await noteSecrets(store, [secret('t c counted', { useCount: 3 })], at(21), 'look');
    const uses = async (asOf: Date) =>
      new Map((await page(asOf)).items.map(({ node }) => [node.id.secret, [node.lastUsedAt, node.useCount]]));
    const before = { dated: [null, null], counted: [null, null], unused: [null, 0] };
    expect(await uses(at(19))).toEqual(new Map(Object.entries(before)));
    const since = { dated: [at(20), 2], counted: [null, 3], unused: [null, 0] };
    expect(await uses(at(21))).toEqual(new Map(Object.entries(since)));
    const order = { field: 'LAST_USED_AT', direction: 'ASC' } as const;
    const filter = { ...ANY_SECRET, unusedForMs: 1, asOf: at(9) };
    await expect(listInventorySecrets(store, filter, order, FIRST, NOW)).rejects.toMatchObject({
      fields: [{ path: ['filter', 'unusedFor'] }, { path: ['orderBy', 'field'] }],
    });
  });

  test('reaches back to its creation, where that is told', async () => {
    await noteSecrets(
      store,
      [
        secret('t c told', { createdAt: at(-DAY) }),
        secret('t c ahead', { createdAt: at(DAY) }),
        secret('t c untold'),
      ],
      at(0),
      'look',
    );
    expect(await then(at(-DAY - 1))).toEqual([]);
    expect(await then(at(-DAY))).toEqual(['told ACTIVE null']);
    expect((await then(at(0))).toSorted()).toEqual([
      'ahead ACTIVE null',
      'told ACTIVE null',
      'untold ACTIVE null',
    ]);
  });

  test('tells the status of that time', async () => {
    const of = { createdAt: at(-100) };
    await noteSecrets(
      store,
      [
        secret('t c expires', { ...of, expiresAt: at(50) }),
        secret('t c expired', { ...of, expiresAt: at(-50), status: 'EXPIRED' }),
        secret('t c revoked', { ...of, expiresAt: at(60), revokedAt: at(-40), status: 'REVOKED' }),
        secret('t c ended', { ...of, expiresAt: at(-60), revokedAt: at(-40), status: 'REVOKED' }),
        secret('t c untold', { ...of, status: 'REVOKED' }),
      ],
      at(0),
      'look',
    );
    const ids = (status: readonly string[]) => status.map((text) => text.replace(' null', ''));
    expect(ids(await then(at(-70)))).toEqual([
      'ended ACTIVE',
      'expired ACTIVE',
      'expires ACTIVE',
      'revoked ACTIVE',
      'untold REVOKED',
    ]);
    expect(ids(await then(at(-50)))).toEqual([
      'ended EXPIRED',
      'expired EXPIRED',
      'expires ACTIVE',
      'revoked ACTIVE',
      'untold REVOKED',
    ]);
    expect(ids(await then(at(50)))).toEqual([
      'ended REVOKED',
      'expired EXPIRED',
      'expires EXPIRED',
      'revoked REVOKED',
      'untold REVOKED',
    ]);
    expect(ids(await then(at(-50), { status: ['ACTIVE'] }))).toEqual(['expires ACTIVE', 'revoked ACTIVE']);
    expect(ids(await then(at(-50), { status: ['EXPIRED'] }))).toEqual(['ended EXPIRED', 'expired EXPIRED']);
    expect(ids(await then(at(-45), { status: ['REVOKED'] }))).toEqual(['untold REVOKED']);
    expect(ids(await then(at(-70), { expiresWithinMs: 20 }))).toEqual(['ended ACTIVE', 'expired ACTIVE']);
    expect(ids(await then(at(-70), { expiresBefore: at(-55) }))).toEqual(['ended ACTIVE']);
  });

  test('knows when a vendor says that it was revoked, though it was seen later', async () => {
    await noteSecrets(store, [secret('t c s', { expiresAt: at(90) })], at(0), 'look');
    const revoked = secret('t c s', { expiresAt: at(90), status: 'REVOKED', revokedAt: at(40) });
    await noteSecrets(store, [revoked], at(60), 'look');
    expect(await then(at(39))).toEqual(['s ACTIVE null']);
    expect(await then(at(40))).toEqual(['s REVOKED null']);
  });

  test('lists what is gone now and was there then', async () => {
    await noteClients(store, [client('t c', { name: 'Billing' })], at(0), 'look');
    await noteSecrets(store, [secret('t c s', { expiresAt: at(15) }), secret('t c t')], at(0), 'look');
    await noteGone(store, { secrets: [secret('t c s').id] }, at(20), 'look');
    await noteSecrets(store, [secret('t c s', { expiresAt: at(99) })], at(30), 'look');
    await noteGone(store, { clients: [client('t c').id] }, at(40), 'look');
    expect(await then(at(10))).toEqual(['s ACTIVE null', 't ACTIVE null']);
    expect(await then(at(19))).toEqual(['s EXPIRED null', 't ACTIVE null']);
    expect(await then(at(20))).toEqual(['t ACTIVE null']);
    expect(await then(at(30))).toEqual(['s ACTIVE null', 't ACTIVE null']);
    expect(await then(at(40))).toEqual([]);
    expect(await then(at(10), { search: 'bill s' })).toEqual(['s ACTIVE null']);
    expect(
      await then(at(10), { within: { everything: false, scopes: [{ provider: 'q', tenant: null }] } }),
    ).toEqual([]);
  });

  test('keeps that it was disabled, though it has expired since', async () => {
    const of = { createdAt: at(0), expiresAt: at(50) };
    await noteSecrets(store, [secret('t c s', { ...of, status: 'DISABLED' })], at(10), 'look');
    await noteSecrets(store, [secret('t c s', { ...of, status: 'EXPIRED' })], at(60), 'look');
    expect(await then(at(20))).toEqual(['s DISABLED null']);
    expect(await then(at(60))).toEqual(['s EXPIRED null']);
  });

  test('pages over the present and the past in one order', async () => {
    const ids = Array.from({ length: 12 }, (_, i) => i);
    const node = (i: number, ms: number) =>
      secret(`t c ${i}`, { expiresAt: i === 5 ? null : at(ms + (i % 4)) });
    await noteSecrets(
      store,
      ids.map((i) => node(i, 100)),
      at(0),
      'look',
    );
    await noteSecrets(
      store,
      ids.filter((i) => i % 3 === 0).map((i) => node(i, 50)),
      at(10),
      'look',
    );
    await noteGone(
      store,
      { secrets: ids.filter((i) => i % 3 === 1).map((i) => node(i, 0).id) },
      at(10),
      'us',
    );
    const read = (request: typeof FIRST) =>
      listInventorySecrets(store, { ...ANY_SECRET, asOf: at(5) }, BY_END, request, NOW);
    const there = await walk(read, { limit: 5, direction: 'forward' });
    expect(there.map(({ id }) => Number(id.secret)).toSorted((a, b) => a - b)).toEqual(ids);
    const ends = there.map(({ expiresAt }) => expiresAt?.getTime() ?? Infinity);
    expect(ends).toEqual(ends.toSorted((a, b) => a - b));
    const back = await walk(read, { limit: 5, direction: 'backward' });
    expect(back.toReversed()).toEqual(there);
  });
});
