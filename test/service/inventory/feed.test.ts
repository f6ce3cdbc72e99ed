import { EventEmitter, once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ClientSecret } from '../../../src/domain/client-secret.ts';
import { SECOND } from '../../../src/domain/duration.ts';
import { NOTHING, witnessed, type Sight } from '../../../src/provider-kit/layers/witness.ts';
import { openInventoryFeed, type InventoryFeed } from '../../../src/service/inventory/feed.ts';
import { findInventorySecrets } from '../../../src/store/inventory-find.ts';
import { openTestStore, TEST_DATABASES, type TestStore } from '../../database.ts';
import { clientId, secretId, secretOf } from '../../graphql/memory-session.ts';
import { memoryProvider } from '../../provider-kit/memory-provider.ts';
import { callOf } from '../../provider-kit/test-upstream.ts';
import { testClock, type TestClock } from '../../test-clock.ts';

const secrets = (count: number, of = 0) =>
  Array.from({ length: count }, (_, n) => secretOf(secretId(clientId(of), n)));

describe.each(TEST_DATABASES)('what feeds the inventory, on %s', (database) => {
  let it: TestStore;
  let clock: TestClock;
  let feed: InventoryFeed;
  let warnings: string[];
  beforeEach(async () => {
    it = await openTestStore(database);
    clock = testClock();
    warnings = [];
    const log = {
      info: () => {},
      error: () => {},
      warn: (_: object, message: string) => void warnings.push(message),
    };
    feed = openInventoryFeed({ store: it.store, clock, log });
  });
  afterEach(() => it.close());

  const sight = (shown: Partial<Sight>): Sight => ({ ...NOTHING, ...shown, at: clock.now() });
  const found = async (n = 0) => {
    const [secret] = await findInventorySecrets(it.store, [secretId(clientId(0), n)], clock.now());
    return secret ?? null;
  };

  test('a read costs no statement until somebody drains, and many then cost few', async () => {
    for (const secret of secrets(50)) feed.saw(sight({ secrets: [secret] }));
    expect(it.statements.length).toBe(0);
    await feed.drain();
    expect(it.statements.filter((sql) => !/^(begin|commit)/i.test(sql)).length).toBeLessThanOrEqual(3);
    expect(await found(49)).toMatchObject({ status: 'ACTIVE', freshness: { source: 'INVENTORY' } });
    it.statements.length = 0;
    await feed.drain();
    expect(it.statements.length).toBe(0);
  });

  test('the same read is wanted once in half a minute', () => {
    expect([feed.wants('a'), feed.wants('b'), feed.wants('a')]).toEqual([true, true, false]);
    clock.pass(30 * SECOND + 1);
    expect([feed.wants('a'), feed.wants('a')]).toEqual([true, false]);
  });

  test('what is too much is dropped, and no read is wanted until there is room', async () => {
    for (let of = 0; of < 50; of += 1) feed.saw(sight({ secrets: secrets(100, of) }));
    expect(feed.wants('a')).toBe(false);
    feed.saw(sight({ secrets: [secretOf(secretId(clientId(99), 0))] }));
    await feed.drain();
    const [dropped] = await findInventorySecrets(it.store, [secretId(clientId(99), 0)], clock.now());
    expect(dropped).toBeNull();
    expect(await found(99)).not.toBeNull();
    expect(feed.wants('a')).toBe(true);
  });

  test('a write is there when it is answered, and what is read of before it changes nothing', async () => {
    const before = sight({ secrets: secrets(1) });
    clock.pass(1);
    await feed.wrote(
      sight({ secrets: [{ ...secretOf(secretId(clientId(0), 0)), status: 'REVOKED' }] }),
      clock.now(),
    );
    feed.saw(before);
    await feed.drain();
    expect(await found()).toMatchObject({ status: 'REVOKED' });
    clock.pass(1);
    await feed.wrote(sight({ goneSecrets: [secretId(clientId(0), 0)] }), clock.now());
    expect(await found()).toBeNull();
  });

  test('of two writes in the same millisecond the second counts', async () => {
    await feed.wrote(sight({ secrets: secrets(1) }), clock.now());
    await feed.wrote(
      sight({ secrets: [{ ...secretOf(secretId(clientId(0), 0)), status: 'DISABLED' }] }),
      clock.now(),
    );
    expect(await found()).toMatchObject({ status: 'DISABLED' });
    await feed.wrote(sight({ goneSecrets: [secretId(clientId(0), 0)] }), clock.now());
    expect(await found()).toBeNull();
  });
});

describe.each(TEST_DATABASES)('writes that overlap, on %s', (database) => {
  let it: TestStore;
  beforeEach(async () => {
    it = await openTestStore(database);
  });
  afterEach(() => it.close());

  test.each(['update', 'revoke'])('a revoked secret stays so, though its %s was slow', async (slow) => {
    const clock = testClock();
    const log = { info: () => {}, error: () => {}, warn: () => {} };
    const id = secretId(clientId(0), 0);
    const held = new EventEmitter();
    const answer = async (name: string, status: ClientSecret['status']) => {
      if (name === slow) await once(held, 'let go');
      return { ...secretOf(id), status };
    };
    const vendor = memoryProvider({
      updateSecret: () => answer('update', 'ACTIVE'),
      revokeSecret: () => answer('revoke', 'REVOKED'),
    });
    const provider = witnessed(vendor, openInventoryFeed({ store: it.store, clock, log }), clock);
    const update = () => provider.updateSecret?.(id, {}, callOf());
    const revoke = () => provider.revokeSecret?.(id, callOf());
    const late = slow === 'update' ? update() : revoke();
    clock.pass(SECOND);
    await (slow === 'update' ? revoke() : update());
    clock.pass(SECOND);
    held.emit('let go');
    await late;
    expect(await findInventorySecrets(it.store, [id], clock.now())).toMatchObject([{ status: 'REVOKED' }]);
  });
});

test('a database that fails is logged, and neither a read nor a write fails with it', async () => {
  const it = await openTestStore('pglite');
  const warnings: string[] = [];
  const log = {
    info: () => {},
    error: () => {},
    warn: (_: object, message: string) => void warnings.push(message),
  };
  const failing = new Proxy(it.store.db, {
    get: () => () => {
      throw new Error('the database is gone');
    },
  });
  const feed = openInventoryFeed({ store: { ...it.store, db: failing }, clock: testClock(), log });
  const at = new Date();
  await feed.wrote({ ...NOTHING, secrets: secrets(1), at }, at);
  feed.saw({ ...NOTHING, secrets: secrets(1), at });
  await feed.drain();
  expect(warnings).toEqual(Array(2).fill('the inventory could not be told what was seen'));
  await it.close();
});
