import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RoleGrant } from '../../src/domain/actor.ts';
import { createClientSecret } from '../../src/service/create-client-secret.ts';
import { createTenant } from '../../src/service/create-tenant.ts';
import { revokeClientSecret } from '../../src/service/revoke-client-secret.ts';
import { auditEvents, auditHead } from '../../src/store/tables/gateway.ts';
import { TEST_DATABASES } from '../database.ts';
import {
  ADMIN,
  CLIENT,
  issueSecret,
  NEW_SECRET,
  openTestServices,
  type TestServices,
} from './test-services.ts';

const grant = (role: RoleGrant['role'], provider: string | null = 'toy', tenant: string | null = null) => [
  { role, provider, tenant },
];

describe.each(TEST_DATABASES)('the law of a write, on %s', (kind) => {
  let it: TestServices;
  beforeAll(async () => void (it = await openTestServices(kind)));
  afterAll(() => it.close());

  const newEvents = async (act: () => Promise<unknown>) => {
    const before = (await it.trail()).length;
    await act().catch(() => undefined);
    return (await it.trail())
      .slice(before)
      .map(({ action, outcome, code }) => `${action} ${outcome} ${code ?? ''}`.trim());
  };
  const create = (grants: readonly RoleGrant[], client = CLIENT) =>
    createClientSecret(it.as(grants), { client, ...NEW_SECRET });

  test('the intent is committed before the vendor acts, and the outcome before the answer', async () => {
    const seen: string[] = [];
    it.toy.meanwhile('createSecret', async () => {
      seen.push(...(await it.trail()).map(({ outcome }) => outcome));
    });
    await create(ADMIN);
    expect(seen).toEqual(['STARTED']);
    expect((await it.trail()).map(({ outcome }) => outcome)).toEqual(['STARTED', 'SUCCEEDED']);
  });

  test('intent and outcome tell who did what to what, and share one operation', async () => {
    const issued = await issueSecret(it.as(ADMIN, 'somebody'));
    const [intent, outcome] = (
      await it.store.db.select().from(auditEvents).orderBy(auditEvents.sequence)
    ).slice(-2);
    expect(intent).toMatchObject({
      actor: 'somebody',
      action: 'clientSecret.create',
      provider: 'toy',
      tenant: 't',
    });
    expect(outcome?.operationId).toBe(intent?.operationId);
    expect(JSON.parse(Buffer.from(outcome?.subject ?? '', 'base64url').toString())).toEqual([
      'ClientSecret',
      'toy',
      't',
      'c',
      issued.secret.id.secret,
    ]);
  });

  test('no row holds the value that was issued', async () => {
    const { value } = await issueSecret(it.as(ADMIN));
    const rows = await it.store.db.select().from(auditEvents);
    expect(JSON.stringify(rows)).not.toContain(value.reveal());
  });

  test('a refusal of the vendor is FAILED, a lost answer UNKNOWN, both with their code', async () => {
    it.toy.fail('createSecret', 'refused');
    expect(await newEvents(() => create(ADMIN))).toEqual([
      'clientSecret.create STARTED',
      'clientSecret.create FAILED PROVIDER_REJECTED',
    ]);
    it.toy.fail('createSecret', 'lost');
    expect(await newEvents(() => create(ADMIN))).toEqual([
      'clientSecret.create STARTED',
      'clientSecret.create UNKNOWN PROVIDER_UNAVAILABLE',
    ]);
    const [last] = (await it.store.db.select().from(auditEvents).orderBy(auditEvents.sequence)).slice(-1);
    expect(last?.vendorRequestId).toBe('toy-1');
  });

  test('a lost answer is told as one that may have acted, and not as one to repeat', async () => {
    it.toy.fail('createSecret', 'lost');
    await expect(create(ADMIN)).rejects.toMatchObject({
      code: 'PROVIDER_UNAVAILABLE',
      applied: 'UNKNOWN',
      retryable: false,
    });
  });

  test.each([
    ['a reader', grant('READER'), 'FORBIDDEN'],
    ['a revealer', grant('REVEALER'), 'FORBIDDEN'],
    ['an operator of another tenant', grant('OPERATOR', 'toy', 'other'), 'NOT_FOUND'],
    ['an operator of another provider', grant('OPERATOR', 'elsewhere'), 'NOT_FOUND'],
    ['an auditor', grant('AUDITOR'), 'NOT_FOUND'],
    ['nobody', [], 'NOT_FOUND'],
  ])('%s is denied, on record, and the vendor is not asked', async (_, grants, code) => {
    const writes = it.toy.writes.length;
    await expect(create(grants)).rejects.toMatchObject({ code });
    expect(await newEvents(() => create(grants))).toEqual([
      'clientSecret.create STARTED',
      `clientSecret.create DENIED ${code}`,
    ]);
    expect(it.toy.writes.length).toBe(writes);
  });

  test('what is not there and what may not be read are the same answer', async () => {
    const absent = { ...CLIENT, provider: 'elsewhere' };
    const hidden = await create(grant('OPERATOR', 'toy', 'other')).catch((error: unknown) => error);
    const missing = await create(ADMIN, absent as never).catch((error: unknown) => error);
    expect(missing).toMatchObject({ code: 'NOT_FOUND', message: (hidden as Error).message });
  });

  test('what the vendor lacks says what to do instead, and the vendor is not asked', async () => {
    const writes = it.toy.writes.length;
    const asked = createTenant(it.as(ADMIN), {
      provider: 'toy',
      name: 'x',
      description: null,
      idempotencyKey: null,
    });
    await expect(asked).rejects.toMatchObject({
      code: 'UNSUPPORTED',
      operation: 'CREATE_TENANT',
      hint: 'Make the tenant in the toy shop.',
    });
    expect(it.toy.writes.length).toBe(writes);
  });

  test('a write goes on when its caller has left', async () => {
    const left = new AbortController();
    it.toy.meanwhile('createSecret', async () => left.abort());
    await createClientSecret(it.as(ADMIN, 'tester', left.signal), { client: CLIENT, ...NEW_SECRET });
    expect((await it.trail()).at(-1)?.outcome).toBe('SUCCEEDED');
  });

  test('it takes six statements: head, event and head again for the intent, and for the outcome', async () => {
    it.statements.length = 0;
    await issueSecret(it.as(ADMIN));
    const real = it.statements.filter((sql) => !/^(begin|commit)/i.test(sql));
    expect(real.length).toBe(6);
  });

  test('revoking says from when on it is surely dead', async () => {
    const { secret } = await issueSecret(it.as(ADMIN));
    const revoked = await revokeClientSecret(it.as(ADMIN), {
      id: secret.id,
      reason: 'leaked',
      idempotencyKey: null,
    });
    expect(revoked).toMatchObject({ secret: { status: 'REVOKED' }, effectiveBy: it.clock.now() });
    const [last] = (await it.store.db.select().from(auditEvents).orderBy(auditEvents.sequence)).slice(-1);
    expect(last?.reason).toBe('leaked');
  });
});

describe.each(TEST_DATABASES)('without an audit trail there is no action, on %s', (kind) => {
  test('an intent that cannot be committed stops the write', async () => {
    const it = await openTestServices(kind);
    await it.store.db.delete(auditHead).where(eq(auditHead.id, 1));
    await expect(issueSecret(it.as(ADMIN))).rejects.toMatchObject({
      code: 'AUDIT_UNAVAILABLE',
      retryable: true,
    });
    expect(it.toy.writes).toEqual([]);
    await it.close();
  });

  test('an outcome that cannot be committed is told, for what was done', async () => {
    const it = await openTestServices(kind);
    it.toy.meanwhile('createSecret', async () => {
      await it.store.db.delete(auditHead).where(eq(auditHead.id, 1));
    });
    await expect(issueSecret(it.as(ADMIN))).rejects.toMatchObject({
      code: 'AUDIT_UNAVAILABLE',
      retryable: false,
    });
    expect(it.toy.writes).toEqual(['createSecret']);
    await it.close();
  });
});
