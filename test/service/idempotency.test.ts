import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { DAY, MINUTE } from '../../src/domain/duration.ts';
import { createAccessToken } from '../../src/service/create-access-token.ts';
import { openAuditLog } from '../../src/service/audit-log.ts';
import { createClientSecret } from '../../src/service/create-client-secret.ts';
import { openSession } from '../../src/service/open-session.ts';
import { deserialize, serialize } from '../../src/service/serialize.ts';
import { SecretValue } from '../../src/domain/secret-value.ts';
import { appendAuditEvents } from '../../src/store/audit-chain.ts';
import { idempotencyKeys } from '../../src/store/tables/gateway.ts';
import { TEST_DATABASES } from '../database.ts';
import { ADMIN, CLIENT, NEW_SECRET, openTestServices, type TestServices } from './test-services.ts';

describe.each(TEST_DATABASES)('an idempotency key, on %s', (kind) => {
  let it: TestServices;
  beforeAll(async () => void (it = await openTestServices(kind)));
  afterAll(() => it.close());

  const create = (idempotencyKey: string, description: string | null = null, name = 'tester') =>
    createClientSecret(it.as(ADMIN, name), { client: CLIENT, ...NEW_SECRET, description, idempotencyKey });

  test('gives the first result again, the value included, and the vendor acts once', async () => {
    const before = it.toy.writes.length;
    const first = await create('again-and-again');
    const second = await create('again-and-again');
    expect(second.value.reveal()).toBe(first.value.reveal());
    expect(second.secret).toEqual(first.secret);
    expect(it.toy.writes.length).toBe(before + 1);
  });

  test('the repetition hands a value out, so it is in the trail too', async () => {
    await create('on-record');
    const before = (await it.trail()).length;
    await create('on-record');
    expect((await it.trail()).slice(before).map(({ outcome }) => outcome)).toEqual(['STARTED', 'SUCCEEDED']);
  });

  test('with another input is a conflict', async () => {
    await create('one-input');
    await expect(create('one-input', 'another')).rejects.toMatchObject({
      code: 'CONFLICT',
      retryable: false,
    });
  });

  test('belongs to its actor and to its operation', async () => {
    const mine = await create('whose-is-it');
    const yours = await create('whose-is-it', null, 'somebody-else');
    expect(yours.secret.id).not.toEqual(mine.secret.id);
    const token = { name: 'x', roles: [...ADMIN], expiresInMs: null, idempotencyKey: 'whose-is-it' };
    await expect(createAccessToken(it.as(ADMIN), token)).resolves.toMatchObject({
      accessToken: { name: 'x' },
    });
  });

  test('of ten calls at once one acts, and no other gets a second secret', async () => {
    const before = it.toy.writes.length;
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => create('all-at-once')));
    expect(it.toy.writes.length).toBe(before + 1);
    const values = results.flatMap((it) => (it.status === 'fulfilled' ? [it.value.value.reveal()] : []));
    expect(new Set(values).size).toBe(1);
    const refused = results.flatMap((it) => (it.status === 'rejected' ? [it.reason] : []));
    for (const reason of refused) expect(reason).toMatchObject({ code: 'CONFLICT', retryable: true });
  });

  test('of a call that surely had no effect may be used again', async () => {
    it.toy.fail('createSecret', 'refused');
    await expect(create('try-again')).rejects.toMatchObject({ code: 'PROVIDER_REJECTED' });
    await expect(create('try-again')).resolves.toMatchObject({ clientId: 'c' });
  });

  test('of a call that may have had an effect never makes a second secret', async () => {
    it.toy.fail('createSecret', 'lost');
    await expect(create('perhaps-done')).rejects.toMatchObject({ applied: 'UNKNOWN' });
    const before = it.toy.writes.length;
    await expect(create('perhaps-done')).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(it.toy.writes.length).toBe(before);
  });

  test('of a call whose intent could not be recorded may be used again', async () => {
    it.breakTrail(true);
    await expect(create('trail-broken')).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    it.breakTrail(false);
    await expect(create('trail-broken')).resolves.toMatchObject({ clientId: 'c' });
  });

  test('of a call that was killed before it began is free a minute later', async () => {
    await create('ended-well');
    const [row] = await it.store.db
      .select()
      .from(idempotencyKeys)
      .where(eq(idempotencyKeys.key, 'ended-well'));
    const killed = {
      key: 'never-began',
      operationId: randomUUID(),
      sealedResult: null,
      createdAt: it.clock.now(),
    };
    if (row !== undefined) await it.store.db.insert(idempotencyKeys).values({ ...row, ...killed });
    await expect(create('never-began')).rejects.toMatchObject({ code: 'CONFLICT', retryable: true });
    it.clock.pass(MINUTE);
    const both = await Promise.allSettled([create('never-began'), create('never-began')]);
    expect(both.some(({ status }) => status === 'fulfilled')).toBe(true);
    const values = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value.value.reveal()] : []));
    expect(new Set(values).size).toBe(1);
  });

  test('keeps the result sealed', async () => {
    const { value } = await create('sealed-result');
    const rows = await it.store.db.select().from(idempotencyKeys);
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(value.reveal());
    expect(JSON.stringify(rows)).not.toContain(Buffer.from(value.reveal()).toString('base64'));
  });

  test('is forgotten after a day', async () => {
    const first = await create('until-tomorrow');
    it.clock.pass(DAY + 1);
    const second = await create('until-tomorrow');
    expect(second.secret.id).not.toEqual(first.secret.id);
    it.clock.pass(DAY + 1);
    await it.work();
    expect(await it.store.db.select().from(idempotencyKeys)).toEqual([]);
  });
});

