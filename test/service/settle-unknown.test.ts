import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/domain/duration.ts';
import { decodeGlobalId } from '../../src/domain/ids.ts';
import { createClientSecret } from '../../src/service/create-client-secret.ts';
import { deleteClient } from '../../src/service/delete-client.ts';
import { revokeClientSecret } from '../../src/service/revoke-client-secret.ts';
import { updateClientSecret } from '../../src/service/update-client-secret.ts';
import { auditEvents } from '../../src/store/tables/gateway.ts';
import { TEST_DATABASES } from '../database.ts';
import {
  ADMIN,
  CLIENT,
  issueSecret,
  NEW_SECRET,
  openTestServices,
  type TestServices,
} from './test-services.ts';

describe.each(TEST_DATABASES)('a write whose outcome is not known, on %s', (kind) => {
  let it: TestServices;
  beforeEach(async () => void (it = await openTestServices(kind)));
  afterEach(() => it.close());

  const outcomes = async (action: string) =>
    (await it.trail()).filter((event) => event.action === action).map(({ outcome }) => outcome);
  const revoke = (id: Parameters<typeof revokeClientSecret>[1]['id']) =>
    revokeClientSecret(it.as(ADMIN), { id, reason: null, idempotencyKey: null });

  test('a revocation that took effect is found to have SUCCEEDED', async () => {
    const { secret } = await issueSecret(it.as(ADMIN));
    it.toy.fail('revokeSecret', 'lost');
    await expect(revoke(secret.id)).rejects.toMatchObject({ applied: 'UNKNOWN' });
    await it.work();
    expect(await outcomes('clientSecret.revoke')).toEqual(['STARTED', 'UNKNOWN']);
    it.clock.pass(16 * MINUTE);
    await it.work();
    expect(await outcomes('clientSecret.revoke')).toEqual(['STARTED', 'UNKNOWN', 'SUCCEEDED']);
    it.clock.pass(16 * MINUTE);
    await it.work();
    expect((await outcomes('clientSecret.revoke')).length).toBe(3);
  });

  test('a creation that took effect is found, and which secret it was', async () => {
    const known = (await issueSecret(it.as(ADMIN))).secret;
    it.toy.fail('createSecret', 'lost');
    await expect(issueSecret(it.as(ADMIN))).rejects.toMatchObject({ applied: 'UNKNOWN' });
    it.clock.pass(16 * MINUTE);
    await it.work();
    expect((await outcomes('clientSecret.create')).slice(2)).toEqual(['STARTED', 'UNKNOWN', 'SUCCEEDED']);
    const orphan = it.toy.secrets.find(({ id }) => id.secret !== known.id.secret);
    const [last] = (await it.store.db.select().from(auditEvents).orderBy(auditEvents.sequence)).slice(-1);
    expect(decodeGlobalId(last?.subject ?? '')).toEqual({ type: 'ClientSecret', id: orphan?.id });
  });

  test('a creation of which nothing is to be seen stays unknown: absence proves nothing', async () => {
    it.toy.meanwhile('createSecret', () => Promise.reject(new Error('killed')));
    await expect(createClientSecret(it.as(ADMIN), { client: CLIENT, ...NEW_SECRET })).rejects.toThrow(
      'killed',
    );
    it.clock.pass(16 * MINUTE);
    await it.work();
    expect(await outcomes('clientSecret.create')).toEqual(['STARTED', 'UNKNOWN']);
  });

  test('what can never be told keeps nothing else waiting', async () => {
    const { secret } = await issueSecret(it.as(ADMIN));
    it.toy.fail('updateSecret', 'lost', 30);
    for (let i = 0; i < 30; i += 1) {
      const input = { id: secret.id, changes: { description: 'x' }, idempotencyKey: null };
      await expect(updateClientSecret(it.as(ADMIN), input)).rejects.toMatchObject({ applied: 'UNKNOWN' });
    }
    it.toy.fail('revokeSecret', 'lost');
    await expect(revoke(secret.id)).rejects.toMatchObject({ applied: 'UNKNOWN' });
    it.clock.pass(16 * MINUTE);
    await it.work();
    expect(await outcomes('clientSecret.revoke')).toEqual(['STARTED', 'UNKNOWN', 'SUCCEEDED']);
  });

  test('of two creations that may be the same secret, neither is guessed', async () => {
    it.toy.fail('createSecret', 'lost', 2);
    await expect(issueSecret(it.as(ADMIN))).rejects.toThrow();
    await expect(issueSecret(it.as(ADMIN))).rejects.toThrow();
    it.clock.pass(16 * MINUTE);
    await it.work();
    expect(await outcomes('clientSecret.create')).toEqual(['STARTED', 'UNKNOWN', 'STARTED', 'UNKNOWN']);
  });

  test('while the vendor is down it stays unknown, and is asked again', async () => {
    const { secret } = await issueSecret(it.as(ADMIN));
    it.toy.fail('revokeSecret', 'lost');
    await expect(revoke(secret.id)).rejects.toThrow();
    it.toy.fail('getSecrets', 'down');
    it.clock.pass(16 * MINUTE);
    await it.work();
    expect(await outcomes('clientSecret.revoke')).toEqual(['STARTED', 'UNKNOWN']);
    it.clock.pass(HOUR);
    await it.work();
    expect(await outcomes('clientSecret.revoke')).toEqual(['STARTED', 'UNKNOWN', 'SUCCEEDED']);
  });

  test('after a day it is left as it is', async () => {
    const { secret } = await issueSecret(it.as(ADMIN));
    it.toy.fail('revokeSecret', 'lost');
    await expect(revoke(secret.id)).rejects.toThrow();
    it.clock.pass(DAY + MINUTE);
    await it.work();
    expect(await outcomes('clientSecret.revoke')).toEqual(['STARTED', 'UNKNOWN']);
  });

  test('a client that is still there was not deleted', async () => {
    it.toy.fail('deleteClient', 'lost');
    await expect(deleteClient(it.as(ADMIN), { id: CLIENT, idempotencyKey: null })).rejects.toThrow();
    it.clock.pass(16 * MINUTE);
    await it.work();
    expect(await outcomes('client.delete')).toEqual(['STARTED', 'UNKNOWN', 'FAILED']);
  });
});
