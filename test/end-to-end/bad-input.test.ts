import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeGlobalId } from '../../src/domain/ids.ts';
import { TEST_DATABASES } from '../database.ts';
import {
  CreateClientDocument,
  CreateClientSecretDocument,
  CreateTenantDocument,
  DeleteClientDocument,
  RevokeClientSecretDocument,
  RotateClientSecretDocument,
} from '../generated/graphql.ts';
import { startTestGateway, type TestGateway } from '../gateway.ts';
import { testClock } from '../test-clock.ts';
import { newClient, newInfisicalClient, newSecret, newTenant, newToken, partOf } from './world.ts';

/** The verb's document that shows every fault of its input. */
const refusalOf = (verb: string) => `mutation($input: ${verb.charAt(0).toUpperCase()}${verb.slice(1)}Input!) {
  ${verb}(input: $input) { ... on InvalidInputError { fields { path message } } }
}`;
const REVOKE = refusalOf('revokeClientSecret');
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

  const fieldsOf = async (document: { toString(): string }, input: object) => {
    const { data, errors } = await it.ask<Record<string, { fields?: { path: string[]; message: string }[] }>>(
      document.toString(),
      { input },
    );
    expect(errors).toEqual([]);
    return Object.values(data ?? {})[0]?.fields?.map(({ path, message }) => `${path.join('.')}: ${message}`);
  };
  const errorOf = async (query: string) => {
    const { data, errors } = await it.ask(query);
    return { data, error: errors[0] };
  };

  test('an unknown provider', async () => {
    const { data } = await it.ask(CreateTenantDocument, { input: { provider: 'nowhere', name: 'x' } });
    expect(data).toMatchObject({ createTenant: { code: 'NOT_FOUND' } });
    expect(await errorOf('{ tenants(providers: ["nowhere"]) { totalCount } }')).toMatchObject({
      data: null,
      error: {
        message: 'providers.0: is not the name of a provider here',
        extensions: {
          code: 'BAD_USER_INPUT',
          hint: 'The providers that you may read are: local, infisical.',
        },
      },
    });
    expect((await errorOf('{ provider(name: "nowhere") { name } }')).data).toEqual({ provider: null });
  });

  test.each([
    ['malformed', 'nonsense', 'is not an id of this gateway'],
    [
      'of another type',
      encodeGlobalId('Tenant', { provider: 'local', tenant: 'x' }),
      'is the id of a Tenant; a ClientSecret is asked for',
    ],
  ])('an id that is %s', async (_, id, message) => {
    expect(await fieldsOf(REVOKE, { id })).toEqual([`input.id: ${message}`]);
    const before = (await it.ask('{ auditEvents { totalCount } }')).data;
    await fieldsOf(REVOKE, { id });
    expect((await it.ask('{ auditEvents { totalCount } }')).data).toEqual(before);
  });

  test('an id of another gateway', async () => {
    const id = encodeGlobalId('ClientSecret', {
      provider: 'elsewhere',
      tenant: 'a',
      client: 'b',
      secret: 'c',
    });
    const { data } = await it.ask(RevokeClientSecretDocument, { input: { id } });
    expect(data).toMatchObject({ revokeClientSecret: { code: 'NOT_FOUND' } });
    expect((await errorOf(`{ node(id: "${id}") { id } }`)).data).toEqual({ node: null });
    expect((await errorOf('{ node(id: "nonsense") { id } }')).error).toMatchObject({
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  test.each([
    ['first: -1', 'first: must be from 1 to 100'],
    ['first: 0', 'first: must be from 1 to 100'],
    ['first: 100000', 'first: must be from 1 to 100'],
    ['last: 101', 'last: must be from 1 to 100'],
    ['first: 1, last: 1', 'last: cannot be combined with first or after'],
    ['after: "nonsense"', 'after: is not a cursor of this list; use one that it gave you'],
  ])('a page of (%s)', async (page, message) => {
    const { error } = await errorOf(`{ tenants(${page}) { totalCount } }`);
    expect(error).toMatchObject({ message, path: ['tenants'], extensions: { code: 'BAD_USER_INPUT' } });
  });

  const cursor = (text: string) => Buffer.from(text).toString('base64url');
  const id = '00000000-0000-4000-8000-000000000000';
  test.each([
    ['accessTokens', 'after', cursor(`999999999999999.${id}`)],
    ['rotations', 'before', cursor(`253402300800000.${id}`)],
    ['tenants', 'after', cursor('["local","\\q"]')],
    ['tenants', 'after', cursor(JSON.stringify(['local', 'a\0']))],
    ['tenants', 'before', cursor('["local"]')],
    ['tenants', 'after', cursor('["local","a","b"]')],
  ])('a forged cursor of %s', async (list, side, forged) => {
    expect((await errorOf(`{ ${list}(${side}: "${forged}") { nodes { id } } }`)).error).toMatchObject({
      message: `${side}: is not a cursor of this list; use one that it gave you`,
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  test('a malformed cursor of a provider’s own list', async () => {
    const { error } = await errorOf(
      `{ node(id: "${tenant}") { ... on Tenant { clients(before: "x") { totalCount } } } }`,
    );
    expect(error).toMatchObject({ message: expect.stringMatching(/^before: /), path: ['node', 'clients'] });
  });

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

  test('a secret of another tenant is not there', async () => {
    const { clientSecret } = await newSecret(it, client);
    const stranger = await newToken(it, {
      role: 'OPERATOR',
      provider: 'local',
      tenant: partOf(await newTenant(it), 2),
    });
    const input = { id: clientSecret.id };
    for (const document of [RevokeClientSecretDocument, RotateClientSecretDocument]) {
      const { data } = await it.ask<Record<string, object>>(document.toString(), { input }, stranger);
      expect(Object.values(data ?? {})[0]).toMatchObject({ code: 'NOT_FOUND' });
    }
    const read = await it.ask(`{ node(id: "${clientSecret.id}") { id } }`, {}, stranger);
    expect(read.data).toEqual({ node: null });
  });

  test('a secret moved under another client by its id is not there', async () => {
    const { clientSecret } = await newSecret(it, client);
    const other = (await newClient(it, tenant)).id;
    const forged = encodeGlobalId('ClientSecret', {
      provider: 'local',
      tenant: partOf(tenant, 2),
      client: partOf(other, 3),
      secret: partOf(clientSecret.id, 4),
    });
    const { data } = await it.ask(RevokeClientSecretDocument, { input: { id: forged } });
    expect(data).toMatchObject({ revokeClientSecret: { code: 'NOT_FOUND' } });
  });

  test('deleting a client that has secrets, on both providers', async () => {
    const infisical = (await newInfisicalClient(it)).id;
    for (const of of [(await newClient(it, tenant)).id, infisical]) {
      await newSecret(it, of);
      const { data } = await it.ask(DeleteClientDocument, { input: { id: of } });
      expect(data).toMatchObject({
        deleteClient: {
          code: 'CONFLICT',
          message: 'This client has secrets that still work. Revoke them first.',
        },
      });
    }
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
