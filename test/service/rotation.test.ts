import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../../src/domain/duration.ts';
import type { RotationKeep } from '../../src/domain/rotation.ts';
import { cancelRotation } from '../../src/service/cancel-rotation.ts';
import { completeRotation } from '../../src/service/complete-rotation.ts';
import { createClientSecret } from '../../src/service/create-client-secret.ts';
import { disableClientSecret } from '../../src/service/disable-client-secret.ts';
import { revokeClientSecret } from '../../src/service/revoke-client-secret.ts';
import { rotateClientSecret } from '../../src/service/rotate-client-secret.ts';
import { updateClientSecret } from '../../src/service/update-client-secret.ts';
import { TEST_DATABASES } from '../database.ts';
import {
  ADMIN,
  CLIENT,
  issueSecret,
  NEW_SECRET,
  openTestServices,
  type TestServices,
} from './test-services.ts';
import { createToy } from './toy-provider.ts';
import { NO_KEY, ROTATE, rotating } from './rotating.ts';

describe.each(TEST_DATABASES)('a rotation, on %s', (kind) => {
  let it: TestServices;
  beforeEach(async () => void (it = await openTestServices(kind)));
  afterEach(() => it.close());
  const { session, statusOf, live, reread, begin } = rotating(() => it);

  test('issues the new secret, keeps the old for a day, then ends it and proves it', async () => {
    const { old, rotation, issued } = await begin();
    expect(rotation).toMatchObject({ state: 'OVERLAPPING', oldSecret: old.id, newSecret: issued.secret.id });
    expect(rotation.retireAt?.getTime()).toBe(it.clock.now().getTime() + DAY);
    expect(live()).toBe(2);

    it.clock.pass(DAY - 1);
    await it.work();
    expect(statusOf(old.id)).toBe('ACTIVE');

    it.clock.pass(1);
    await it.work();
    expect(statusOf(old.id)).toBe('REVOKED');
    expect(statusOf(issued.secret.id)).toBe('ACTIVE');
    expect(await reread(rotation)).toMatchObject({
      state: 'COMPLETED',
      completedAt: it.clock.now(),
      lastError: null,
    });
  });

  test('gives the old secret its end as an expiry at the vendor, so that it ends while the gateway is down', async () => {
    const { old, rotation } = await begin({ overlapMs: HOUR });
    const atVendor = it.toy.secrets.find((found) => found.id.secret === old.id.secret);
    expect(atVendor?.expiresAt).toEqual(rotation.retireAt);
  });

  test('never lets the old secret outlive its own expiry', async () => {
    const expiresAt = new Date(it.clock.now().getTime() + HOUR);
    const old = (await createClientSecret(session(), { client: CLIENT, ...NEW_SECRET, expiresAt })).secret;
    const { rotation, issued } = await rotateClientSecret(session(), { id: old.id, ...ROTATE });
    expect(rotation.retireAt).toEqual(expiresAt);
    expect(issued.secret.expiresAt).toEqual(expiresAt);
  });

  test('with an overlap of zero the old secret is dead before the answer', async () => {
    const { old, rotation, issued } = await begin({ overlapMs: 0 });
    expect(rotation.state).toBe('COMPLETED');
    expect(statusOf(old.id)).toBe('REVOKED');
    expect(statusOf(issued.secret.id)).toBe('ACTIVE');
  });

  test('the new secret cannot be revoked or disabled while the rotation is open', async () => {
    const { issued } = await begin();
    const { id } = issued.secret;
    await expect(
      revokeClientSecret(session(), { id, reason: null, idempotencyKey: null }),
    ).rejects.toMatchObject({
      code: 'CONFLICT',
      hint: expect.stringContaining('keep: OLD'),
    });
    await expect(disableClientSecret(session(), { id, idempotencyKey: null })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    expect(live()).toBe(2);
  });

  test('neither secret of an open rotation is rotated again', async () => {
    const { old, issued } = await begin();
    for (const id of [old.id, issued.secret.id]) {
      await expect(rotateClientSecret(session(), { id, ...ROTATE })).rejects.toMatchObject({
        code: 'CONFLICT',
      });
    }
    expect(it.toy.secrets.length).toBe(2);
  });

  test('of two rotations of one secret at once, one begins', async () => {
    const old = (await issueSecret(session())).secret;
    const both = await Promise.allSettled(
      [1, 2].map(() => rotateClientSecret(session(), { id: old.id, ...ROTATE })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(it.toy.secrets.length).toBe(2);
  });

  test('completing ends the old secret now', async () => {
    const { old, rotation } = await begin();
    const completed = await completeRotation(session(), { id: rotation.id, idempotencyKey: null });
    expect(completed.state).toBe('COMPLETED');
    expect(statusOf(old.id)).toBe('REVOKED');
    await expect(
      completeRotation(session(), { id: rotation.id, idempotencyKey: null }),
    ).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });

  test.each<[RotationKeep, string, string]>([
    ['OLD', 'ACTIVE', 'REVOKED'],
    ['NEW', 'REVOKED', 'ACTIVE'],
    ['BOTH', 'ACTIVE', 'ACTIVE'],
  ])(
    'cancelling with keep: %s leaves the old one %s and the new one %s',
    async (keep, oldStatus, newStatus) => {
      const { old, rotation, issued } = await begin();
      const cancelled = await cancelRotation(session(), { id: rotation.id, keep, idempotencyKey: null });
      expect(cancelled).toMatchObject({ state: 'CANCELLED', completedAt: it.clock.now() });
      expect(statusOf(old.id)).toBe(oldStatus);
      expect(statusOf(issued.secret.id)).toBe(newStatus);
      it.clock.pass(2 * DAY);
      await it.work();
      expect(live()).toBe(keep === 'BOTH' ? 2 : 1);
    },
  );

  test('a new secret that would end before the old one is refused', async () => {
    const old = (await issueSecret(session())).secret;
    const asked = rotateClientSecret(session(), {
      id: old.id,
      ...ROTATE,
      overlapMs: 2 * HOUR,
      expiresInMs: HOUR,
    });
    await expect(asked).rejects.toMatchObject({ fields: [{ path: ['input', 'expiresIn'] }] });
    expect(it.toy.secrets).toEqual([old]);
  });

  test('neither end of an open rotation is moved by hand', async () => {
    const { old, issued } = await begin();
    for (const id of [old.id, issued.secret.id]) {
      const changes = { expiresAt: new Date(it.clock.now().getTime() + HOUR) };
      await expect(updateClientSecret(session(), { id, changes, ...NO_KEY })).rejects.toMatchObject({
        code: 'CONFLICT',
      });
      await updateClientSecret(session(), { id, changes: { description: 'x' }, ...NO_KEY });
    }
  });

  test('an old secret that was revoked cannot be kept, and the rotation is not stuck', async () => {
    const { old, rotation } = await begin();
    await revokeClientSecret(session(), { id: old.id, reason: null, ...NO_KEY });
    await expect(
      cancelRotation(session(), { id: rotation.id, keep: 'OLD', ...NO_KEY }),
    ).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    expect(await completeRotation(session(), { id: rotation.id, ...NO_KEY })).toMatchObject({
      state: 'COMPLETED',
    });
  });

  test('who may not read the client may not know of its rotation', async () => {
    const { rotation } = await begin();
    const stranger = it.as([{ role: 'ADMIN', provider: 'toy', tenant: 'other' }]);
    expect(await stranger.records.rotations([rotation.id])).toEqual([null]);
    await expect(completeRotation(stranger, { id: rotation.id, idempotencyKey: null })).rejects.toMatchObject(
      {
        code: 'NOT_FOUND',
      },
    );
    const reader = it.as([{ role: 'READER', provider: 'toy', tenant: 't' }]);
    await expect(completeRotation(reader, { id: rotation.id, idempotencyKey: null })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  test('the description goes along, and the mark of the rotation with it, never two', async () => {
    const named = { ...NEW_SECRET, client: CLIENT, description: 'ci runner' };
    const old = (await createClientSecret(session(), named)).secret;
    const first = await rotateClientSecret(session(), { id: old.id, ...ROTATE, overlapMs: 0 });
    expect(first.issued.secret.description).toMatch(/^ci runner \[rotation [0-9a-f]{8}\]$/);
    const second = await rotateClientSecret(session(), {
      id: first.issued.secret.id,
      ...ROTATE,
      overlapMs: 0,
    });
    expect(second.issued.secret.description).toMatch(/^ci runner \[rotation [0-9a-f]{8}\]$/);
  });
});

describe.each(TEST_DATABASES)('where the vendor has room for two, on %s', (kind) => {
  test('a third is refused before anything is done, and the old one is as it was', async () => {
    const it = await openTestServices(kind, {
      others: (clock) => [createToy('small', clock, { maxActiveSecrets: 2 })],
    });
    const client = { ...CLIENT, provider: 'small' };
    const session = it.as(ADMIN);
    const { secret } = await createClientSecret(session, { ...NEW_SECRET, client });
    await createClientSecret(session, { ...NEW_SECRET, client });
    await expect(rotateClientSecret(session, { id: secret.id, ...ROTATE })).rejects.toMatchObject({
      code: 'LIMIT_REACHED',
      limit: 2,
    });
    const page = { limit: 9, direction: 'forward', cursor: null, withTotal: false, status: null } as const;
    const [secrets] = await session.read.listSecrets([client], page);
    expect(secrets).toMatchObject({
      items: [{ node: { status: 'ACTIVE' } }, { node: { status: 'ACTIVE' } }],
    });
    await it.close();
  });
});
