import { afterAll, beforeAll, expect, test } from 'vitest';
import { UPSTREAM_LIMITS } from '../../src/provider-kit/upstream-limits.ts';
import {
  CreateClientDocument,
  CreateClientSecretDocument,
  ProvidersDocument,
  RevokeClientSecretDocument,
  TenantDocument,
} from '../generated/graphql.ts';
import { startTestGateway, type TestGateway } from '../gateway.ts';
import {
  expectType,
  infisicalTenant,
  newClient,
  newInfisicalClient,
  newSecret,
  newTenant,
  newToken,
  partOf,
} from './world.ts';

const READS_AT_ONCE = UPSTREAM_LIMITS.concurrent;

let it: TestGateway;
beforeAll(
  async () =>
    void (it = await startTestGateway({
      database: 'pglite',
      readDeadline: 'PT20S',
      requestDeadline: 'PT1M',
    })),
);
afterAll(() => it.close());

test('a name that looks like a value blinds nobody', async () => {
  const [mine, other] = [await newTenant(it, 'mine'), await newTenant(it, 'other')];
  const operator = await newToken(it, { role: 'OPERATOR', provider: 'local', tenant: partOf(mine, 2) });
  const name = `kf_${'A'.repeat(49)}`;
  const made = await it.query(CreateClientDocument, { input: { tenant: mine, name } }, operator);
  expectType(made.createClient, 'CreateClientSuccess');
  await newClient(it, other, 'innocent');
  const clients = async (tenant: string) =>
    (await it.query(TenantDocument, { provider: 'local', externalId: partOf(tenant, 2) })).tenant?.clients;
  expect(await clients(mine)).toMatchObject({ nodes: [{ name }] });
  expect(await clients(other)).toMatchObject({ nodes: [{ name: 'innocent' }] });
  const { providers } = await it.query(ProvidersDocument, {});
  expect(providers.find((provider) => provider.name === 'local')?.health.status).toBe('UP');
});

test('a read that fails after the write does not say: try again', async () => {
  const client = await newInfisicalClient(it, 'nested');
  const isList = ({ method, path }: { method: string; path: string }) =>
    method === 'GET' && path.endsWith(`/${partOf(client.id, 3)}/client-secrets`);
  it.infisical.inject({ match: isList, times: 10, kind: { status: 500 } });
  const nested = CreateClientSecretDocument.toString().replace(
    /\bhint\b/,
    'client { secrets { nodes { id } } }',
  );
  const { data, errors } = await it.ask(nested, { input: { client: client.id } });
  expect(data).toMatchObject({ createClientSecret: { issued: { value: expect.any(String) } } });
  expect(errors).toMatchObject([
    {
      path: ['createClientSecret', 'issued', 'clientSecret', 'client', 'secrets'],
      extensions: { code: 'PROVIDER_UNAVAILABLE', retryable: false, hint: expect.stringMatching(/stands/) },
    },
  ]);
});

test('readers who take all the places at a vendor keep no operator from revoking', async () => {
  const client = await newInfisicalClient(it);
  const { clientSecret } = await newSecret(it, client.id);
  const reader = await newToken(it, { role: 'READER', provider: 'infisical' });
  const isList = ({ method, path }: { method: string; path: string }) =>
    method === 'GET' && path === '/api/v1/identities';
  it.infisical.inject({ match: isList, times: Infinity, kind: 'silence' });
  const before = it.infisical.requests.filter(isList).length;
  let answered = 0;
  // No two of those that are on their way together ask the same.
  const list = `query($id: ID!, $first: Int) { node(id: $id) { ... on Tenant { clients(first: $first) { nodes { name } } } } }`;
  const readers = Array.from({ length: 2 * READS_AT_ONCE }, async (_, i) => {
    await it.ask(list, { id: infisicalTenant(it), first: (i % READS_AT_ONCE) + 1 }, reader);
    answered += 1;
  });
  const listed = () => it.infisical.requests.filter(isList).length - before;
  await expect.poll(listed, { interval: 5 }).toBe(READS_AT_ONCE);
  const { revokeClientSecret } = await it.query(RevokeClientSecretDocument, {
    input: { id: clientSecret.id },
  });
  expectType(revokeClientSecret, 'RevokeClientSecretSuccess');
  expect(answered).toBe(0);
  await it.infisical.close();
  await Promise.all(readers);
});
