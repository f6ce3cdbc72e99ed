import { describe, expect, test } from 'vitest';
import { liveAt } from '../../../src/domain/freshness.ts';
import { PRODUCTS } from '../../../src/providers/zstack/config.ts';
import type { ClientChanges, NewClient } from '../../../src/provider-kit/provider.ts';
import { NEEDED } from '../../conformance/zstack-setting.ts';
import { FIRST_PAGE, openZstack } from './open-zstack.ts';

const NEW: NewClient = {
  identity: null,
  name: 'corp-sso',
  description: null,
  kind: null,
  redirectUris: null,
  attributes: NEEDED.zsphere,
};

describe('a client', () => {
  test.each(PRODUCTS)('tells what the list has of it, and no date without a zone: %s', async (product) => {
    const { provider, seedClient, simulator, clock, call } = await openZstack({ product });
    const id = seedClient({ clientId: 'zs-portal', description: 'signs in' });
    const [client] = await provider.getClients([id], call);
    expect(client).toEqual({
      id,
      identity: null,
      clientId: 'zs-portal',
      name: 'corp-sso',
      description: 'signs in',
      kind: 'AUTHORIZATION_CODE',
      enabled: null,
      redirectUris: ['https://zstack.example/callback'],
      createdAt: null,
      updatedAt: null,
      attributes: {
        grantType: 'authorization_code',
        tokenUrl: 'https://idp.example/token',
        authorizationUrl: 'https://idp.example/authorize',
        loginMNUrl: `http://10.0.0.2:8080/zstack/sso/oauth2?clientUuid=${id.client}`,
        createDate: 'Nov 21, 2026 8:00:00 PM',
        ...(product === 'cloud' ? { loginType: 'oauth2-iam1', clientType: 'OIDC' } : { type: 'OAuth2' }),
      },
      freshness: liveAt(clock.now()),
    });
    expect(simulator.client(id.client)?.kind).toBe('OAuth2');
  });

  test.each(PRODUCTS)(
    'is known by its uuid where the list tells no client id, and says so: %s',
    async (product) => {
      const { provider, tenant, seedClient, simulator, call } = await openZstack({ product });
      simulator.seedCasClient();
      simulator.settings.listsBaseFieldsOnly = true;
      const id = seedClient();
      const [page] = await provider.listClients([tenant], FIRST_PAGE, call);
      expect(page).toMatchObject({
        items: [{ node: { id, clientId: id.client, kind: 'OTHER', attributes: { clientIdIsTold: false } } }],
      });
    },
  );

  test('of CAS is none: not listed, not found, and neither changed nor deleted', async () => {
    const { provider, tenant, simulator, requests, call } = await openZstack();
    const id = { ...tenant, client: simulator.seedCasClient() };
    expect(await provider.listClients([tenant], FIRST_PAGE, call)).toMatchObject([{ items: [] }]);
    expect(await provider.getClients([id], call)).toEqual([null]);
    const notFound = { code: 'not_found', applied: 'no' };
    await expect(provider.updateClient?.(id, { name: 'x' }, call)).rejects.toMatchObject(notFound);
    await expect(provider.deleteClient?.(id, call)).rejects.toMatchObject(notFound);
    expect(Object.keys(requests()).filter((request) => request.startsWith('POST'))).toEqual([]);
  });

  test('belongs to no identity, though accounts sign in by it', async () => {
    const { provider, tenant, seedClient, simulator, call } = await openZstack();
    seedClient();
    const identity = { ...tenant, identity: `account:${simulator.seedAccount()}` };
    expect(await provider.listClients([identity], FIRST_PAGE, call)).toMatchObject([{ items: [] }]);
  });
});

