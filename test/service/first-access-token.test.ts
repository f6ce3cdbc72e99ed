import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SecretValue } from '../../src/domain/secret-value.ts';
import { createAuthenticate } from '../../src/service/authenticate.ts';
import { makeFirstAccessToken } from '../../src/service/first-access-token.ts';
import { generateKey } from '../../src/store/key-format.ts';
import { TEST_DATABASES } from '../database.ts';
import { ADMIN, openTestServices, type TestServices } from './test-services.ts';

describe.each(TEST_DATABASES)('the first access token, on %s', (kind) => {
  let it: TestServices;
  beforeEach(async () => {
    it = await openTestServices(kind);
  });
  afterEach(() => it.close());

  const holder = (token: SecretValue | null) => createAuthenticate(it.services)(token?.reveal() ?? '');
  const trail = async () => (await it.trail()).map(({ outcome }) => outcome);

  test('is an ADMIN over everything, and is on record; there is no second one', async () => {
    const token = await makeFirstAccessToken(it.services, null);
    expect(await holder(token)).toMatchObject({ name: 'first', grants: ADMIN });
    expect(await makeFirstAccessToken(it.services, null)).toBeNull();
    expect(await trail()).toEqual(['STARTED', 'SUCCEEDED']);
  });

  test('is the given one, if there is one', async () => {
    const given = generateKey();
    expect(await makeFirstAccessToken(it.services, given)).toBe(given);
    expect(await holder(given)).toMatchObject({ grants: ADMIN });
  });

  test('is made once by replicas that start at once', async () => {
    const made = await Promise.all([1, 2, 3].map(() => makeFirstAccessToken(it.services, null)));
    expect(made.filter((token) => token !== null)).toHaveLength(1);
  });

  test('is not made where the intent cannot be recorded, but later', async () => {
    it.breakTrail(true);
    await expect(makeFirstAccessToken(it.services, null)).rejects.toThrow(
      'The audit trail cannot be written',
    );
    it.breakTrail(false);
    expect(await holder(await makeFirstAccessToken(it.services, null))).toMatchObject({ grants: ADMIN });
  });

  test('is not lost where its outcome cannot be recorded', async () => {
    await it.store.db.execute(
      sql`alter table audit_events add constraint no_success check (outcome <> 'SUCCEEDED')`,
    );
    const token = await makeFirstAccessToken(it.services, null);
    expect(await holder(token)).toMatchObject({ grants: ADMIN });
    expect(await trail()).toEqual(['STARTED']);
    expect(it.logged).toContainEqual({ fields: {}, message: 'the first access token is not on record' });
  });
});
