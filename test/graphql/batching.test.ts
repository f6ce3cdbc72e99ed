import { expect, test } from 'vitest';
import { ProviderUnavailableError } from '../../src/domain/gateway-error.ts';
import { encodeGlobalId } from '../../src/domain/ids.ts';
import { KeyLoader } from '../../src/graphql/batch.ts';
import { ClientsOfTenantDocument } from '../generated/graphql.ts';
import { ask } from './ask.ts';
import { clientId, memorySession, secretId, secretOf, TENANT } from './memory-session.ts';

const tenant = encodeGlobalId('Tenant', TENANT);

test('the secrets of 50 clients, and the client of each secret, are one read of a list', async () => {
  const session = memorySession({ clients: 50, secretsEach: 20 });
  const { data, errors } = await ask(ClientsOfTenantDocument, { tenant, first: 50, secrets: 20 }, session);
  expect(errors).toEqual([]);
  const clients = data?.node && 'clients' in data.node ? (data.node.clients?.nodes ?? []) : [];
  expect(clients).toHaveLength(50);
  expect(clients.flatMap(({ secrets }) => secrets?.nodes ?? [])).toHaveLength(1000);
  expect(session.reads).toEqual(['tenants 1', 'listClients 1', 'listSecrets 50']);
});

test('lists with other arguments are other reads', async () => {
  const session = memorySession({ clients: 2 });
  await ask(
    `query($tenant: ID!) { node(id: $tenant) { ... on Tenant { clients { nodes {
      one: secrets(first: 1) { nodes { id } }
      same: secrets(first: 1) { edges { cursor } }
      counted: secrets(first: 1) { totalCount }
      active: secrets(first: 1, status: [ACTIVE]) { nodes { id } }
    } } } } }`,
    { tenant },
    session,
  );
  expect(session.reads).toEqual([
    'tenants 1',
    'listClients 1',
    'listSecrets 2',
    'listSecrets 2',
    'listSecrets 2',
  ]);
});

test('what a list held is not fetched again, and what is above a secret is found by its id', async () => {
  const session = memorySession();
  const ids = [0, 1].map((n) => encodeGlobalId('ClientSecret', secretId(clientId(n), 0)));
  const { data } = await ask(
    'query($ids: [ID!]!) { nodes(ids: $ids) { ... on ClientSecret { client { name } tenant { name } rotation { state } } } }',
    { ids },
    session,
  );
  expect(data).toEqual({
    nodes: [
      { client: { name: 'Client c000' }, tenant: { name: 'Tenant' }, rotation: { state: 'OVERLAPPING' } },
      { client: { name: 'Client c001' }, tenant: { name: 'Tenant' }, rotation: null },
    ],
  });
  expect(session.reads.toSorted()).toEqual(['clients 2', 'openRotations 2', 'secrets 2', 'tenants 1']);
});

test('the same list, asked for three times, is read once', async () => {
  const session = memorySession();
  const lists = ['a', 'b', 'c'].map(
    (name) => `${name}: clients(first: 9) { nodes { secrets { nodes { id } } } }`,
  );
  await ask(
    `query($tenant: ID!) { node(id: $tenant) { ... on Tenant { ${lists.join(' ')} } } }`,
    { tenant },
    session,
  );
  expect(session.reads).toEqual(['tenants 1', 'listClients 1', 'listSecrets 2']);
});

test('more keys than one read may have go into several', async () => {
  const batches: number[] = [];
  const loader = new KeyLoader(async (keys: readonly number[]) => {
    batches.push(keys.length);
    return keys;
  }, String);
  const keys = Array.from({ length: 600 }, (_, n) => n);
  expect(await Promise.all(keys.map((key) => loader.load(key)))).toEqual(keys);
  expect(batches).toEqual([250, 250, 100]);
});

test('a list that fails is null, with its error, and leaves the lists beside it', async () => {
  const failing = new Map([
    ['c001', new ProviderUnavailableError('Down.', { provider: 'local', applied: 'NO', retryAfterMs: 1500 })],
  ]);
  const { data, errors } = await ask(
    'query($tenant: ID!) { node(id: $tenant) { ... on Tenant { clients { nodes { secrets(first: 1) { nodes { hint } } } } } } }',
    { tenant },
    memorySession({ failing }),
  );
  expect(data).toEqual({
    node: { clients: { nodes: [{ secrets: { nodes: [{ hint: 'kf_x' }] } }, { secrets: null }] } },
  });
  expect(errors).toMatchObject([
    {
      path: ['node', 'clients', 'nodes', 1, 'secrets'],
      extensions: { code: 'PROVIDER_UNAVAILABLE', provider: 'local', retryAfter: 'PT1.5S', retryable: true },
    },
  ]);
});

test('what was read before a write is read again after it', async () => {
  const id = encodeGlobalId('ClientSecret', secretId(clientId(0), 0));
  const session = memorySession({ results: { 'clientSecret.disable': secretOf(secretId(clientId(0), 0)) } });
  const disable = `disableClientSecret(input: { id: "${id}" }) {
    ... on DisableClientSecretSuccess { clientSecret { client { name } } } }`;
  await ask(`mutation { first: ${disable} second: ${disable} }`, {}, session);
  expect(session.reads).toEqual(['clients 1', 'clients 1']);
});