describe('a new client', () => {
  test('has no secret', async () => {
    const { provider, tenant, simulator, call } = await openZstack();
    const made = await provider.createClient?.(tenant, NEW, call);
    expect(made?.issued).toBeNull();
    expect(simulator.client(made?.client.id.client ?? '')?.secret).toBeNull();
  });

  test('is not given one by its attributes, and the refusal shows nothing of it', async () => {
    const { provider, tenant, seedClient, requests, call } = await openZstack();
    const attributes = { ...NEEDED.zsphere, clientSecret: 'value-7be1' };
    for (const write of [
      provider.createClient?.(tenant, { ...NEW, attributes }, call),
      provider.updateClient?.(seedClient(), { attributes }, call),
    ]) {
      const failure = await write?.catch((error: unknown) => error);
      expect(failure).toMatchObject({
        code: 'invalid_input',
        fields: [
          {
            path: ['attributes', 'clientSecret'],
            message: expect.stringContaining('rotateClientSecret'),
          },
        ],
      });
      expect(String(failure)).not.toContain('7be1');
    }
    expect(requests()).toEqual({});
  });

  test.each(PRODUCTS)('is refused with the names of all that it lacks: %s', async (product) => {
    const { provider, tenant, requests, call } = await openZstack({ product });
    const failure = await provider
      .createClient?.(tenant, { ...NEW, attributes: null }, call)
      .catch((error: unknown) => error);
    const paths = Object.keys(NEEDED[product]).map((name) => ({
      path: ['attributes', name],
      message: 'is needed, as a text',
    }));
    expect(failure).toMatchObject({ code: 'invalid_input', fields: expect.arrayContaining(paths) });
    expect((failure as { fields: unknown[] }).fields).toHaveLength(paths.length);
    expect(requests()).toEqual({});
  });

  test.each<[string, Partial<NewClient>, readonly string[]]>([
    [
      'an identity',
      { identity: { provider: 'acme', tenant: 'installation', identity: `account:${'0'.repeat(32)}` } },
      ['identity'],
    ],
    ['another kind than its grant type has', { kind: 'CLIENT_CREDENTIALS' }, ['kind']],
    ['two redirect URIs', { redirectUris: ['https://a.example', 'https://b.example'] }, ['redirectUris']],
    ['256 characters', { name: 'x'.repeat(256) }, ['name']],
    [
      'an attribute of Cloud',
      { attributes: { ...NEEDED.zsphere, loginType: 'oauth2-iam1' } },
      ['attributes'],
    ],
    [
      'a URL of 256 characters',
      { attributes: { ...NEEDED.zsphere, tokenUrl: 'x'.repeat(256) } },
      ['attributes', 'tokenUrl'],
    ],
  ])('is refused with %s', async (_, given, path) => {
    const { provider, tenant, requests, call } = await openZstack();
    await expect(provider.createClient?.(tenant, { ...NEW, ...given }, call)).rejects.toMatchObject({
      code: 'invalid_input',
      fields: [{ path }],
    });
    expect(requests()).toEqual({});
  });

  test('whose redirect URI an older version dropped is told as such', async () => {
    const { provider, tenant, simulator, call } = await openZstack({ product: 'cloud' });
    simulator.settings.knowsRedirectUrl = false;
    const input = { ...NEW, redirectUris: ['https://a.example'], attributes: NEEDED.cloud };
    await expect(provider.createClient?.(tenant, input, call)).rejects.toMatchObject({
      code: 'unsupported',
      applied: 'maybe',
    });
  });

  test('is told as its answer had it, where it cannot be read just then', async () => {
    const { provider, tenant, simulator, call } = await openZstack();
    await provider.listTenants(FIRST_PAGE, call);
    simulator.inject({
      match: ({ path }) => path.endsWith('/get/sso/client'),
      times: 9,
      kind: { status: 502 },
    });
    const made = await provider.createClient?.(tenant, NEW, call);
    expect(made?.client).toMatchObject({ name: 'corp-sso', clientId: 'zs-portal' });
  });
});

describe('a change of a client', () => {
  test.each<[string, ClientChanges, string]>([
    ['to no description', { description: null }, 'description'],
    ['to no redirect URI', { redirectUris: [] }, 'redirectUris'],
    ['to switch it off', { enabled: false }, 'enabled'],
    ['of what is fixed', { attributes: { grantType: 'password' } }, 'attributes'],
  ])('%s is refused, since ZStack has no way to do it', async (_, changes, field) => {
    const { provider, seedClient, requests, call } = await openZstack();
    await expect(provider.updateClient?.(seedClient(), changes, call)).rejects.toMatchObject({
      code: 'invalid_input',
      fields: [{ path: [field] }],
    });
    expect(requests()).toEqual({});
  });

  test.each([
    ['zsphere', { tokenUrl: 'https://b.example', usernameProperty: 'email' }],
    [
      'cloud',
      {
        clientId: 'other',
        loginType: 'oauth2-iam2',
        scopeList: ['openid', 'email'],
        pluginUuid: 'a'.repeat(32),
      },
    ],
  ] as const)('changes the attributes that %s has', async (product, attributes) => {
    const { provider, seedClient, call } = await openZstack({ product });
    const id = seedClient();
    const changed = await provider.updateClient?.(id, { attributes }, call);
    const { clientId, ...rest } = { clientId: changed?.clientId, ...attributes };
    expect(changed).toMatchObject({ clientId, attributes: rest });
    expect(await provider.getClients([id], call)).toEqual([changed]);
  });

  test('that keeps the secret, and its value', async () => {
    const { provider, seedSecret, simulator, call } = await openZstack();
    const { id, value } = seedSecret();
    await provider.updateClient?.(id, { name: 'renamed' }, call);
    expect(simulator.client(id.client)).toMatchObject({ secret: value, secretWrites: 0 });
  });
});
