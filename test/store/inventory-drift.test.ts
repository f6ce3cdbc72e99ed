import { beforeEach, describe, expect, test } from 'vitest';
import type { ClientSecret } from '../../src/domain/client-secret.ts';
import { DAY, HOUR, MINUTE } from '../../src/domain/duration.ts';
import type { Store } from '../../src/store/database.ts';
import { findUnjudgedChanges, judgeChanges } from '../../src/store/inventory-changes.ts';
import { listDriftEvents, type DriftEventFilter } from '../../src/store/inventory-drift.ts';
import { noteClients } from '../../src/store/inventory-note-clients.ts';
import { noteGone } from '../../src/store/inventory-note-gone.ts';
import { noteSecrets } from '../../src/store/inventory-note-secrets.ts';
import { openStoreOfTest, TEST_DATABASES } from '../database.ts';
import { FIRST } from './inventory-lists.ts';
import { at, client, secret } from './inventory-nodes.ts';
import { changes, noted, sweepOnce, T } from './inventory-changes.ts';

describe.each(TEST_DATABASES)('differences in the inventory on %s', (kind) => {
  let store: Store;
  beforeEach(async () => void (store = await openStoreOfTest(kind)));

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
      ['ADDED', 'ours', null, { status: 'ACTIVE' }, null],
    ]);
  });

  test('what the first sweep had to pass over is no addition when the next one comes to it', async () => {
    await noteSecrets(store, [secret('t read before'), secret('t gone before')], at(-3), 'look');
    await noteGone(store, { secrets: [secret('t gone before').id] }, at(-2), 'look');
    await sweepOnce(store, { code: 'PROVIDER_REJECTED', message: 'refused' });
    const found = [
      secret('t passed old', { createdAt: at(-9) }),
      secret('t passed new', { createdAt: at(3) }),
      secret('t passed undated'),
      secret('t read later'),
      secret('t gone before'),
    ];
    await noteSecrets(store, found, at(5), 'look');
    expect((await changes(store)).map(([kind, id]) => [kind, id])).toEqual([
      ['REMOVED', 'before'],
      ['ADDED', 'before'],
      ['ADDED', 'later'],
      ['ADDED', 'new'],
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
      ['CHANGED', 's', { status: 'ACTIVE', revokedAt: null }, { status: 'REVOKED', revokedAt: iso(2) }, null],
    ]);
  });

  test('what the answer to a write of ours shows may be the doing of others, and is to be judged', async () => {
    const was = secret('t c s', { expiresAt: at(DAY) });
    await noteSecrets(store, [was], at(0), 'look');
    const answer = { ...was, expiresAt: null, description: 'ours' };
    await noteSecrets(store, [answer], at(5 * MINUTE), 'us');
    const open = await findUnjudgedChanges(store, at(5 * MINUTE), 9);
    expect(new Set(open.map(({ kind }) => kind))).toEqual(new Set(['CHANGED', 'EXPIRY_MOVED']));
  });

  test.each<[string, Partial<ClientSecret>, Partial<ClientSecret>]>([
    ['its end passed', { expiresAt: at(5) }, { expiresAt: at(5), status: 'EXPIRED' }],
    [
      'its end passed while the look was under way',
      { expiresAt: at(MINUTE) },
      { expiresAt: at(MINUTE), status: 'EXPIRED' },
    ],
    ['its uses are exhausted', { maxUses: 1 }, { maxUses: 1, status: 'EXHAUSTED', useCount: 1 }],
    ['it is flagged once it is over', { expiresAt: at(5) }, { expiresAt: at(5), status: 'REVOKED' }],
    ['it is flagged once it is used up', { maxUses: 1 }, { maxUses: 1, status: 'REVOKED', useCount: 1 }],
    ['it was used up', { maxUses: 1, status: 'EXHAUSTED' }, { maxUses: 1, status: 'REVOKED' }],
    ['it was used', { useCount: 1 }, { useCount: 2, lastUsedAt: at(3) }],
    ['attributes and hint differ', { attributes: { a: 1 }, hint: 'x' }, { attributes: { a: 2 }, hint: 'y' }],
    ['the vendor tells other dates', { updatedAt: at(-9) }, { updatedAt: at(5), createdAt: at(-9) }],
  ])('shows no difference where %s, and is up to date', async (_, before, after) => {
    await noteSecrets(store, [secret('t c s', before)], at(0), 'look');
    await noteSecrets(store, [secret('t c s', after)], at(10), 'look');
    expect(await changes(store)).toEqual([]);
    expect(await noted(store, secret('t c s'))).toMatchObject(after);
  });

  test.each<[string, Partial<ClientSecret>, Partial<ClientSecret>]>([
    [
      'before it was over',
      { expiresAt: at(DAY), maxUses: 2 },
      { expiresAt: at(DAY), maxUses: 2, useCount: 1 },
    ],
    ['at a known moment', { expiresAt: at(5) }, { expiresAt: at(5), revokedAt: at(3) }],
  ])('shows that somebody revoked it %s', async (_, before, after) => {
    await noteSecrets(store, [secret('t c s', before)], at(0), 'look');
    await noteSecrets(store, [secret('t c s', { ...after, status: 'REVOKED' })], at(10), 'look');
    expect((await changes(store)).map(([what]) => what)).toEqual(['CHANGED']);
  });

  test('shows an end that was moved, and nothing of the status that follows', async () => {
    await noteSecrets(store, [secret('t c s', { expiresAt: at(5), status: 'ACTIVE' })], at(0), 'look');
    await noteSecrets(store, [secret('t c s', { expiresAt: at(50), status: 'ACTIVE' })], at(10), 'look');
    expect((await changes(store)).map(([what]) => what)).toEqual(['EXPIRY_MOVED']);
  });

  test('keeps its judgements, and lists drift alone, newest first', async () => {
    await noteClients(store, [client('t c')], at(0), 'look');
    await sweepOnce(store);
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
    expect(await list({ since: at(1), until: at(3) })).toEqual(['1']);
    expect(await list({ kind: ['REMOVED'] })).toEqual([]);
    expect(await list({ client: client('t c').id, tenant: T, providers: ['p'] })).toEqual(['3', '1']);
    expect(await list({ client: client('t d').id })).toEqual([]);
    expect(await list({ within: { everything: false, scopes: [{ provider: 'p', tenant: 'u' }] } })).toEqual(
      [],
    );
  });
});
