import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/domain/duration.ts';
import type { Rotation } from '../../src/domain/rotation.ts';
import { cancelRotation } from '../../src/service/cancel-rotation.ts';
import { completeRotation } from '../../src/service/complete-rotation.ts';
import { createClientSecret } from '../../src/service/create-client-secret.ts';
import { rotateClientSecret } from '../../src/service/rotate-client-secret.ts';
import { doBackgroundWork } from '../../src/service/background-work.ts';
import type { Session } from '../../src/service/session.ts';
import { insertRotation } from '../../src/store/rotations.ts';
import { TEST_DATABASES } from '../database.ts';
import { CLIENT, issueSecret, NEW_SECRET, openTestServices, type TestServices } from './test-services.ts';
import { NO_KEY, ROTATE, rotating } from './rotating.ts';

describe.each(TEST_DATABASES)('a rotation that is disturbed, on %s', (kind) => {
  let it: TestServices;
  beforeEach(async () => void (it = await openTestServices(kind)));
  afterEach(() => it.close());
  const { session, statusOf, live, reread, begin } = rotating(() => it);

  test('with an overlap of zero and a vendor that fails, the value still arrives, and the worker goes on', async () => {
    it.toy.fail('revokeSecret', 'down');
    const { old, rotation, issued } = await begin({ overlapMs: 0 });
    expect(rotation).toMatchObject({ state: 'RETIRING', attempts: 1, lastError: 'The toy says no.' });
    expect(issued.value.reveal()).toMatch(/^toy-value-/);
    it.clock.pass(MINUTE);
    await it.work();
    expect(await reread(rotation)).toMatchObject({ state: 'COMPLETED' });
    expect(statusOf(old.id)).toBe('REVOKED');
  });

  test('a failure to issue leaves the old secret as it was, and the rotation FAILED', async () => {
    const old = (await issueSecret(session())).secret;
    it.toy.fail('createSecret', 'refused');
    await expect(rotateClientSecret(session(), { id: old.id, ...ROTATE })).rejects.toMatchObject({
      code: 'PROVIDER_REJECTED',
    });
    expect(it.toy.secrets).toEqual([old]);
    const again = await rotateClientSecret(session(), { id: old.id, ...ROTATE });
    expect(again.rotation.state).toBe('OVERLAPPING');
  });

  test('a secret that was issued into a lost answer is found by its mark and revoked', async () => {
    const old = (await issueSecret(session())).secret;
    it.toy.fail('createSecret', 'lost');
    await expect(rotateClientSecret(session(), { id: old.id, ...ROTATE })).rejects.toMatchObject({
      applied: 'UNKNOWN',
    });
    expect(live()).toBe(2);
    it.clock.pass(10 * MINUTE);
    await it.work();
    expect(statusOf(old.id)).toBe('ACTIVE');
    expect(live()).toBe(1);
    const page = { limit: 9, direction: 'forward', cursor: null, withTotal: false } as const;
    const { items } = await session().records.listRotations(
      { providers: null, state: null, client: null },
      page,
    );
    expect(items.map(({ node }) => node.state)).toEqual(['FAILED']);
  });

  test('a gateway that was killed while issuing leaves nothing that nobody holds', async () => {
    const { old } = await begin();
    const other = { ...old.id, secret: (await issueSecret(session())).secret.id.secret };
    const rotation: Rotation = {
      id: 'aaaaaaaa-0000-4000-8000-000000000000',
      operationId: 'aaaaaaaa-0000-4000-8000-000000000001',
      state: 'ISSUING',
      oldSecret: other,
      newSecret: null,
      startedAt: it.clock.now(),
      retireAt: null,
      completedAt: null,
      attempts: 0,
      lastError: null,
      keep: null,
      oldExpiresAt: null,
    };
    await insertRotation(it.store, rotation, { dueAt: it.clock.now(), leaseUntil: null });
    const orphan = { ...NEW_SECRET, client: CLIENT, description: 'ci [rotation aaaaaaaa]' };
    const { secret } = await createClientSecret(session(), orphan);
    await it.work();
    expect(statusOf(secret.id)).toBe('REVOKED');
    expect(statusOf(other)).toBe('ACTIVE');
    expect(await reread(rotation)).toMatchObject({ state: 'FAILED' });
  });

  test('retiring is tried again, later and later, until it works', async () => {
    const { old, rotation } = await begin({ overlapMs: HOUR });
    it.toy.fail('revokeSecret', 'down', 2);
    it.clock.pass(HOUR);
    await it.work();
    expect(await reread(rotation)).toMatchObject({ state: 'RETIRING', attempts: 1 });
    await it.work();
    expect(await reread(rotation)).toMatchObject({ attempts: 1 });
    it.clock.pass(MINUTE);
    await it.work();
    expect(await reread(rotation)).toMatchObject({ attempts: 2 });
    it.clock.pass(2 * MINUTE);
    await it.work();
    expect(await reread(rotation)).toMatchObject({ state: 'COMPLETED', attempts: 2, lastError: null });
    expect(statusOf(old.id)).toBe('REVOKED');
  });

  test('an answer lost after the vendor revoked is settled by reading', async () => {
    const { old, rotation } = await begin({ overlapMs: HOUR });
    it.toy.fail('revokeSecret', 'lost');
    it.clock.pass(HOUR);
    await it.work();
    expect(await reread(rotation)).toMatchObject({ state: 'RETIRING' });
    it.clock.pass(MINUTE);
    await it.work();
    expect(await reread(rotation)).toMatchObject({ state: 'COMPLETED' });
    expect(statusOf(old.id)).toBe('REVOKED');
    expect(it.toy.writes.filter((method) => method === 'revokeSecret').length).toBe(1);
  });

  test('a gateway that was killed while retiring goes on when it is started again', async () => {
    const { old, rotation } = await begin({ overlapMs: HOUR });
    it.clock.pass(HOUR);
    it.toy.meanwhile('revokeSecret', () => Promise.reject(new Error('killed')));
    await it.work();
    expect(await reread(rotation)).toMatchObject({ state: 'RETIRING', attempts: 0 });
    it.clock.pass(3 * MINUTE);
    await doBackgroundWork({ ...it.services }, new AbortController().signal);
    expect(await reread(rotation)).toMatchObject({ state: 'COMPLETED' });
    expect(statusOf(old.id)).toBe('REVOKED');
  });

  test('two workers do not retire the same secret twice', async () => {
    await begin({ overlapMs: HOUR });
    it.clock.pass(HOUR);
    await Promise.all([it.work(), it.work(), it.work()]);
    expect(it.toy.writes.filter((method) => method === 'revokeSecret').length).toBe(1);
  });

  test('the old secret is kept, and works again, where the new one does not', async () => {
    const { old, rotation, issued } = await begin({ overlapMs: HOUR });
    await it.toy.provider.revokeSecret?.(issued.secret.id, {
      signal: new AbortController().signal,
      requestId: 'behind the gateway',
    });
    it.clock.pass(HOUR);
    await it.work();
    expect(await reread(rotation)).toMatchObject({ state: 'FAILED', completedAt: it.clock.now() });
    expect(statusOf(old.id)).toBe('ACTIVE');
    expect(live()).toBe(1);
  });

  test('a cancellation that the vendor could not follow is carried on by the worker', async () => {
    const { rotation } = await begin();
    it.toy.fail('updateSecret', 'down');
    const cancelled = await cancelRotation(session(), { id: rotation.id, keep: 'OLD', ...NO_KEY });
    expect(cancelled).toMatchObject({ state: 'RETIRING', lastError: 'The toy says no.' });
    it.clock.pass(MINUTE);
    await it.work();
    expect(await reread(rotation)).toMatchObject({ state: 'CANCELLED' });
    it.clock.pass(2 * DAY);
    expect(live()).toBe(1);
  });

  test('a revocation that could not be read back is no failure of completing, and no success', async () => {
    const { old, rotation } = await begin();
    it.toy.meanwhile('revokeSecret', async () => it.toy.fail('getSecrets', 'down'));
    const completed = await completeRotation(session(), { id: rotation.id, ...NO_KEY });
    expect(completed).toMatchObject({ state: 'RETIRING', attempts: 1 });
    it.clock.pass(MINUTE);
    await it.work();
    expect(await reread(rotation)).toMatchObject({ state: 'COMPLETED' });
    expect(statusOf(old.id)).toBe('REVOKED');
  });

  describe('nothing happens to the old secret before it is on record that the new one was issued', () => {
    test.each([0, HOUR])(
      'with an overlap of %d ms and a trail that fails, the old one is kept',
      async (overlapMs) => {
        const old = (await issueSecret(session())).secret;
        it.toy.meanwhile('createSecret', async () => it.breakTrail(true));
        const asked = rotateClientSecret(session(), { id: old.id, ...ROTATE, overlapMs });
        await expect(asked).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
        expect(live()).toBe(2);
        it.breakTrail(false);
        it.clock.pass(10 * MINUTE);
        await it.work();
        expect(live()).toBe(1);
        it.clock.pass(2 * DAY);
        await it.work();
        expect(statusOf(old.id)).toBe('ACTIVE');
      },
    );

    test('killed once it is on record, the overlap begins when the worker comes by', async () => {
      const old = (await issueSecret(session())).secret;
      const own = session();
      const dying: Session = {
        ...own,
        perform: (write) =>
          write.action === 'rotation.handOver' ? Promise.reject(new Error('killed')) : own.perform(write),
      };
      const { rotation, issued } = await rotateClientSecret(dying, {
        id: old.id,
        ...ROTATE,
        overlapMs: HOUR,
      });
      expect(rotation.state).toBe('ISSUING');
      it.clock.pass(10 * MINUTE);
      await it.work();
      expect(await reread(rotation)).toMatchObject({ state: 'OVERLAPPING' });
      it.clock.pass(HOUR);
      await it.work();
      expect(await reread(rotation)).toMatchObject({ state: 'COMPLETED' });
      expect([statusOf(old.id), statusOf(issued.secret.id)]).toEqual(['REVOKED', 'ACTIVE']);
    });
  });

  test('a vendor that makes the secret after the worker has given up leaves no secret that nobody holds', async () => {
    const old = (await issueSecret(session())).secret;
    it.toy.meanwhile('createSecret', async () => {
      it.clock.pass(10 * MINUTE);
      await it.work();
    });
    await expect(rotateClientSecret(session(), { id: old.id, ...ROTATE })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    expect(statusOf(old.id)).toBe('ACTIVE');
    expect(live()).toBe(1);
  });

  test('a result that was revoked since is not given again for its idempotency key', async () => {
    const old = (await issueSecret(session())).secret;
    const input = { id: old.id, ...ROTATE, idempotencyKey: 'killed-after-sealing' };
    it.toy.meanwhile('createSecret', async () => it.breakTrail(true));
    await expect(rotateClientSecret(session(), input)).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    it.breakTrail(false);
    it.clock.pass(10 * MINUTE);
    await it.work();
    expect(live()).toBe(1);
    await expect(rotateClientSecret(session(), input)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('with both secrets gone at the vendor the rotation ends, as FAILED', async () => {
    const { old, rotation, issued } = await begin({ overlapMs: HOUR });
    it.toy.purge([old.id, issued.secret.id]);
    it.clock.pass(HOUR);
    await it.work();
    expect(await reread(rotation)).toMatchObject({ state: 'FAILED' });
  });

  test('a rotation of a provider that is no longer configured waits, and fills no trail', async () => {
    await begin({ overlapMs: HOUR });
    it.clock.pass(DAY);
    const before = (await it.trail()).length;
    await doBackgroundWork({ ...it.services, providers: new Map() }, new AbortController().signal);
    expect((await it.trail()).length).toBe(before);
  });
});
