import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../src/provider-kit/simulator-fault.ts';
import { FIRST_PAGE } from '../../conformance/answers.ts';
import { NEW_CLIENT, openAveva, SIGNED_IN } from './open-aveva.ts';

const HYBRID = { ...NEW_CLIENT, kind: 'HYBRID', redirectUris: [SIGNED_IN] } as const;
const byIds: Fault['match'] = ({ query }) => query.startsWith('id=');
const ID = '0d3c6d0c-6a8e-4a0c-9f0e-0c3a51d0f6a2';

describe('clients by many ids', () => {
  test('each key has its own answer: what is there, null, or what went wrong with it alone', async () => {
    const it = await openAveva();
    const [there, denied, ill] = [it.seedClient(), it.seedClient(), it.seedClient()];
    it.simulator.failReading(denied.client.slice(3), 403);
    it.simulator.failReading(ill.client.slice(3), 500);
    const hybrid = it.seedClient({ kind: 'HybridClients' });
    const missing = { ...it.tenant, client: `cc:${ID}` };
    const missingHybrid = { ...it.tenant, client: `hy:${ID}` };
    const ids = [ill, missing, there, hybrid, missingHybrid, denied];
    expect(await it.provider.getClients(ids, it.call)).toMatchObject([
      { code: 'unavailable', applied: 'no', vendorRequestId: expect.stringMatching(/^[\da-f-]{36}$/) },
      null,
      { id: there, kind: 'CLIENT_CREDENTIALS' },
      { id: hybrid, kind: 'HYBRID' },
      null,
      { code: 'forbidden', applied: 'no' },
    ]);
    expect(it.requests()).toMatchObject({ 'GET ClientCredentialClients?id': 1, 'GET HybridClients?id': 1 });
  });

  test('a 207 is understood of hybrid clients too, and of users', async () => {
    const it = await openAveva();
    const hybrid = it.seedClient({ kind: 'HybridClients' });
    const user = `user:${it.simulator.seedUser()}`;
    it.simulator.failReading(hybrid.client.slice(3), 500);
    expect(await it.provider.getClients([hybrid], it.call)).toMatchObject([{ code: 'unavailable' }]);
    const ids = [user, `user:${ID}`].map(it.identity);
    expect(await it.provider.getIdentities(ids, it.call)).toMatchObject([{ id: ids[0] }, null]);
  });

  test.each([
    ['has a place for it nowhere', []],
    ['names no id', [{ StatusCode: 500 }]],
    ['names no status', [{ ModelId: ID }]],
  ])('what a 207 does not speak of is not taken for missing: it %s', async (_, more) => {
    const it = await openAveva();
    const ChildErrors = [{ StatusCode: 404, ModelId: 'another' }, ...more];
    it.simulator.inject({ match: byIds, kind: { status: 207, body: { ChildErrors } } });
    expect(await it.provider.getClients([{ ...it.tenant, client: `cc:${ID}` }], it.call)).toMatchObject([
      { code: 'malformed', applied: 'no' },
    ]);
  });

  test('a whole answer that fails is that of its hundred keys', async () => {
    const it = await openAveva();
    const [client, hybrid] = [it.seedClient(), it.seedClient({ kind: 'HybridClients' })];
    const kind = { status: 403, body: { OperationId: ID } };
    it.simulator.inject({ match: ({ path }) => path.endsWith('/HybridClients'), kind });
    expect(await it.provider.getClients([client, hybrid, hybrid], it.call)).toMatchObject([
      { id: client },
      { code: 'forbidden', vendorRequestId: ID },
      { code: 'forbidden' },
    ]);
  });
});

