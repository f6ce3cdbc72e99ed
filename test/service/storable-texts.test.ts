import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SecretValue } from '../../src/domain/secret-value.ts';
import { createClientSecret } from '../../src/service/create-client-secret.ts';
import { revokeClientSecret } from '../../src/service/revoke-client-secret.ts';
import { verifyAuditChain } from '../../src/store/audit-chain.ts';
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

const NO_VALUE = new SecretValue('x');

describe.each(TEST_DATABASES)('a text that no database keeps, on %s', (kind) => {
  let it: TestServices;
  beforeAll(async () => {
    it = await openTestServices(kind);
  });
  afterAll(() => it.close());

  test.each([
    ['U+0000', 'a\0b'],
    ['half a surrogate pair', 'a\ud800b'],
  ])('with %s, comes into the audit trail as what is hashed there', async (_, text) => {
    const session = it.as(ADMIN, text);
    const { secret } = await issueSecret(session);
    await revokeClientSecret(session, { id: secret.id, reason: text, idempotencyKey: null });
    const last = (await it.store.db.select().from(auditEvents).orderBy(auditEvents.sequence)).at(-1);
    expect(last).toMatchObject({ actor: 'a\ufffdb', reason: 'a\ufffdb', outcome: 'SUCCEEDED' });
    expect(await verifyAuditChain(it.store, null)).toMatchObject({ faults: [] });
  });

  test.each(['\0', '\ud800'])('as a name or an id (%j), stops nobody else', async (text) => {
    const [operator, nobody] = [it.as(ADMIN), it.as([], 'nobody')];
    const { secret } = await issueSecret(operator);
    const id = { ...secret.id, tenant: text };
    const denied = [1, 2, 3].flatMap(() => [
      revokeClientSecret(nobody, { id, reason: null, idempotencyKey: null }),
      nobody.verify({ clientId: 'x', value: NO_VALUE, provider: text }),
    ]);
    const issued = Array.from({ length: 5 }, () =>
      createClientSecret(operator, { client: CLIENT, ...NEW_SECRET }),
    );
    const [answers] = await Promise.all([Promise.allSettled(denied), Promise.all(issued)]);
    expect(answers.map((it) => it.status === 'rejected' && it.reason.code)).toEqual(
      denied.map(() => 'NOT_FOUND'),
    );
    expect(await verifyAuditChain(it.store, null)).toMatchObject({ faults: [] });
  });
});
