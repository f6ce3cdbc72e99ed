import { describe, expect, test } from 'vitest';
import { liveAt } from '../../../src/domain/freshness.ts';
import type { Client } from '../../../src/domain/client.ts';
import type { ClientId, IdentityId } from '../../../src/domain/ids.ts';
import { ProviderError } from '../../../src/provider-kit/provider-error.ts';
import { FIRST_PAGE } from '../../conformance/answers.ts';
import { NEW_CLIENT, openAlibabaEiam, type Opened } from './open-alibaba-eiam.ts';

async function clientsOf({ provider, call, tenant }: Opened): Promise<readonly Client[]> {
  const [page] = await provider.listClients([tenant], FIRST_PAGE, call);
  if (page === undefined || page instanceof ProviderError) throw page ?? new Error('no page');
  return page.items.map(({ node }) => node);
}

async function get({ provider, call }: Opened, id: ClientId): Promise<Client> {
  const [client] = await provider.getClients([id], call);
  if (client === null || client === undefined || client instanceof ProviderError)
    throw client ?? new Error('gone');
  return client;
}

describe('an application as a client', () => {
  test('of whatever type, in a list and by its id', async () => {
    const it = await openAlibabaEiam();
    const ids = [
      it.seedClient(),
      it.seedClient({ creationType: 'system_init' }),
      it.seedClient({ identityType: 'agent' }),
    ];
    expect((await clientsOf(it)).map(({ id }) => id)).toEqual(ids);
    expect(await it.provider.getClients(ids, it.call)).toMatchObject(ids.map((id) => ({ id })));
  });

  test('says all that the vendor does; its client_id may be another than its id', async () => {
    const it = await openAlibabaEiam();
    const id = it.seedClient({
      name: 'Billing API',
      description: 'prod',
      clientId: 'billing',
      status: 'disabled',
    });
    expect(await get(it, id)).toEqual({
      id,
      identity: null,
      clientId: 'billing',
      name: 'Billing API',
      description: 'prod',
      kind: 'AUTHORIZATION_CODE',
      enabled: false,
      redirectUris: [],
      createdAt: it.clock.now(),
      updatedAt: it.clock.now(),
      attributes: { ssoType: 'oidc', creationType: 'user_custom', identityType: 'application' },
      freshness: liveAt(it.clock.now()),
    });
  });

  test.each([
    ['oidc', 'AUTHORIZATION_CODE'],
    ['oauth2/m2m', 'CLIENT_CREDENTIALS'],
    ['oidc+oauth2/m2m', 'HYBRID'],
    ['saml2', 'OTHER'],
    ['', 'OTHER'],
  ])('%s is %s', async (ssoType, kind) => {
    const it = await openAlibabaEiam();
    expect(await get(it, it.seedClient({ ssoType }))).toMatchObject({ kind });
  });

  test('a new one, with whatever characters', async () => {
    const it = await openAlibabaEiam();
    const given = { ...NEW_CLIENT, name: " Zoë's app (v1)*~ ", description: '100% + more & 中' };
    const { client, issued } = await it.provider.createClient!(it.tenant, given, it.call);
    expect(client).toMatchObject({
      name: "Zoë's app (v1)*~",
      description: '100% + more & 中',
      enabled: true,
    });
    expect(issued).toBeNull();
    expect(await get(it, client.id)).toEqual(client);
  });

  test.each([
    ['of a kind that the API does not make', { kind: 'CLIENT_CREDENTIALS' as const }, 'kind'],
    ['on an identity', { identity: { provider: 'acme', tenant: 'idaas_1', identity: 'user_1' } }, 'identity'],
    ['with redirects', { redirectUris: ['https://acme.example'] }, 'redirectUris'],
    ['without a name', { name: ' ' }, 'name'],
    ['with 65 characters', { name: 'x'.repeat(65) }, 'name'],
    ['with a description of 129', { description: 'x'.repeat(129) }, 'description'],
    ['with attributes', { attributes: { logoUrl: 'x' } }, 'attributes'],
  ])('a new one %s is refused without a request', async (_, given, field) => {
    const { provider, call, tenant, requests } = await openAlibabaEiam();
    await expect(provider.createClient!(tenant, { ...NEW_CLIENT, ...given }, call)).rejects.toMatchObject({
      code: 'invalid_input',
      applied: 'no',
      fields: [{ path: [field] }],
    });
    expect(requests()).toEqual({});
  });

  test('a description is cleared', async () => {
    const it = await openAlibabaEiam();
    const id = it.seedClient({ description: 'prod' });
    expect(await it.provider.updateClient!(id, { description: null }, it.call)).toMatchObject({
      description: null,
    });
    expect(await get(it, id)).toMatchObject({ description: null });
  });

  test('a change of which the second part is refused is in doubt, and its first part stays', async () => {
    const it = await openAlibabaEiam();
    const id = it.seedClient({ name: 'old', description: 'old' });
    it.simulator.deny('UpdateApplicationDescription');
    const changes = { name: 'new', description: 'new', enabled: false };
    await expect(it.provider.updateClient!(id, changes, it.call)).rejects.toMatchObject({
      code: 'forbidden',
      applied: 'maybe',
    });
    expect(await get(it, id)).toMatchObject({ name: 'new', description: 'old', enabled: true });
    await expect(it.provider.updateClient!(id, { description: 'new' }, it.call)).rejects.toMatchObject({
      applied: 'no',
    });
  });

  test('one that was made or changed and cannot be read back is in doubt', async () => {
    const it = await openAlibabaEiam();
    const id = it.seedClient();
    const isList = ({ headers }: { headers: object }) =>
      JSON.stringify(headers).includes('"ListApplications"');
    it.simulator.inject({ match: isList, times: 3, kind: { status: 503, body: {} } });
    await expect(it.provider.createClient!(it.tenant, NEW_CLIENT, it.call)).rejects.toMatchObject({
      code: 'unavailable',
      applied: 'maybe',
    });
    expect(await clientsOf(it)).toHaveLength(2);
    let seen = 0;
    const isSecond = (request: { headers: object }) => isList(request) && (seen += 1) > 1;
    it.simulator.inject({ match: isSecond, times: 3, kind: { status: 503, body: {} } });
    await expect(it.provider.updateClient!(id, { name: 'new' }, it.call)).rejects.toMatchObject({
      code: 'unavailable',
      applied: 'maybe',
    });
  });

  test('an instance is named by its description, or by its id', async () => {
    const { provider, call, simulator, tenant } = await openAlibabaEiam();
    const unnamed = { ...tenant, tenant: simulator.seedInstance('') };
    expect(await provider.getTenants([tenant, unnamed], call)).toMatchObject([
      { name: 'Acme', description: null, attributes: { status: 'running' } },
      { name: unnamed.tenant },
    ]);
  });
});

