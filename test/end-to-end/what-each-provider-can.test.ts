import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeGlobalId, type ClientId, type TenantId } from '../../src/domain/ids.ts';
import { OPERATIONS, type Operation } from '../../src/domain/operation.ts';
import { pause } from '../../src/provider-kit/pause.ts';
import type { Seeds, Setting } from '../conformance/harness.ts';
import { NAME } from '../conformance/harness.ts';
import { startTestGateway, type TestGateway } from '../gateway.ts';
import { testClock } from '../test-clock.ts';
import { ARENAS } from './arenas.ts';

const ON_CLIENT: readonly Operation[] = ['UPDATE_CLIENT', 'DELETE_CLIENT', 'CREATE_CLIENT_SECRET'];
const ON_ACTIVE_SECRET: readonly Operation[] = [
  'UPDATE_CLIENT_SECRET',
  'DISABLE_CLIENT_SECRET',
  'ROTATE_CLIENT_SECRET',
  'REVOKE_CLIENT_SECRET',
  'REVEAL_CLIENT_SECRET',
];
/** Of these the vendor may insist that another secret stays. */
const ENDING: ReadonlySet<Operation> = new Set([
  'DISABLE_CLIENT_SECRET',
  'ENABLE_CLIENT_SECRET',
  'REVOKE_CLIENT_SECRET',
]);

describe.each(ARENAS)('$name', ({ definition, start, clientKind, capabilities, lacking, inputs }) => {
  const clock = testClock();
  const lacked = new Set(lacking);
  const can = new Set(capabilities.operations.filter((operation) => !lacked.has(operation)));
  let setting: Setting<undefined>;
  let it: TestGateway;
  let seeds: Seeds;
  let tenant: TenantId;
  beforeAll(async () => {
    setting = await start(clock);
    it = await startTestGateway({
      database: 'pglite',
      clock,
      providers: { [NAME]: Object.assign({}, setting.options) },
    });
    const connect = () => ({ send: () => Promise.reject(new Error('seeds come from the simulator')) });
    const world = { name: NAME, connect, database: undefined, clock, pause };
    const call = { signal: new AbortController().signal, requestId: 'seeds' };
    seeds = setting.seeds(definition.open(definition.options.parse(setting.options), world), call);
    tenant = await seeds.tenant();
  });
  afterAll(async () => {
    await it.close();
    await setting.close();
  });

  test('its capabilities are those of its page', async () => {
    const { data } = await it.ask(
      `query ($name: String!) { provider(name: $name) { capabilities {
        operations secretRetrieval rotation maxActiveSecretsPerClient minSecretLifetime maxSecretLifetime
        supportsSecretExpiry revocationDelay } } }`,
      { name: NAME },
    );
    expect(data).toEqual({ provider: { capabilities } });
  });

  test('its objects offer what they can, and only that', async () => {
    const client = await seeds.client(tenant);
    const secret = await seeds.secret(client);
    const ids = [encodeGlobalId('Client', client), encodeGlobalId('ClientSecret', secret.id)];
    const { data, errors } = await it.ask(
      `query ($ids: [ID!]!) { nodes(ids: $ids) {
        ... on Client { kind availableOperations }
        ... on ClientSecret { status retrievable availableOperations } } }`,
      { ids },
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({
      nodes: [
        { kind: clientKind, availableOperations: ON_CLIENT.filter((it) => can.has(it)) },
        {
          status: 'ACTIVE',
          retrievable: can.has('REVEAL_CLIENT_SECRET'),
          availableOperations: ON_ACTIVE_SECRET.filter((it) => can.has(it)),
        },
      ],
    });
  });

  const run = async (operation: Operation) => {
    const input = await inputOf(operation);
    const before = setting.traffic();
    const verb = operation.toLowerCase().replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
    const type = `${verb.charAt(0).toUpperCase()}${verb.slice(1)}`;
    const { data, errors } = await it.ask<Record<string, { __typename: string; hint?: string }>>(
      `mutation ($input: ${type}Input!) { ${verb}(input: $input) { __typename
        ... on GatewayError { message hint } ... on UnsupportedError { operation } } }`,
      { input },
    );
    expect(errors).toEqual([]);
    return { result: data?.[verb], success: `${type}Success`, sent: setting.traffic() - before };
  };

  test.each(OPERATIONS.filter((operation) => can.has(operation)))('%s works', async (operation) => {
    const { result, success } = await run(operation);
    expect(result).toEqual({ __typename: success });
  });

  test.each(OPERATIONS.filter((operation) => !can.has(operation)))(
    '%s is refused with what to do instead, and the vendor is not asked',
    async (operation) => {
      const { result, sent } = await run(operation);
      expect(result).toMatchObject({
        __typename: 'UnsupportedError',
        operation,
        hint: expect.stringMatching(/^[A-Z].{20,}\.$/),
      });
      expect(sent).toBe(0);
    },
  );

  /** On objects that nothing else has touched. */
  async function inputOf(operation: Operation): Promise<object> {
    if (operation === 'CREATE_TENANT') return { provider: NAME, name: 'new' };
    if (operation.endsWith('_TENANT')) return { id: encodeGlobalId('Tenant', tenant), ...named(operation) };
    if (operation === 'CREATE_IDENTITY') return { tenant: encodeGlobalId('Tenant', tenant), name: 'new' };
    if (operation.endsWith('_IDENTITY')) {
      return { id: encodeGlobalId('Identity', await seeds.identity(tenant)), ...named(operation) };
    }
    if (operation === 'CREATE_CLIENT') return newClient();
    const client = await seeds.client(tenant);
    if (operation === 'UPDATE_CLIENT') return { id: encodeGlobalId('Client', client), ...inputs.client };
    if (operation === 'DELETE_CLIENT') return { id: encodeGlobalId('Client', client) };
    if (operation === 'CREATE_CLIENT_SECRET') return { client: encodeGlobalId('Client', client) };
    return onSecret(operation, client);
  }

  async function onSecret(operation: Operation, client: ClientId): Promise<object> {
    const { id: secret, value } = await seeds.secret(client);
    if (ENDING.has(operation)) await seeds.secret(client);
    const id = encodeGlobalId('ClientSecret', secret);
    if (operation === 'ENABLE_CLIENT_SECRET' && can.has(operation)) {
      await it.ask('mutation ($id: ID!) { disableClientSecret(input: { id: $id }) { __typename } }', { id });
    }
    if (operation === 'VERIFY_CLIENT_SECRET') return { provider: NAME, clientId: client.client, value };
    if (operation === 'UPDATE_CLIENT_SECRET') return { id, ...inputs.secret };
    if (operation === 'ROTATE_CLIENT_SECRET') return { id, ...inputs.rotation };
    if (operation === 'REVEAL_CLIENT_SECRET') return { id, reason: 'the service lost it' };
    return { id };
  }

  async function newClient(): Promise<object> {
    const { identity, redirectUris, attributes, ...rest } = await seeds.newClient(tenant);
    const given = { ...rest, redirectUris, attributes };
    return {
      tenant: encodeGlobalId('Tenant', tenant),
      ...(identity && { identity: encodeGlobalId('Identity', identity) }),
      ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)),
    };
  }
});

function named(operation: Operation): { readonly name?: string } {
  return operation.startsWith('UPDATE') ? { name: 'renamed' } : {};
}
