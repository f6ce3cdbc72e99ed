import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { claimDatabase } from '../../src/store/claim-database.ts';
import { openKeyring } from '../../src/store/keyring.ts';
import { StartError } from '../../src/store/start-error.ts';
import { auditHead, settings } from '../../src/store/tables/gateway.ts';
import { openTestStore, TEST_DATABASES, type TestStore } from '../database.ts';

describe.each(TEST_DATABASES)('the check of the master key, on %s', (kind) => {
  let open: TestStore;
  beforeEach(async () => {
    open = await openTestStore(kind);
  });
  afterEach(() => open.close());

  const under = (byte: number) =>
    claimDatabase({ db: open.store.db, keyring: openKeyring(Buffer.alloc(32, byte)) });
  const rows = () => open.store.db.select().from(settings);

  test('binds an empty database to the key', async () => {
    await under(1);
    await under(1);
    expect(await rows()).toEqual([
      { name: 'key-check', value: expect.stringMatching(/^[0-9a-f]{64}$/) },
      { name: 'database-id', value: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    ]);
  });

  test('refuses another key, and changes nothing', async () => {
    await under(1);
    const before = await rows();
    await expect(under(2)).rejects.toThrow(StartError);
    await expect(under(2)).rejects.toThrow('The master key is not the one that this database was made with.');
    expect(await rows()).toEqual(before);
  });

  test('lets exactly one of two keys win that come at once', async () => {
    const tries = await Promise.allSettled([under(1), under(2)]);
    expect(tries.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await open.store.db.select().from(auditHead)).toHaveLength(1);
  });
});