describe('the clients of an identity', () => {
  const seedUser = ({ simulator, tenant }: Opened): IdentityId => ({
    ...tenant,
    identity: simulator.seedUser(tenant.tenant),
  });

  test('are the applications that the user may use, and name it', async () => {
    const it = await openAlibabaEiam();
    const [zoe, ito, nobody] = [seedUser(it), seedUser(it), seedUser(it)];
    const [a, b, c] = [it.seedClient(), it.seedClient({ identityType: 'agent' }), it.seedClient()];
    for (const [client, user] of [
      [a, zoe],
      [b, zoe],
      [b, ito],
    ] as const)
      it.simulator.letUse(client, user.identity);
    it.requests();
    const missing = { ...zoe, identity: 'user_missing' };
    const pages = await it.provider.listClients([zoe, ito, nobody, missing, it.tenant], FIRST_PAGE, it.call);
    const found = pages.map((page) =>
      'items' in page ? page.items.map(({ node }) => [node.id, node.identity]) : page,
    );
    const ofZoe = [
      [a, zoe],
      [b, zoe],
    ].sort(([x], [y]) => ((x as ClientId).client < (y as ClientId).client ? -1 : 1));
    expect(found).toEqual([ofZoe, [[b, ito]], [], [], [a, b, c].map((id) => [id, null])]);
    expect(it.requests()).toEqual({ ListApplications: 2, ListUsersForApplication: 3 });
  });

  test('of 150 of them: the applications once, and each is asked twice', async () => {
    const it = await openAlibabaEiam();
    const users = Array.from({ length: 150 }, () => seedUser(it));
    const clients = [it.seedClient(), it.seedClient()];
    for (const { identity } of users) it.simulator.letUse(clients[1]!, identity);
    it.requests();
    const pages = await it.provider.listClients(users, FIRST_PAGE, it.call);
    expect(pages).toMatchObject(
      users.map((identity) => ({ items: [{ node: { id: clients[1], identity } }] })),
    );
    expect(it.requests()).toEqual({ ListApplications: 2, ListUsersForApplication: 4 });
  });

  test('of 200 applications each is asked; of more, none', async () => {
    const it = await openAlibabaEiam();
    const user = seedUser(it);
    for (let i = 0; i < 199; i += 1) it.seedClient();
    it.simulator.letUse(it.seedClient(), user.identity);
    const [page] = await it.provider.listClients([user], FIRST_PAGE, it.call);
    expect(page).toMatchObject({ items: [{ node: { identity: user } }], hasNext: false });
    expect(it.requests()).toEqual({ ListApplications: 2, ListUsersForApplication: 200 });
    it.seedClient();
    const [refused] = await it.provider.listClients([user], FIRST_PAGE, it.call);
    expect(refused).toMatchObject({ code: 'unsupported', hint: 'List the clients of the tenant instead.' });
    expect(it.requests()).toEqual({ ListApplications: 1 });
  });

  test('are not told in part, where one application does not answer', async () => {
    const it = await openAlibabaEiam();
    const user = seedUser(it);
    it.simulator.letUse(it.seedClient(), user.identity);
    it.seedClient();
    it.simulator.deny('ListUsersForApplication');
    expect(await it.provider.listClients([user], FIRST_PAGE, it.call)).toMatchObject([{ code: 'forbidden' }]);
  });
});
