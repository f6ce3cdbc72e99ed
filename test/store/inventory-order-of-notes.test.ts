import { beforeEach, describe, expect, test } from 'vitest';
import type { ClientSecretStatus } from '../../src/domain/client-secret.ts';
import { MINUTE, SECOND } from '../../src/domain/duration.ts';
import type { Store } from '../../src/store/database.ts';
import { findInventoryClients, findInventorySecrets } from '../../src/store/inventory-find.ts';
import type { NotedBy } from '../../src/store/inventory-look.ts';
import { noteClients } from '../../src/store/inventory-note-clients.ts';
import { noteGone } from '../../src/store/inventory-note-gone.ts';
import { noteSecrets } from '../../src/store/inventory-note-secrets.ts';
import { openStoreOfTest, TEST_DATABASES } from '../database.ts';
import { at, client, secret } from './inventory-nodes.ts';

describe.each(TEST_DATABASES)('which of two notes counts, on %s', (kind) => {
  let store: Store;
  beforeEach(async () => void (store = await openStoreOfTest(kind)));

  const note = (status: ClientSecretStatus, ms: number, by: NotedBy) =>
    noteSecrets(store, [secret('t c s', { status })], at(ms), by);
  const status = async () =>
    (await findInventorySecrets(store, [secret('t c s').id], at(10 * MINUTE)))[0]?.status ?? null;
  const name = async () => (await findInventoryClients(store, [client('t c').id]))[0]?.name ?? null;

  test('no read counts that began before a write, though the write showed nothing new', async () => {
    await note('DISABLED', 0, 'look');
    await note('DISABLED', 10 * SECOND, 'us');
    await note('ACTIVE', 8 * SECOND, 'look');
    expect(await status()).toBe('DISABLED');
    await noteClients(store, [client('t c', { name: 'new' })], at(0), 'look');
    await noteClients(store, [client('t c', { name: 'new' })], at(10 * SECOND), 'us');
    await noteClients(store, [client('t c', { name: 'old' })], at(8 * SECOND), 'look');
    expect(await name()).toBe('new');
  });

  test('a write counts though a clock that is ahead has seen the state before it', async () => {
    await note('ACTIVE', 30 * SECOND, 'look');
    await note('REVOKED', 10 * SECOND, 'us');
    await note('ACTIVE', 30 * SECOND, 'look');
    expect(await status()).toBe('REVOKED');
    await noteClients(store, [client('t c')], at(30 * SECOND), 'look');
    await noteGone(store, { clients: [client('t c').id] }, at(20 * SECOND), 'us');
    await noteClients(store, [client('t c')], at(30 * SECOND), 'look');
    expect([await name(), await status()]).toEqual([null, null]);
  });

  test('an older read brings back no secret of a client that is gone, though it is not known', async () => {
    await noteClients(store, [client('t c')], at(0), 'look');
    await noteGone(store, { clients: [client('t c').id] }, at(10 * SECOND), 'us');
    await note('ACTIVE', 10 * SECOND, 'look');
    expect(await status()).toBe(null);
    await note('ACTIVE', 11 * SECOND, 'look');
    expect(await status()).toBe('ACTIVE');
  });

  test('of two writes the later counts, though it is noted first', async () => {
    await note('ACTIVE', 0, 'us');
    await note('DISABLED', 20 * SECOND, 'us');
    await note('ACTIVE', 10 * SECOND, 'us');
    expect(await status()).toBe('DISABLED');
  });
});
