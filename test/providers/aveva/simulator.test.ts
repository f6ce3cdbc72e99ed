import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { HOUR, MINUTE, SECOND } from '../../../src/domain/duration.ts';
import { createAvevaSimulator, type AvevaSimulator } from '../../../src/providers/aveva/simulator.ts';
import { testClock, type TestClock } from '../../test-clock.ts';

const UNKNOWN = '0d3c6d0c-6a8e-4a0c-9f0e-0c3a51d0f6a2';
const ERROR = {
  OperationId: expect.stringMatching(/^[\da-f-]{36}$/),
  Error: expect.any(String),
  Reason: expect.any(String),
  Resolution: expect.any(String),
};
const LATER = '2026-12-31T00:00:00Z';

/** What the vendor's pages say that it enforces. */
describe('the simulator of AVEVA', () => {
  let clock: TestClock;
  let simulator: AvevaSimulator;
  let client: string;
  beforeEach(async () => {
    clock = testClock('2026-05-01T09:30:00.000Z');
    simulator = await createAvevaSimulator({ dialect: 'v1', clock, hasReadOnlyRegion: true });
    onTestFinished(() => simulator.close());
    client = simulator.seedClient();
  });

  const token = async (form: Readonly<Record<string, string>>) => {
    const body = new URLSearchParams({ grant_type: 'client_credentials', ...form });
    const response = await fetch(`${simulator.origin}/identity/connect/token`, { method: 'POST', body });
    return { status: response.status, body: z.record(z.string(), z.unknown()).parse(await response.json()) };
  };
  const loginAs = async (clientId: string, clientSecret: string) =>
    String((await token({ client_id: clientId, client_secret: clientSecret })).body['access_token']);
  const administrator = () => loginAs(simulator.gateway.clientId, simulator.gateway.clientSecret);
  const ask = async (
    method: string,
    path: string,
    {
      json,
      as,
      origin = simulator.origin,
      headers = {},
    }: {
      json?: unknown;
      as?: string;
      origin?: string;
      headers?: Record<string, string>;
    } = {},
  ) => {
    const response = await fetch(`${origin}/api/v1/Tenants/${simulator.tenants[0].id}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${as ?? (await administrator())}`,
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? null : JSON.parse(text),
    };
  };
  const secrets = (of = client, kind = 'ClientCredentialClients') => `/${kind}/${of}/Secrets`;
  const add = (json: object, as?: string) => ask('POST', secrets(), { json, ...(as && { as }) });

  test('the discovery names the token endpoint', async () => {
    const address = `${simulator.origin}/identity/.well-known/openid-configuration`;
    expect(await (await fetch(address)).json()).toMatchObject({
      token_endpoint: `${simulator.origin}/identity/connect/token`,
    });
  });

  test.each([
    [{ client_id: UNKNOWN, client_secret: 'x' }, 'invalid_client'],
    [{}, 'invalid_client'],
    [{ grant_type: 'password' }, 'unsupported_grant_type'],
  ])('no token for %j', async (form, error) => {
    expect(await token(form)).toEqual({ status: 400, body: { error } });
  });

  test('no token for a hybrid client, a disabled one, or an ended secret', async () => {
    const hybrid = simulator.seedClient({ kind: 'HybridClients' });
    const value = (id: string, given = {}) => simulator.seedSecret(id, given).value;
    const refused = async (id: string, client_secret: string) =>
      (await token({ client_id: id, client_secret })).body['error'];
    expect(await refused(hybrid, value(hybrid))).toBe('unauthorized_client');
    const disabled = simulator.seedClient({ Enabled: false });
    expect(await refused(disabled, value(disabled))).toBe('invalid_client');
    expect(await refused(client, value(client, { expiration: clock.now() }))).toBe('invalid_client');
  });

  test('a token lives as long as its client says, and outlives the secret', async () => {
    const id = simulator.seedClient({ AccessTokenLifetime: 60 });
    const { id: secret, value } = simulator.seedSecret(id);
    const got = await token({ client_id: id, client_secret: value });
    expect(got.body).toMatchObject({ expires_in: 60, token_type: 'Bearer' });
    const as = String(got.body['access_token']);
    await ask('DELETE', `${secrets(id)}/${secret}`);
    clock.pass(59 * SECOND);
    expect((await ask('GET', '', { as })).status).toBe(200);
    clock.pass(SECOND);
    expect(await ask('GET', '', { as })).toMatchObject({ status: 401, body: ERROR });
  });

  test('authentication goes by what was deleted, disabled or moved only an hour later', async () => {
    const works = (value: string) => simulator.letsIn(client, value);
    const [deleted, moved, kept] = [1, 2, 3].map(() => simulator.seedSecret(client));
    if (!deleted || !moved || !kept) throw new Error('seed three');
    const soon = new Date(clock.now().getTime() + MINUTE).toISOString();
    await ask('DELETE', `${secrets()}/${deleted.id}`);
    const json = { Expires: true, Expiration: soon };
    expect((await ask('PUT', `${secrets()}/${moved.id}`, { json })).status).toBe(200);
    clock.pass(HOUR - 1);
    expect([works(deleted.value), works(moved.value)]).toEqual([true, true]);
    clock.pass(1);
    expect([works(deleted.value), works(moved.value), works(kept.value)]).toEqual([false, false, true]);
    await ask('PUT', `/ClientCredentialClients/${client}`, { json: { Enabled: false } });
    expect(works(kept.value)).toBe(true);
    clock.pass(HOUR);
    expect(works(kept.value)).toBe(false);
  });

  test('so long as it is told to take', async () => {
    const quick = await createAvevaSimulator({ dialect: 'v1', clock, revocationDelayMs: 0 });
    onTestFinished(() => quick.close());
    const id = quick.seedClient();
    const { value } = quick.seedSecret(id, { expiration: clock.now() });
    expect(quick.letsIn(id, value)).toBe(false);
  });

  describe('roles', () => {
    const as = (RoleIds: readonly string[]) => {
      const id = simulator.seedClient({ RoleIds });
      return loginAs(id, simulator.seedSecret(id).value);
    };
    const roles = () => simulator.tenants[0].roles;

    test('nobody without a role may do anything but to itself', async () => {
      const nobody = await as([]);
      expect(await ask('GET', '/ClientCredentialClients', { as: nobody })).toMatchObject({
        status: 403,
        body: ERROR,
      });
      expect(await ask('GET', '', { as: nobody })).toMatchObject({ status: 403, body: null });
      expect(await ask('GET', '/Regions', { as: nobody })).toMatchObject({ status: 403, body: null });
      expect(await ask('GET', '/Users', { as: nobody })).toMatchObject({ status: 403, body: ERROR });
    });

    test('a member may list clients, and neither change them nor see their secrets', async () => {
      const member = await as([roles().member]);
      expect((await ask('GET', '/HybridClients', { as: member })).status).toBe(200);
      expect((await ask('GET', secrets(), { as: member })).status).toBe(403);
      const json = { Name: 'x' };
      expect((await ask('POST', '/ClientCredentialClients', { as: member, json })).status).toBe(403);
      expect((await ask('PUT', `/ClientCredentialClients/${client}`, { as: member, json })).status).toBe(403);
      expect((await ask('DELETE', `/ClientCredentialClients/${client}`, { as: member })).status).toBe(403);
    });

    test('a client may do all to its own secrets but change them', async () => {
      const self = await loginAs(client, simulator.seedSecret(client).value);
      const json = { Expiration: LATER };
      expect((await ask('POST', secrets(), { as: self, json })).status).toBe(201);
      expect((await ask('GET', secrets(), { as: self })).body).toHaveLength(2);
      expect((await ask('PUT', `${secrets()}/2`, { as: self, json })).status).toBe(403);
      expect((await ask('DELETE', `${secrets()}/2`, { as: self })).status).toBe(204);
      const other = simulator.seedClient();
      expect((await ask('GET', secrets(other), { as: self })).status).toBe(403);
    });

    test('a token of another tenant opens nothing', async () => {
      const both = await createAvevaSimulator({ dialect: 'v1', clock, tenants: ['a', 'b'] });
      onTestFinished(() => both.close());
      const { gateway } = both.tenants[1] ?? both.tenants[0];
      const form = {
        grant_type: 'client_credentials',
        client_id: gateway.clientId,
        client_secret: gateway.clientSecret,
      };
      const body = new URLSearchParams(form);
      const got = await fetch(`${both.origin}/identity/connect/token`, { method: 'POST', body });
      const { access_token: it } = z.object({ access_token: z.string() }).parse(await got.json());
      const headers = { authorization: `Bearer ${it}` };
      const address = `${both.origin}/api/v1/Tenants/${both.tenants[0].id}/ClientCredentialClients`;
      expect((await fetch(address, { headers })).status).toBe(403);
    });
  });

  describe('secrets', () => {
    test.each([
      [{ Expiration: LATER }, 201],
      [{ Expires: true, Expiration: LATER }, 201],
      [{ Expires: null, Expiration: LATER }, 201],
      [{ Expires: false }, 201],
      [{ Expires: false, Expiration: null }, 201],
      [{}, 400],
      [{ Expires: true }, 400],
      [{ Expires: null, Expiration: null }, 400],
      [{ Expires: false, Expiration: LATER }, 400],
      [{ Expires: true, Expiration: 'soon' }, 400],
    ])('%j: %i', async (json, status) => {
      expect(await add(json)).toMatchObject({ status, body: status === 201 ? { Id: 1 } : ERROR });
    });

    test('the value is told once; what is null is left out unless all is asked for', async () => {
      const made = await add({ Expires: false });
      expect(made.body).toEqual({ Id: 1, Secret: expect.any(String), Expires: false });
      expect((await ask('GET', `${secrets()}/1`)).body).toEqual({ Id: 1, Expires: false });
      const headers = { 'accept-verbosity': 'verbose' };
      const all = { Id: 1, Expires: false, Expiration: null, Description: null };
      expect((await ask('GET', secrets(), { headers })).body).toEqual([all]);
    });

    test('there are ten; a deleted one makes room', async () => {
      for (let i = 0; i < 10; i += 1) expect((await add({ Expires: false })).status).toBe(201);
      expect(await add({ Expires: false })).toMatchObject({ status: 400, body: ERROR });
      expect(await ask('DELETE', `${secrets()}/3`)).toMatchObject({ status: 204, body: null });
      expect((await add({ Expires: false })).body).toMatchObject({ Id: 11 });
      const listed = await ask('HEAD', secrets());
      expect([listed.body, listed.headers.get('total-count')]).toEqual([null, '10']);
    });

    test.each([
      [{ Description: 'x' }, 200, { Description: 'x', Expires: true }],
      [{ Expiration: LATER }, 200, { Description: 'a', Expiration: '2026-12-31T00:00:00.000Z' }],
      [{ Description: null, Expiration: null, Expires: null }, 200, { Description: 'a', Expires: true }],
      [{ Expires: false }, 400, ERROR],
      [{ Expires: false, Expiration: LATER }, 400, ERROR],
    ])('of one that expires %j changes what it names: %i', async (json, status, body) => {
      simulator.seedSecret(client, { description: 'a', expiration: clock.now() });
      expect(await ask('PUT', `${secrets()}/1`, { json })).toMatchObject({ status, body });
    });

    test.each([
      [{ Expires: true, Expiration: LATER }, 200],
      [{ Description: 'x' }, 200],
      [{ Expiration: LATER }, 400],
      [{ Expires: true }, 400],
    ])('of one that does not expire %j: %i', async (json, status) => {
      simulator.seedSecret(client);
      expect((await ask('PUT', `${secrets()}/1`, { json })).status).toBe(status);
    });

    test.each(['01', '+1', '2', 'x'])('no secret %s', async (id) => {
      simulator.seedSecret(client);
      expect(await ask('GET', `${secrets()}/${id}`)).toMatchObject({ status: 404, body: ERROR });
      expect(await ask('DELETE', `${secrets()}/${id}`)).toMatchObject({ status: 404, body: ERROR });
    });
  });

  describe('clients', () => {
    const make = (json: object, kind = 'ClientCredentialClients') => ask('POST', `/${kind}`, { json });

    test('a new one brings its first secret; the outer id is the secret’s', async () => {
      expect((await make({ Id: UNKNOWN, Name: 'a', SecretExpirationDate: LATER })).body).toEqual({
        Secret: expect.any(String),
        Id: 1,
        ExpirationDate: '2026-12-31T00:00:00.000Z',
        Client: {
          Id: UNKNOWN,
          Name: 'a',
          Enabled: true,
          AccessTokenLifetime: 3600,
          Tags: [],
          RoleIds: [simulator.tenants[0].roles.member],
        },
      });
      expect(await make({ Id: UNKNOWN, Name: 'b' })).toMatchObject({ status: 409, body: ERROR });
    });

    test.each([
      [{}, 'ClientCredentialClients'],
      [{ Name: 'a', AccessTokenLifetime: 59 }, 'ClientCredentialClients'],
      [{ Name: 'a', AccessTokenLifetime: 3601 }, 'ClientCredentialClients'],
      [{ Name: 'a', RoleIds: [UNKNOWN] }, 'ClientCredentialClients'],
      [{ Name: 'a' }, 'HybridClients'],
      [{ Name: 'a', RedirectUris: [] }, 'HybridClients'],
      [{ Name: 'a', RedirectUris: Array.from({ length: 11 }, () => 'https://a') }, 'HybridClients'],
    ])('%j is none for %s', async (json, kind) => {
      expect(await make(json, kind)).toMatchObject({ status: 400, body: ERROR });
    });

    test('lists page with a total, and look at neither where ids are given', async () => {
      const ids = Array.from({ length: 3 }, () => simulator.seedClient());
      const page = await ask('GET', '/ClientCredentialClients?skip=2&count=1');
      expect([page.body, page.headers.get('total-count')]).toMatchObject([[{ Id: ids[0] }], '5']);
      const some = await ask('GET', `/ClientCredentialClients?id=${ids[2]}&id=&id=${ids[1]}&skip=9&count=0`);
      expect(some.status).toBe(200);
      expect(some.body).toHaveLength(2);
      expect((await ask('GET', '/ClientCredentialClients?id=')).body).toHaveLength(5);
    });

    test('of many ids those that fail are told in a 207, of client-credential clients alone where they are missing', async () => {
      const hybrid = simulator.seedClient({ kind: 'HybridClients' });
      const query = `?id=${client}&id=${UNKNOWN}&id=${hybrid}`;
      expect(await ask('GET', `/ClientCredentialClients${query}`)).toMatchObject({
        status: 207,
        body: {
          ChildErrors: [
            { ...ERROR, StatusCode: 404, ModelId: UNKNOWN },
            { ...ERROR, StatusCode: 404, ModelId: hybrid },
          ],
          Data: [{ Id: client }],
        },
      });
      expect(await ask('GET', `/HybridClients${query}`)).toMatchObject({
        status: 200,
        body: [{ Id: hybrid }],
      });
      simulator.failReading(hybrid, 500);
      expect(await ask('GET', `/HybridClients?id=${hybrid}`)).toMatchObject({
        status: 207,
        body: { ChildErrors: [{ StatusCode: 500, ModelId: hybrid }], Data: [] },
      });
    });

    test('a deleted one is gone at once from the lists', async () => {
      expect((await ask('DELETE', `/ClientCredentialClients/${client}`)).status).toBe(204);
      expect((await ask('GET', `/ClientCredentialClients/${client}`)).status).toBe(404);
      expect((await ask('GET', secrets())).status).toBe(404);
    });
  });

  test('the other region can be read; a change there is a 405 without a body, and changes nothing', async () => {
    const origin = simulator.readOnlyRegion?.origin ?? '';
    const regions = await ask('GET', '/Regions', { origin });
    expect(regions.body).toEqual([
      { Id: 'WestEurope', Name: 'West Europe', BaseAddress: origin },
      {
        Id: 'WestUS',
        Name: 'West US',
        BaseAddress: `${simulator.origin}/`,
        AdministrativeEndpointsWritable: true,
      },
    ]);
    const refused = await ask('POST', secrets(), { origin, json: { Expires: false } });
    expect(refused).toMatchObject({ status: 405, body: null });
    expect((await ask('GET', secrets(), { origin })).body).toEqual([]);
  });

  test.each([
    ['GET', '/Elsewhere'],
    ['PATCH', '/Users'],
  ])('no route %s %s: a 404 without a body', async (method, path) => {
    expect(await ask(method, path)).toMatchObject({ status: 404, body: null });
  });

  test.each(['{', '[]', '7', 'null'])('a body that is none: %s', async (body) => {
    const headers = { authorization: `Bearer ${await administrator()}`, 'content-type': 'application/json' };
    const address = `${simulator.origin}/api/v1/Tenants/${simulator.tenants[0].id}${secrets()}`;
    expect((await fetch(address, { method: 'POST', headers, body })).status).toBe(400);
  });
});
