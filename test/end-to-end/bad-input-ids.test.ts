import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeGlobalId } from '../../src/domain/ids.ts';
import { TEST_DATABASES } from '../database.ts';
import {
  CreateTenantDocument,
  DeleteClientDocument,
  RevokeClientSecretDocument,
  RotateClientSecretDocument,
} from '../generated/graphql.ts';
import { startTestGateway, type TestGateway } from '../gateway.ts';
import { testClock } from '../test-clock.ts';
import { inputFaults, refusalOf } from './input-faults.ts';
import { newClient, newInfisicalClient, newSecret, newTenant, newToken, partOf } from './world.ts';

const REVOKE = refusalOf('revokeClientSecret');

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
});
