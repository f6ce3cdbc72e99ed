import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RoleGrant } from '../../src/domain/actor.ts';
import type { IssuedSecret } from '../../src/domain/client-secret.ts';
import { createClient } from '../../src/service/create-client.ts';
import { createClientSecret } from '../../src/service/create-client-secret.ts';
import { createTenant } from '../../src/service/create-tenant.ts';
import type { Session } from '../../src/service/session.ts';
import { auditEvents } from '../../src/store/tables/gateway.ts';
import { TEST_DATABASES } from '../database.ts';
import { ADMIN, NEW_SECRET, openTestServices, type TestServices } from './test-services.ts';

describe.each(TEST_DATABASES)('verifying a secret, on %s', (kind) => {
  let it: TestServices;
  let issued: IssuedSecret;
  beforeAll(async () => {
    it = await openTestServices(kind, { withLocal: true });
    issued = await issue(it.as(ADMIN), 1);
  });
  afterAll(() => it.close());

  const issue = async (session: Session, maxUses: number | null) => {
    const none = { description: null, idempotencyKey: null };
    const tenant = await createTenant(session, { provider: 'local', name: 'T', ...none });
    const about = { identity: null, name: 'C', kind: null, redirectUris: null, attributes: null };
    const { client } = await createClient(session, { tenant: tenant.id, ...about, ...none });
    return createClientSecret(session, { client: client.id, ...NEW_SECRET, maxUses });
  };
  const verify = ({ clientId, value }: IssuedSecret, grants: readonly RoleGrant[] = ADMIN) =>
    it.as(grants).verify({ clientId, value, provider: null });
  const failures = async () => {
    const rows = await it.store.db.select().from(auditEvents).orderBy(auditEvents.sequence);
    return rows.filter(({ action }) => action === 'clientSecret.verify');
  };

  test('of 1 000 at once with one use, one succeeds, and every failure is in the trail before its answer', async () => {
    const answers = await Promise.all(Array.from({ length: 1000 }, () => verify(issued)));
    expect(answers.filter(({ valid }) => valid).length).toBe(1);
    const events = await failures();
    expect(events.filter(({ outcome }) => outcome === 'STARTED').length).toBe(999);
    expect(
      events.filter(({ outcome, reason }) => outcome === 'FAILED' && reason === 'EXHAUSTED').length,
    ).toBe(999);
    expect(new Set(events.map(({ operationId }) => operationId)).size).toBe(999);
  }, 60_000);

  test('a success is counted in the secret, and leaves no event', async () => {
    const lasting = await issue(it.as(ADMIN), null);
    const before = (await failures()).length;
    expect(await verify(lasting)).toMatchObject({ valid: true, secret: { useCount: 1 } });
    expect((await failures()).length).toBe(before);
  });

  test('a reader of that tenant may ask, one of another is told a mismatch', async () => {
    const lasting = await issue(it.as(ADMIN), null);
    const { tenant } = lasting.secret.id;
    expect(await verify(lasting, [{ role: 'READER', provider: 'local', tenant }])).toMatchObject({
      valid: true,
    });
    expect(await verify(lasting, [{ role: 'READER', provider: 'local', tenant: 'other' }])).toMatchObject({
      valid: false,
      reason: 'MISMATCH',
    });
    expect(await verify(lasting, [{ role: 'AUDITOR', provider: null, tenant: null }])).toMatchObject({
      reason: 'MISMATCH',
    });
  });

  test('an unknown provider is not there; one that cannot verify says so', async () => {
    const input = { clientId: 'c', value: issued.value };
    await expect(it.as(ADMIN).verify({ ...input, provider: 'nowhere' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await failures()).at(-1)).toMatchObject({ outcome: 'DENIED', provider: null, tenant: null });
    await expect(it.as(ADMIN).verify({ ...input, provider: 'toy' })).rejects.toMatchObject({
      code: 'UNSUPPORTED',
      operation: 'VERIFY_CLIENT_SECRET',
    });
  });
});
