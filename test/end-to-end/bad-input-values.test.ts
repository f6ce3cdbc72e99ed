import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TEST_DATABASES } from '../database.ts';
import {
  CreateClientDocument,
  CreateClientSecretDocument,
  CreateTenantDocument,
} from '../generated/graphql.ts';
import { startTestGateway, type TestGateway } from '../gateway.ts';
import { testClock } from '../test-clock.ts';
import { inputFaults, refusalOf } from './input-faults.ts';
import { newClient, newInfisicalClient, newSecret, newTenant, newToken, partOf } from './world.ts';

const VERIFY = `mutation($input: VerifyClientSecretInput!) {
  verifyClientSecret(input: $input) { ... on GatewayError { code } }
}`;

describe.each(TEST_DATABASES.slice(-1))('bad input over HTTP, on %s', (database) => {
  const clock = testClock();
  let it: TestGateway;
  let tenant: string;
  let client: string;
  beforeAll(async () => {
    it = await startTestGateway({ database, clock });
    tenant = await newTenant(it);
    client = (await newClient(it, tenant)).id;
  });
  afterAll(() => it.close());

  const fieldsOf = inputFaults(() => it);

  test('an expiry in the past, on both providers, before the vendor is asked', async () => {
    const infisical = (await newInfisicalClient(it)).id;
    const calls = it.infisical.requests.length;
    for (const of of [client, infisical]) {
      const input = { client: of, expiresAt: new Date(clock.now().getTime() - 1).toISOString() };
      expect(await fieldsOf(CreateClientSecretDocument, input)).toEqual([
        'input.expiresAt: lies in the past; give a moment that is still to come',
      ]);
    }
    expect(it.infisical.requests.length).toBe(calls);
  });

  test('an expiry beyond what the vendor takes', async () => {
    const infisical = (await newInfisicalClient(it)).id;
    expect(await fieldsOf(CreateClientSecretDocument, { client: infisical, expiresIn: 'P3651D' })).toEqual([
      'input.expiresIn: a secret of this provider lives at most P3650D',
    ]);
  });

  test('an end beyond the year 9999, of a secret and of an access token', async () => {
    const late = '9999-12-31T23:59:59-01:00';
    const message = 'lies beyond the year 9999; give an earlier one';
    const token = { name: 'x', roles: [{ role: 'READER' }] };
    const { clientSecret } = await newSecret(it, client);
    for (const [verb, input, field] of [
      ['createClientSecret', { client, expiresAt: late }, 'expiresAt'],
      ['updateClientSecret', { id: clientSecret.id, expiresAt: late }, 'expiresAt'],
      ['rotateClientSecret', { id: clientSecret.id, expiresAt: late }, 'expiresAt'],
      ['createClientSecret', { client, expiresIn: 'P4000000D' }, 'expiresIn'],
      ['createClientSecret', { client, expiresIn: 'P99999999D' }, 'expiresIn'],
      ['createAccessToken', { ...token, expiresIn: 'P4000000D' }, 'expiresIn'],
      ['createAccessToken', { ...token, expiresIn: 'P99999999D' }, 'expiresIn'],
    ] as const) {
      expect(await fieldsOf(refusalOf(verb), input)).toEqual([`input.${field}: ${message}`]);
    }
  });

  test.each(['\0', '\ud800'])(
    'a text that no database keeps (%j), which stops no other write',
    async (bad) => {
      const reader = await newToken(it, { role: 'READER', provider: 'local', tenant: partOf(tenant, 2) });
      const forged = Buffer.from(JSON.stringify(['Tenant', 'local', bad])).toString('base64url');
      const ask = (document: string, variables: object = {}) =>
        it.ask<{ verifyClientSecret?: { code: string } }>(document, { ...variables }, reader);
      const asked = Array.from({ length: 10 }, () => [
        ask(VERIFY, { input: { clientId: 'x', value: 'y', provider: bad } }),
        ask(`{ node(id: "${forged}") { id } }`),
        ask('query($actor: String) { auditEvents(filter: { actor: $actor }) { totalCount } }', {
          actor: bad,
        }),
        ask('query($at: [String!]) { rotations(filter: { providers: $at }) { totalCount } }', { at: [bad] }),
      ]).flat();
      await Promise.all(Array.from({ length: 10 }, () => newSecret(it, client)));
      const codes = (await Promise.all(asked)).map(
        ({ data, errors }) => errors[0]?.extensions['code'] ?? data?.verifyClientSecret?.code,
      );
      expect(codes).toEqual(asked.map(() => 'BAD_USER_INPUT'));
      expect((await it.gateway.verifyAuditTrail(null)).faults).toEqual([]);
    },
  );

  test('both expiresAt and expiresIn', async () => {
    const input = { client, expiresAt: '2030-01-01T00:00:00Z', expiresIn: 'P1D' };
    expect(await fieldsOf(CreateClientSecretDocument, input)).toEqual([
      'input.expiresIn: cannot be combined with expiresAt',
    ]);
  });

  test('durations that are none, or have no fixed length', async () => {
    for (const expiresIn of ['P1M', 'P1Y', 'PT0S']) {
      expect((await fieldsOf(CreateClientSecretDocument, { client, expiresIn }))?.length).toBe(1);
    }
  });

  test('a name that is empty, and one of 10 000 characters, with every fault at once', async () => {
    expect(await fieldsOf(CreateTenantDocument, { provider: 'local', name: '  ' })).toEqual([
      'input.name: must not be empty',
    ]);
    const input = { tenant, name: 'n'.repeat(10_000), redirectUris: ['nowhere'], idempotencyKey: 'short' };
    expect((await fieldsOf(CreateClientDocument, input))?.sort()).toEqual([
      'input.idempotencyKey: must have at least 8 characters',
      'input.name: must have at most 255 characters',
      'input.redirectUris.0: must be an absolute URI without a fragment',
    ]);
  });

  test('a value of the wrong type is not repeated in the error', async () => {
    const secret = 'kf_hunter2hunter2';
    for (const [query, variables] of [
      [
        'mutation($i: VerifyClientSecretInput!) { verifyClientSecret(input: $i) { __typename } }',
        { i: { clientId: 'c', value: [secret] } },
      ],
      [`mutation { verifyClientSecret(input: { clientId: "c", value: ["${secret}"] }) { __typename } }`, {}],
      [`mutation { verifyClientSecret(input: { clientId: "c", value: "${secret} }) { __typename } }`, {}],
    ] as const) {
      const { errors } = await it.ask(query, variables);
      expect(errors[0]?.extensions['code']).toBe('BAD_USER_INPUT');
      expect(JSON.stringify(errors)).not.toContain(secret);
    }
  });
});
