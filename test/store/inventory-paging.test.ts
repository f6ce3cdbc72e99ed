import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ClientSecret } from '../../src/domain/client-secret.ts';
import { DAY } from '../../src/domain/duration.ts';
import { noteGone } from '../../src/store/inventory-note-gone.ts';
import { noteSecrets } from '../../src/store/inventory-note-secrets.ts';
import { listInventorySecrets } from '../../src/store/inventory-secret-list.ts';
import { openTestStore, TEST_DATABASES, type TestStore } from '../database.ts';
import { ANY_SECRET, FIRST, walk } from './inventory-lists.ts';
import { at, secret } from './inventory-nodes.ts';

const NOW = at(0);
const idsOf = (secrets: readonly ClientSecret[]) => secrets.map(({ id }) => id.secret);

const ORDERS = (['EXPIRES_AT', 'CREATED_AT', 'LAST_USED_AT'] as const).flatMap((field) =>
  (['ASC', 'DESC'] as const).map((direction) => ({ field, direction })),
);

describe.each(TEST_DATABASES)('paging through the inventory on %s', (kind) => {
  let opened: TestStore;
  beforeAll(async () => {
    opened = await openTestStore(kind);
  });
  afterAll(() => opened.close());

  /** Every moment is that of several, and some have none. */
  const stays = Array.from({ length: 23 }, (_, i) =>
    secret(`t c stays-${i}`, {
      expiresAt: i % 5 === 0 ? null : at(DAY + (i % 3)),
      createdAt: i % 7 === 0 ? null : at(-DAY + (i % 2)),
      lastUsedAt: i % 2 === 0 ? null : at(-(i % 3)),
    }),
  );

  test.each(ORDERS)('gives each once while others come and go: $field $direction', async (order) => {
    const { store } = opened;
    const all = idsOf(stays).toSorted();
    for (const direction of ['forward', 'backward'] as const) {
      for (const asOf of order.field === 'LAST_USED_AT' ? [null] : [null, at(-1)]) {
        const goes = Array.from({ length: 4 }, (_, i) => secret(`t c goes-${direction}-${i}`));
        await noteSecrets(store, [...stays, ...goes], at(-1), 'us');
        const read = (request: typeof FIRST) =>
          listInventorySecrets(store, { ...ANY_SECRET, asOf }, order, request, NOW);
        const seen = await walk(read, { limit: 4, direction }, async (page) => {
          const [gone] = goes.splice(0, 1);
          if (gone !== undefined) await noteGone(store, { secrets: [gone.id] }, NOW, 'us');
          const comes = secret(`t c comes-${direction}-${order.field}-${order.direction}-${page}`);
          await noteSecrets(store, [comes], NOW, 'us');
        });
        const stayed = idsOf(seen).filter((id) => id.startsWith('stays'));
        expect(stayed.toSorted()).toEqual(all);
        expect(new Set(idsOf(seen)).size).toBe(seen.length);
      }
    }
  });

  test('goes back over the same items in the same order', async () => {
    const { store } = opened;
    for (const order of ORDERS) {
      const read = (request: typeof FIRST) => listInventorySecrets(store, ANY_SECRET, order, request, NOW);
      const there = await walk(read, { limit: 5, direction: 'forward' });
      const back = await walk(read, { limit: 3, direction: 'backward' });
      expect(idsOf(back.toReversed())).toEqual(idsOf(there));
      const turned = { ...order, direction: order.direction === 'ASC' ? 'DESC' : 'ASC' } as const;
      const other = await walk((request) => listInventorySecrets(store, ANY_SECRET, turned, request, NOW), {
        limit: 100,
        direction: 'forward',
      });
      expect(idsOf(other.toReversed())).toEqual(idsOf(there));
    }
  });
});