describe.each(['v1', 'v1-preview'] as const)('a new client in %s', (dialect) => {
  const open = () => openAveva({ dialect });

  test.each([
    ['client credentials', NEW_CLIENT, { kind: 'CLIENT_CREDENTIALS', redirectUris: [] }],
    ['hybrid', HYBRID, { kind: 'HYBRID', redirectUris: [SIGNED_IN] }],
  ])('comes with its first secret, of which alone the value is told: %s', async (_, given, expected) => {
    const it = await open();
    const { client, issued } = await it.provider.createClient(it.tenant, given, it.call);
    expect(client).toMatchObject({ ...expected, name: 'collector', enabled: true, identity: null });
    expect(issued).toMatchObject({
      clientId: client.clientId,
      secret: { id: { ...client.id, secret: '1' }, description: null, expiresAt: null },
    });
    expect(it.simulator.letsIn(client.clientId, issued?.value.reveal() ?? '')).toBe(true);
    expect(await it.provider.getClients([client.id], it.call)).toEqual([client]);
    const [page] = await it.provider.listSecrets([client.id], FIRST_PAGE, it.call);
    expect(page).toMatchObject({ items: [{ node: issued?.secret }] });
  });

  test('says what its first secret is to be, and under which id it is', async () => {
    const it = await open();
    const attributes = {
      [dialect === 'v1' ? 'Id' : 'ClientId']: ID.toUpperCase(),
      SecretDescription: 'initial',
      SecretExpirationDate: '2026-12-31T01:00:00+01:00',
    };
    const made = await it.provider.createClient(it.tenant, { ...NEW_CLIENT, attributes }, it.call);
    expect(made).toMatchObject({
      client: { id: { client: `cc:${ID}` }, clientId: ID },
      issued: { secret: { description: 'initial', expiresAt: new Date('2026-12-31T00:00:00Z') } },
    });
    const again = it.provider.createClient(it.tenant, { ...NEW_CLIENT, attributes }, it.call);
    await expect(again).rejects.toMatchObject({ code: 'conflict', applied: 'no' });
  });

  test.each([
    ['kind', { kind: 'UNIVERSAL_AUTH' }],
    ['name', { name: ' ' }],
    ['name', { name: 'a\0' }],
    ['description', { description: 'x' }],
    ['redirectUris', { redirectUris: [SIGNED_IN] }],
    ['redirectUris', { kind: 'HYBRID' }],
    [
      'redirectUris',
      { kind: 'HYBRID', redirectUris: Array.from({ length: 11 }, (_, i) => `${SIGNED_IN}/${i}`) },
    ],
    ['attributes', { attributes: { Tags: ['x'] } }],
    ['attributes', { attributes: { AllowOfflineAccess: true } }],
    ['attributes', { ...HYBRID, attributes: { RoleIds: [ID] } }],
    ['attributes', { attributes: { AccessTokenLifetime: 59 } }],
    ['attributes', { attributes: { SecretExpirationDate: '2026-05-01T09:30:00Z' } }],
    ['attributes', { attributes: { SecretExpirationDate: 'soon' } }],
  ])('is refused by its %s before anything is sent: %j', async (field, given) => {
    const it = await open();
    const failed = it.provider.createClient(
      it.tenant,
      { ...NEW_CLIENT, ...given } as typeof NEW_CLIENT,
      it.call,
    );
    await expect(failed).rejects.toMatchObject({ code: 'invalid_input', applied: 'no' });
    await expect(failed).rejects.toHaveProperty('fields.0.path.0', field);
    expect(it.requests()).toEqual({});
  });

  test('hangs on no identity', async () => {
    const it = await open();
    const identity = { ...it.tenant, identity: `user:${it.simulator.seedUser()}` };
    const failed = it.provider.createClient(it.tenant, { ...NEW_CLIENT, identity }, it.call);
    await expect(failed).rejects.toMatchObject({ code: 'invalid_input', fields: [{ path: ['identity'] }] });
  });

  test('is one too many', async () => {
    const it = await openAveva({ dialect, maxClients: 1 });
    const failed = it.provider.createClient(it.tenant, NEW_CLIENT, it.call);
    await expect(failed).rejects.toMatchObject({
      code: 'invalid_input',
      hint: expect.stringContaining('50000'),
    });
  });
});

