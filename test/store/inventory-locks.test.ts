import { sql } from 'drizzle-orm';
import { EventEmitter, once } from 'node:events';
import { expect, test } from 'vitest';
import type { Store } from '../../src/store/database.ts';
import { noteClients } from '../../src/store/inventory-note-clients.ts';
import { noteSecrets } from '../../src/store/inventory-note-secrets.ts';
import { inventoryClients, inventorySecrets } from '../../src/store/tables/inventory.ts';
import { openTestStore, TEST_DATABASES } from '../database.ts';
import { at, client, secret } from './inventory-nodes.ts';

/** Notes two things of the tenant `t`: the ids are those of the nodes. */
type Note = (store: Store, ids: readonly string[], description: string, ms: number) => Promise<void>;

const noteBoth: Readonly<Record<string, readonly [typeof inventoryClients | typeof inventorySecrets, Note]>> =
  {
    secrets: [
      inventorySecrets,
      (store, ids, description, ms) =>
        noteSecrets(
          store,
          ids.map((id) => secret(`t ${id} s`, { description })),
          at(ms),
          'look',
        ),
    ],
    clients: [
      inventoryClients,
      (store, ids, description, ms) =>
        noteClients(
          store,
          ids.map((id) => client(`t ${id}`, { description })),
          at(ms),
          'look',
        ),
    ],
  };

test.runIf(TEST_DATABASES.includes('postgresql')).each(Object.entries(noteBoth))(
  'who waits to add what somebody else has in hand holds no other, of %s',
  async (_, [table, note]) => {
    const { store, close } = await openTestStore('postgresql');
    await note(store, ['known'], 'first', 0);
    const gate = new EventEmitter();
    const reached = once(gate, 'reached');
    const transaction: Store['db']['transaction'] = async (...args) => {
      gate.emit('reached');
      await once(gate, 'open');
      return store.db.transaction(...args);
    };
    const db = new Proxy(store.db, {
      get: (of, name): unknown => (name === 'transaction' ? transaction : Reflect.get(of, name)),
    });
    const noting = note({ ...store, db }, ['known', 'new'], 'second', 1);
    await reached;
    await note(store, ['new'], 'third', 2);
    await store.db.transaction(async (tx) => {
      await tx.execute(sql`update ${table} set seen_at = seen_at where client = 'new'`);
      gate.emit('open');
      const isWaiting = sql`datname = current_database() and wait_event_type = 'Lock'`;
      await expect.poll(() => store.db.$count(sql`pg_stat_activity`, isWaiting)).toBe(1);
      await tx.execute(sql`select from ${table} where client = 'known' for update nowait`);
    });
    await noting;
    await close();
  },
);
