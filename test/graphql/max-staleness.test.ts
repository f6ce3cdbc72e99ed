import { expect, test } from 'vitest';
import { encodeGlobalId } from '../../src/domain/ids.ts';
import type { Session } from '../../src/service/session.ts';
import { ask } from './ask.ts';
import { clientId, memorySession, secretId, secretOf, TENANT } from './memory-session.ts';

/** What was read, each with how old it might be. */
function open(options: Parameters<typeof memorySession>[0] = {}) {
  const reads: string[] = [];
  const noting = (how: string) =>
    memorySession({ ...options, noteRead: (read) => reads.push(`${read} ${how}`) }).read;
  const session: Session = {
    ...memorySession(options),
    read: noting('live'),
    recent: (maxStalenessMs) => noting(String(maxStalenessMs)),
  };
  return { session, reads };
}

const tenant = encodeGlobalId('Tenant', TENANT);
const BELOW = '{ name clients { nodes { secrets { nodes { client { name } tenant { name } } } } } }';

test('what is said at a root field holds for all that is below it', async () => {
  const { session, reads } = open();
  const { errors } = await ask(
    `query($tenant: ID!) { node(id: $tenant, maxStaleness: "PT5S") { ... on Tenant ${BELOW} } }`,
    { tenant },
    session,
  );
  expect(errors).toEqual([]);
  expect(reads).toEqual(['tenants 1 5000', 'listClients 1 5000', 'listSecrets 2 5000']);
});

test('left out, it is as each provider is configured', async () => {
  const { session, reads } = open();
  await ask(`query($tenant: ID!) { node(id: $tenant) { ... on Tenant ${BELOW} } }`, { tenant }, session);
  expect(reads).toEqual(['tenants 1 null', 'listClients 1 null', 'listSecrets 2 null']);
});

test('root fields that say the same share their reads, and others do not mix', async () => {
  const { session, reads } = open();
  const { data, errors } = await ask(
    `query($tenant: ID!) {
      old: node(id: $tenant, maxStaleness: "PT1M") { ...Clients }
      same: node(id: $tenant, maxStaleness: "PT60S") { ...Clients }
      live: node(id: $tenant, maxStaleness: "PT0S") { ...Clients }
      usual: node(id: $tenant) { ...Clients }
    }
    fragment Clients on Tenant { clients { nodes { name } } }`,
    { tenant },
    session,
  );
  expect([errors, Object.keys(data ?? {})]).toEqual([[], ['old', 'same', 'live', 'usual']]);
  const each = (read: string) => [60_000, 0, null].map((how) => `${read} 1 ${how}`);
  expect(reads.toSorted()).toEqual([...each('listClients'), ...each('tenants')].toSorted());
});

test.each([
  ['node', `node(id: "${tenant}", maxStaleness: $age) { id }`],
  ['nodes', `nodes(ids: ["${tenant}"], maxStaleness: $age) { id }`],
  ['providers', 'providers(maxStaleness: $age) { tenants { nodes { name } } }'],
  ['provider', 'provider(name: "local", maxStaleness: $age) { tenants { nodes { name } } }'],
  ['tenants', 'tenants(maxStaleness: $age) { nodes { name } }'],
  ['tenant', 'tenant(provider: "local", externalId: "t", maxStaleness: $age) { name }'],
  ['identity', 'identity(provider: "local", tenant: "t", externalId: "i", maxStaleness: $age) { name }'],
  ['client', 'client(provider: "local", tenant: "t", externalId: "c000", maxStaleness: $age) { name }'],
  [
    'clientSecret',
    'clientSecret(provider: "local", tenant: "t", client: "c000", externalId: "s000", maxStaleness: $age) { id }',
  ],
])('the root field %s takes it, and says so where it is wrong', async (field, text) => {
  const { session, reads } = open();
  const document = `query($age: Duration) { ${text} }`;
  expect((await ask(document, { age: 'PT0.5S' }, session)).errors).toEqual([]);
  expect(reads.length).toBeGreaterThan(0);
  expect(reads.filter((read) => !read.endsWith(' 500'))).toEqual([]);
  for (const [age, message] of [
    ['PT1M0.001S', 'must be at most PT1M'],
    ['P1M', 'must be an ISO 8601 duration of weeks, days, hours, minutes and seconds, such as P30D'],
  ]) {
    const { errors } = await ask(document, { age }, session);
    expect(errors).toMatchObject([
      {
        path: [field],
        extensions: { code: 'BAD_USER_INPUT', fields: [{ path: ['maxStaleness'], message }] },
      },
    ]);
  }
});

test('what is read below a mutation is live', async () => {
  const secret = secretOf(secretId(clientId(0), 0));
  const { session, reads } = open({
    results: { 'clientSecret.revoke': { secret, effectiveBy: new Date() } },
  });
  const { errors } = await ask(
    `mutation($id: ID!) { revokeClientSecret(input: { id: $id }) {
      ... on RevokeClientSecretSuccess { clientSecret { client { name secrets { nodes { id } } } } }
    } }`,
    { id: encodeGlobalId('ClientSecret', secret.id) },
    session,
  );
  expect(errors).toEqual([]);
  expect(reads).toEqual(['clients 1 live', 'listSecrets 1 live']);
});
