import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/domain/duration.ts';
import { SecretValue } from '../../src/domain/secret-value.ts';
import type { Provider } from '../../src/provider-kit/provider.ts';
import { cancelRotation } from '../../src/service/cancel-rotation.ts';
import { capabilitiesOf, clientOperations, secretOperations } from '../../src/service/capabilities.ts';
import { completeRotation } from '../../src/service/complete-rotation.ts';
import { deleteClient } from '../../src/service/delete-client.ts';
import { rotateClientSecret } from '../../src/service/rotate-client-secret.ts';
import { TEST_DATABASES } from '../database.ts';
import { createOneSlotToy, type OneSlotToy } from './one-slot-toy.ts';
import { NO_KEY, ROTATE } from './rotating.ts';
import { ADMIN, openedToy, openTestServices, type TestServices } from './test-services.ts';

const ACTOR = { id: 'token:tester', name: 'tester', grants: ADMIN };

describe.each(TEST_DATABASES)('a rotation in the only slot, on %s', (kind) => {
  let it: TestServices;
  let ends: OneSlotToy;
  let overlaps: OneSlotToy;
  beforeEach(async () => {
    it = await openTestServices(kind);
    ends = await createOneSlotToy('ends', it.clock, 'AT_ONCE');
    overlaps = await createOneSlotToy('overlaps', it.clock, 'OVERLAP');
    const providers = new Map(it.services.providers);
    for (const { provider } of [ends, overlaps]) providers.set(provider.name, openedToy(provider));
    Object.assign(it.services, { providers });
  });
  afterEach(() => it.close());
  const session = () => it.as(ADMIN);
  const rotate = (toy: OneSlotToy, input: { readonly overlapMs?: number | null } = {}) =>
    rotateClientSecret(session(), { id: toy.secret, ...ROTATE, ...input });
  const reread = async ({ id }: { id: string }) => (await session().records.rotations([id]))[0];

  test('ends the old value at once where the vendor does, and only where the caller says so', async () => {
    const value = new SecretValue('the callers own value');
    for (const overlapMs of [null, HOUR]) {
      await expect(rotate(ends, { overlapMs })).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [{ path: ['input', 'overlap'], message: expect.stringContaining('PT0S') }],
      });
    }
    expect(ends.replacements).toEqual([]);

    const { rotation, issued } = await rotateClientSecret(session(), {
      id: ends.secret,
      ...ROTATE,
      overlapMs: 0,
      value,
    });
    expect(ends.replacements).toEqual([{ value, oldEndsAt: null }]);
    expect(issued.value.reveal()).toBe(value.reveal());
    expect(rotation).toMatchObject({ state: 'COMPLETED', oldSecret: ends.secret, newSecret: ends.secret });
  });

  test('lets the vendor end the old value where it can, a day later if nothing is said', async () => {
    const now = it.clock.now().getTime();
    const { rotation, issued } = await rotate(overlaps);
    expect(overlaps.replacements).toEqual([{ value: null, oldEndsAt: new Date(now + DAY) }]);
    expect(issued.value.reveal()).toBe('toy-value-1');
    expect(rotation).toMatchObject({ state: 'OVERLAPPING', retireAt: new Date(now + DAY) });

    it.clock.pass(DAY);
    await it.work();
    expect(await reread(rotation)).toMatchObject({ state: 'COMPLETED', lastError: null });
    expect(overlaps.writes).toEqual(['createSecret']);
  });

  test('cannot be completed sooner, nor undone; letting go of it frees the client for the next', async () => {
    const { rotation } = await rotate(overlaps);
    await expect(completeRotation(session(), { id: rotation.id, ...NO_KEY })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    for (const keep of ['OLD', 'NEW'] as const) {
      await expect(cancelRotation(session(), { id: rotation.id, keep, ...NO_KEY })).rejects.toMatchObject({
        code: 'CONFLICT',
        hint: expect.stringContaining('BOTH'),
      });
    }
    await expect(rotate(overlaps)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await cancelRotation(session(), { id: rotation.id, keep: 'BOTH', ...NO_KEY })).toMatchObject({
      state: 'CANCELLED',
    });
    expect((await rotate(overlaps, { overlapMs: 0 })).rotation.state).toBe('COMPLETED');
    expect(overlaps.replacements).toHaveLength(2);
  });

  test.each([{ description: 'x' }, { expiresInMs: DAY }, { expiresAt: new Date('2030-01-01') }])(
    'takes nothing that the value would not keep: %j',
    async (input) => {
      await expect(
        rotateClientSecret(session(), { id: overlaps.secret, ...ROTATE, ...input }),
      ).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
      expect(overlaps.replacements).toEqual([]);
    },
  );

  test('what was refused leaves no rotation open', async () => {
    overlaps.spoilNext('refused');
    await expect(rotate(overlaps)).rejects.toMatchObject({ code: 'PROVIDER_REJECTED' });
    expect((await rotate(overlaps)).rotation.state).toBe('OVERLAPPING');
  });

  test('where the answer was lost the worker says so, and touches nothing', async () => {
    overlaps.spoilNext('lost');
    await expect(rotate(overlaps)).rejects.toMatchObject({
      code: 'PROVIDER_UNAVAILABLE',
      applied: 'UNKNOWN',
    });
    await expect(rotate(overlaps)).rejects.toMatchObject({ code: 'CONFLICT' });
    it.clock.pass(11 * MINUTE);
    await it.work();
    const { items } = await session().records.listRotations(
      { providers: ['overlaps'], state: null, client: null },
      { limit: 10, direction: 'forward', cursor: null, withTotal: false },
    );
    expect(items.map(({ node }) => node)).toMatchObject([
      { state: 'FAILED', lastError: expect.stringContaining('rotate again') },
    ]);
    expect(overlaps.secrets.map(({ status }) => status)).toEqual(['ACTIVE']);
    expect((await rotate(overlaps)).rotation.state).toBe('OVERLAPPING');
  });

  test('what one client lacks is told before anybody is asked', async () => {
    const id = { ...overlaps.secret, client: 'fixed' };
    await expect(rotateClientSecret(session(), { id, ...ROTATE })).rejects.toMatchObject({
      code: 'UNSUPPORTED',
      hint: 'Register another client.',
    });
    const [secret] = overlaps.secrets;
    if (secret === undefined) throw new Error('there is no secret');
    expect(secretOperations(overlaps.provider, ACTOR, secret)).toContain('ROTATE_CLIENT_SECRET');
    expect(secretOperations(overlaps.provider, ACTOR, { ...secret, id })).not.toContain(
      'ROTATE_CLIENT_SECRET',
    );
  });

  test('the capabilities say which it is', () => {
    expect(capabilitiesOf(ends.provider).rotation).toBe('REPLACE');
    expect(capabilitiesOf(overlaps.provider).rotation).toBe('OVERLAP');
    const { replaceSecret: _, ...none } = ends.provider;
    expect(capabilitiesOf(none as Provider).rotation).toBe('NONE');
    expect(capabilitiesOf(none as Provider).operations).not.toContain('ROTATE_CLIENT_SECRET');
  });

  test('a client whose only secret cannot end by itself can be deleted all the same', async () => {
    const { provider, tenant, client } = ends.secret;
    await deleteClient(session(), { id: { provider, tenant, client }, ...NO_KEY });
    expect(ends.writes).toContain('deleteClient');
    const [found] = await session().read.clients([{ provider, tenant, client }]);
    if (found === null || found === undefined || found instanceof Error) throw new Error('no client');
    expect(clientOperations(ends.provider, ACTOR, found)).toEqual(['DELETE_CLIENT']);
  });
});
