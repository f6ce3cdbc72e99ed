import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOUR } from '../../src/domain/duration.ts';
import { buildSchema } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TEST_DATABASES } from '../database.ts';
import { CreateAccessTokenDocument, RevokeAccessTokenDocument } from '../generated/graphql.ts';
import { startTestGateway, type TestGateway } from '../gateway.ts';
import { testClock } from '../test-clock.ts';
import { expectType, newClient, newSecret, newTenant, newToken, partOf } from './world.ts';

describe.each(TEST_DATABASES)('who may do what, on %s', (database) => {
  const clock = testClock();
  let it: TestGateway;
  let tenants: readonly [string, string];
  beforeAll(async () => {
    it = await startTestGateway({ database, clock });
    tenants = [await newTenant(it, 'One'), await newTenant(it, 'Two')];
  });
  afterAll(() => it.close());

  const status = async (token: string) => (await it.ask('{ __typename }', {}, token)).status;
  const create = async (expiresIn?: string) => {
    const input = { name: 'ci', roles: [{ role: 'READER' as const }], ...(expiresIn && { expiresIn }) };
    const { createAccessToken } = await it.query(CreateAccessTokenDocument, { input });
    return expectType(createAccessToken, 'CreateAccessTokenSuccess');
  };

  test('a token is shown once, works, and is not in the database', async () => {
    const { value, accessToken } = await create();
    expect(value).toMatch(/^kf_/);
    expect(accessToken.hint).toBe(`${value.slice(0, 11)}…`);
    expect(await status(value)).toBe(200);
    const read = await it.ask(
      `{ node(id: "${accessToken.id}") { ... on AccessToken { name hint lastUsedAt } } }`,
    );
    expect(read.data).toEqual({
      node: { name: 'ci', hint: accessToken.hint, lastUsedAt: clock.now().toISOString() },
    });
  });

  test('without one, with a made-up one, or with an expired or revoked one: 401', async () => {
    const { value, accessToken } = await create('PT1H');
    const revoked = await create();
    await it.query(RevokeAccessTokenDocument, { input: { id: revoked.accessToken.id } });
    expect(await status(value)).toBe(200);
    clock.pass(HOUR);
    for (const token of ['', 'kf_x', value, revoked.value, `${value.slice(0, -1)}0`]) {
      const { status: code, errors } = await it.ask('{ __typename }', {}, token);
      expect([code, errors[0]?.extensions['code']]).toEqual([401, 'UNAUTHENTICATED']);
    }
    expect(accessToken.expiresAt).toBe(clock.now().toISOString());
  });

  test('the trail between two moments holds the first of them, and not the second', async () => {
    clock.pass(HOUR);
    const since = clock.now();
    await newTenant(it, 'Late');
    const recorded = async (until: Date) => {
      const filter = { since: since.toISOString(), until: until.toISOString() };
      const { data } = await it.ask<{ auditEvents: { totalCount: number } }>(
        'query($filter: AuditEventFilter) { auditEvents(filter: $filter) { totalCount } }',
        { filter },
      );
      return data?.auditEvents.totalCount;
    };
    expect(await recorded(since)).toBe(0);
    expect(await recorded(new Date(since.getTime() + 1))).toBe(2);
  });

  test('a client secret is no access token, and an access token no client secret', async () => {
    const { value, clientId } = await newSecret(it, (await newClient(it, tenants[0])).id);
    expect(await status(value)).toBe(401);
    const { data } = await it.ask(
      'mutation($i: VerifyClientSecretInput!) { verifyClientSecret(input: $i) { ... on VerifyClientSecretSuccess { valid reason } } }',
      { i: { clientId, value: it.token } },
    );
    expect(data).toEqual({ verifyClientSecret: { valid: false, reason: 'MISMATCH' } });
  });

  test('a viewer of one tenant sees that tenant and nothing else, by every way in', async () => {
    const [mine, other] = tenants;
    const hidden = await newClient(it, other, 'hidden');
    const secret = await newSecret(it, hidden.id);
    const token = await newToken(it, { role: 'READER', provider: 'local', tenant: partOf(mine, 2) });
    const { data, errors } = await it.ask(
      `query($other: ID!, $client: ID!, $secret: ID!, $t: String!, $c: String!, $s: String!) {
        tenants { nodes { name } }
        providers { name tenants { nodes { name } } }
        other: node(id: $other) { id }
        nodes(ids: [$other, $client, $secret]) { id }
        tenant(provider: "local", externalId: $t) { name }
        client(provider: "local", tenant: $t, externalId: $c) { name }
        clientSecret(provider: "local", tenant: $t, client: $c, externalId: $s) { hint }
        rotations { nodes { id } }
      }`,
      {
        other,
        client: hidden.id,
        secret: secret.clientSecret.id,
        t: partOf(other, 2),
        c: partOf(hidden.id, 3),
        s: partOf(secret.clientSecret.id, 4),
      },
      token,
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({
      tenants: { nodes: [{ name: 'One' }] },
      providers: [{ name: 'local', tenants: { nodes: [{ name: 'One' }] } }],
      other: null,
      nodes: [null, null, null],
      tenant: null,
      client: null,
      clientSecret: null,
      rotations: { nodes: [] },
    });
  });

  test('the trail and the tokens are for who has the role, and a refusal is in the trail', async () => {
    const reader = await newToken(it, { role: 'READER' });
    for (const [query, action] of [
      ['{ auditEvents { nodes { id } } }', 'auditEvents.read'],
      ['{ accessTokens { nodes { id } } }', 'accessTokens.read'],
    ] as const) {
      const { errors } = await it.ask(query, {}, reader);
      expect(errors[0]?.extensions['code']).toBe('FORBIDDEN');
      const { data } = await it.ask<{ auditEvents: { nodes: { outcome: string }[] } }>(
        `{ auditEvents(filter: { action: "${action}" }) { nodes { outcome } } }`,
      );
      expect(data?.auditEvents.nodes.map(({ outcome }) => outcome)).toEqual(['STARTED', 'DENIED']);
    }
  });

  test('an auditor of one tenant reads the trail of that tenant alone', async () => {
    const [mine] = tenants;
    const token = await newToken(it, { role: 'AUDITOR', provider: 'local', tenant: partOf(mine, 2) });
    await newClient(it, mine, 'audited');
    const { data } = await it.ask<{ auditEvents: { nodes: { id: string; provider: string }[] } }>(
      '{ auditEvents(first: 100) { nodes { id provider action } } }',
      {},
      token,
    );
    expect(data?.auditEvents.nodes.length).toBeGreaterThan(0);
    expect(new Set(data?.auditEvents.nodes.map(({ provider }) => provider))).toEqual(new Set(['local']));
    const all = await it.ask<{ auditEvents: { nodes: { id: string; action: string }[] } }>(
      '{ auditEvents(first: 1) { nodes { id action } } }',
    );
    const foreign = all.data?.auditEvents.nodes[0];
    expect(foreign?.action).toBe('accessToken.create');
    expect((await it.ask(`{ node(id: "${foreign?.id}") { id } }`, {}, token)).data).toEqual({ node: null });
  });

  test('roles of a token name a provider that is there', async () => {
    const roles = [{ role: 'READER' as const, provider: 'nowhere' }];
    const { createAccessToken } = await it.query(CreateAccessTokenDocument, { input: { name: 'x', roles } });
    expect(createAccessToken).toMatchObject({ __typename: 'InvalidInputError', code: 'BAD_USER_INPUT' });
  });

  test('every mutation of the schema is denied to who has no role, and the denial is in the trail', async () => {
    const sdl = readFileSync(join(import.meta.dirname, '../../schema/schema.graphql'), 'utf8');
    const mutations = Object.values(buildSchema(sdl).getMutationType()?.getFields() ?? {});
    expect(mutations.length).toBe(21);
    const auditor = await newToken(it, { role: 'AUDITOR' });
    const client = await newClient(it, tenants[0]);
    const { clientSecret } = await newSecret(it, client.id);
    const rotation = await it.ask<{ rotateClientSecret: { rotation: { id: string } } }>(
      `mutation { rotateClientSecret(input: { id: "${clientSecret.id}" }) { ... on RotateClientSecretSuccess { rotation { id } } } }`,
    );
    const inputs = inputsOf(
      tenants[0],
      client.id,
      clientSecret.id,
      rotation.data?.rotateClientSecret.rotation.id ?? '',
    );
    for (const { name } of mutations) {
      const before = await deniedCount();
      const input = inputs[name];
      const typeName = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      const { data, errors } = await it.ask<Record<string, { code?: string; reason?: string }>>(
        `mutation($input: ${typeName}!) { ${name}(input: $input) { __typename ... on GatewayError { code } ${name === 'verifyClientSecret' ? '... on VerifyClientSecretSuccess { reason }' : ''} } }`,
        { input },
        auditor,
      );
      expect([name, errors]).toEqual([name, []]);
      const result = data?.[name];
      const refused =
        ['FORBIDDEN', 'NOT_FOUND'].includes(result?.code ?? '') || result?.reason === 'MISMATCH';
      expect([name, refused]).toEqual([name, true]);
      const rows = (await deniedCount()) - before;
      expect([name, rows]).toEqual([name, UNAUDITED.has(name) ? 0 : 1]);
    }
  });

  /** A rotation that may not be read is not there, so there is nothing to be denied; a mismatch is FAILED. */
  const UNAUDITED = new Set(['completeRotation', 'cancelRotation', 'verifyClientSecret']);

  const deniedCount = async () => {
    const { data } = await it.ask<{ auditEvents: { totalCount: number } }>(
      '{ auditEvents(filter: { outcome: [DENIED] }) { totalCount } }',
    );
    return data?.auditEvents.totalCount ?? 0;
  };
});

function inputsOf(tenant: string, client: string, secret: string, rotation: string): Record<string, object> {
  const accessToken = Buffer.from(JSON.stringify(['AccessToken', 'a-0'])).toString('base64url');
  const identity = Buffer.from(JSON.stringify(['Identity', 'local', partOf(tenant, 2), 'x'])).toString(
    'base64url',
  );
  return {
    createTenant: { provider: 'local', name: 'x' },
    updateTenant: { id: tenant, name: 'x' },
    deleteTenant: { id: tenant },
    createIdentity: { tenant, name: 'x' },
    updateIdentity: { id: identity, name: 'x' },
    deleteIdentity: { id: identity },
    createClient: { tenant, name: 'x' },
    updateClient: { id: client, name: 'x' },
    deleteClient: { id: client },
    createClientSecret: { client },
    updateClientSecret: { id: secret, description: 'x' },
    disableClientSecret: { id: secret },
    enableClientSecret: { id: secret },
    rotateClientSecret: { id: secret },
    revokeClientSecret: { id: secret },
    revealClientSecret: { id: secret, reason: 'x' },
    verifyClientSecret: { clientId: 'x', value: 'x' },
    completeRotation: { id: rotation },
    cancelRotation: { id: rotation, keep: 'OLD' },
    createAccessToken: { name: 'x', roles: [{ role: 'ADMIN' }] },
    revokeAccessToken: { id: accessToken },
  };
}