test('a database that falls silent behind the act keeps nobody waiting: the outcome cannot be recorded', async () => {
  const it = await openTestServices('pglite');
  let isSilent = false;
  /** Whatever is asked of it, nothing comes. */
  const silence: unknown = new Proxy(() => {}, {
    get: (_, name) => (name === 'then' ? () => {} : silence),
    apply: () => silence,
  });
  const db = new Proxy(it.store.db, {
    get: (target, name): unknown => (isSilent ? silence : Reflect.get(target, name)),
  });
  const append = async (drafts: Parameters<typeof appendAuditEvents>[1]) =>
    isSilent ? new Promise<never>(() => {}) : appendAuditEvents(it.store, drafts);
  const audit = openAuditLog(append, { intentMs: 5000, outcomeMs: 20 });
  it.toy.meanwhile('createSecret', async () => void (isSilent = true));
  const session = openSession(
    { ...it.services, store: { ...it.store, db }, audit },
    {
      actor: { id: 'a', name: 'a', grants: ADMIN },
      requestId: 'r',
      signal: new AbortController().signal,
    },
  );
  await expect(
    createClientSecret(session, { client: CLIENT, ...NEW_SECRET, idempotencyKey: 'k' }),
  ).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE', retryable: false });
  expect(it.logged).toMatchObject([{ message: 'an idempotency key was not kept in time' }]);
  await it.close();
});

test('a result comes back from its text as what it was', () => {
  const result = {
    at: new Date('2026-11-21T12:00:00Z'),
    value: new SecretValue('s'),
    nothing: null,
    list: [1, 'a', { date: 'no date', secret: 'no secret', object: [['k', 'v']] }],
  };
  const back = deserialize(serialize(result));
  expect(back).toEqual(result);
  expect((back as typeof result).value.reveal()).toBe('s');
  expect(deserialize(serialize(undefined))).toBeUndefined();
});

test('equal inputs have equal texts, whatever the order of their keys', () => {
  expect(serialize({ a: 1, b: { c: 2, d: 3 } }).reveal()).toBe(
    serialize({ b: { d: 3, c: 2 }, a: 1 }).reveal(),
  );
  expect(serialize({ a: null }).reveal()).not.toBe(serialize({}).reveal());
});