describe('a client', () => {
  test('takes the attributes of its kind, and keeps what is not named', async () => {
    const it = await openAveva();
    const { roles } = it.simulator.tenants[0];
    const RoleIds = [roles.member, roles.administrator];
    const client = it.seedClient({ Name: 'a' });
    const attributes = { AccessTokenLifetime: 60, RoleIds };
    expect(await it.provider.updateClient(client, { attributes }, it.call)).toMatchObject({
      name: 'a',
      attributes,
    });
    const hybrid = it.seedClient({ kind: 'HybridClients', AccessTokenLifetime: 900 });
    const given = {
      PostLogoutRedirectUris: ['https://acme.example/bye'],
      ClientUri: 'https://acme.example/',
      LogoUri: 'https://acme.example/logo.png',
      AllowOfflineAccess: true,
      AllowAccessTokensViaBrowser: true,
    };
    const redirectUris = [`${SIGNED_IN}/2`];
    const changed = await it.provider.updateClient(hybrid, { redirectUris, attributes: given }, it.call);
    expect(changed).toMatchObject({ redirectUris, attributes: { ...given, AccessTokenLifetime: 900 } });
    await expect(it.provider.updateClient(hybrid, { redirectUris: [] }, it.call)).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });

  test('has no lifetime of its tokens in v1-preview', async () => {
    const it = await openAveva({ dialect: 'v1-preview' });
    const client = it.seedClient();
    const attributes = { AccessTokenLifetime: 60 };
    await expect(it.provider.updateClient(client, { attributes }, it.call)).rejects.toMatchObject({
      code: 'invalid_input',
      fields: [{ path: ['attributes'], message: expect.stringContaining('RoleIds') }],
    });
    const [told] = await it.provider.getClients([client], it.call);
    expect(told).toMatchObject({ id: client });
    expect(told).not.toHaveProperty('attributes.AccessTokenLifetime');
  });

  test('that is the other kind’s is not found', async () => {
    const it = await openAveva();
    const hybrid = it.seedClient({ kind: 'HybridClients' });
    const asOther = { ...hybrid, client: hybrid.client.replace('hy:', 'cc:') };
    expect(await it.provider.getClients([asOther], it.call)).toEqual([null]);
    await expect(it.provider.deleteClient(asOther, it.call)).rejects.toMatchObject({ code: 'not_found' });
    expect(await it.provider.getClients([hybrid], it.call)).toMatchObject([{ id: hybrid }]);
  });

  test('is listed where the total is no number: what lies behind is counted', async () => {
    const it = await openAveva();
    const ids = [it.seedClient(), it.seedClient()];
    const body = ids.map(({ client }) => ({ Id: client.slice(3) }));
    const kind = { status: 200, headers: { 'total-count': 'many' }, body };
    const match: Fault['match'] = ({ path }) => path.endsWith('/ClientCredentialClients');
    it.simulator.inject({ match, kind });
    const [page] = await it.provider.listClients([it.tenant], { ...FIRST_PAGE, limit: 2 }, it.call);
    expect(page).toMatchObject({ items: ids.map((id) => ({ node: { id } })), hasNext: true });
  });

  test('is listed with both kinds, each in its own order; where no total is told, too', async () => {
    for (const dialect of ['v1', 'v1-preview'] as const) {
      const it = await openAveva({ dialect });
      const [a, b] = [it.seedClient(), it.seedClient({ kind: 'HybridClients' })];
      const c = it.seedClient();
      const own = { ...it.tenant, client: `cc:${it.simulator.gateway.clientId}` };
      const page = { ...FIRST_PAGE, withTotal: true };
      const [all] = await it.provider.listClients([it.tenant], page, it.call);
      expect(all).toMatchObject({ items: [own, a, c, b].map((id) => ({ node: { id } })), totalCount: 4 });
      const [first] = await it.provider.listClients([it.tenant], { ...page, limit: 2 }, it.call);
      expect(first).toMatchObject({ items: [{}, {}], hasNext: true, totalCount: 4 });
    }
  });
});
