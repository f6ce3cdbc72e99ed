import { describe, expect, test } from 'vitest';
import { FIRST_PAGE, openLaunchDarkly, type Opened } from './open-launchdarkly.ts';

const CALLER = 'GET caller-identity';
const OAUTH = 'GET oauth/clients';
const ONE_OAUTH = 'GET oauth/clients/:id';
const TOKENS = 'GET tokens';
const ONE_TOKEN = 'GET tokens/:id';

/** All tokens of the account share its limit, so what an operation costs is a promise. */
describe('requests to the vendor', () => {
  /** With the account known already. */
  const openKnown = async (given: Parameters<typeof openLaunchDarkly>[0] = {}) => {
    const it = await openLaunchDarkly(given);
    await it.provider.listTenants(FIRST_PAGE, it.call);
    it.requests();
    return it;
  };
  const oauthClients = (it: Opened, count: number) =>
    Array.from({ length: count }, () => it.seedOAuthClient());
  const tokens = (it: Opened, count: number) => Array.from({ length: count }, () => it.seedToken().client);

  test('the account is asked for once, by a hundred callers at once, and never again', async () => {
    const { provider, call, tenant, requests } = await openLaunchDarkly();
    const ask = () => provider.getTenants([tenant], call);
    const answers = await Promise.all(Array.from({ length: 100 }, ask));
    expect(answers.flat()).toEqual(
      Array.from({ length: 100 }, () => expect.objectContaining({ id: tenant })),
    );
    await provider.listTenants(FIRST_PAGE, call);
    expect(requests()).toEqual({ [CALLER]: 1 });
  });

  test('a failure to tell the account is not remembered', async () => {
    const { provider, simulator, call, tenant } = await openLaunchDarkly();
    simulator.inject({ kind: { status: 403 } });
    expect(await provider.getTenants([tenant], call)).toMatchObject([{ code: 'forbidden' }]);
    expect(await provider.getTenants([tenant], call)).toMatchObject([{ name: 'Example Inc.' }]);
  });

  test('a hundred OAuth clients by id: one list; one: itself', async () => {
    const it = await openKnown();
    const ids = oauthClients(it, 100);
    expect(await it.provider.getClients(ids, it.call)).toMatchObject(ids.map((id) => ({ id })));
    expect(it.requests()).toEqual({ [OAUTH]: 1 });
    await it.provider.getClients([ids[0]!, ids[0]!], it.call);
    expect(it.requests()).toEqual({ [ONE_OAUTH]: 1 });
  });

  test('secrets of 50 OAuth clients, listed or by id: one list', async () => {
    const it = await openKnown();
    const ids = oauthClients(it, 50);
    const pages = await it.provider.listSecrets([...ids, ...ids], FIRST_PAGE, it.call);
    expect(pages).toMatchObject([...ids, ...ids].map((id) => ({ totalCount: 1, items: [{ node: { id } }] })));
    expect(it.requests()).toEqual({ [OAUTH]: 1 });
    const secrets = ids.map(({ client }) => ({
      provider: 'acme',
      tenant: it.tenant.tenant,
      client,
      secret: client.slice('oauth:'.length),
    }));
    expect(await it.provider.getSecrets(secrets, it.call)).toMatchObject(secrets.map((id) => ({ id })));
    expect(it.requests()).toEqual({ [OAUTH]: 1 });
  });

  test('a hundred tokens by id: the pages that hold them; both kinds at once: of each', async () => {
    const it = await openKnown();
    const ids = [...tokens(it, 100), ...oauthClients(it, 2)];
    expect(await it.provider.getClients(ids, it.call)).toMatchObject(ids.map((id) => ({ id })));
    // Before them in the list there is the gateway's own: the last one is cheaper by itself than by a second page.
    expect(it.requests()).toEqual({ [TOKENS]: 1, [ONE_TOKEN]: 1, [OAUTH]: 1 });
  });

  test('a few tokens among many: themselves, once a page has told how many there are', async () => {
    const it = await openKnown();
    const ids = tokens(it, 450);
    const wanted = [ids[440]!, ids[441]!, ids[442]!];
    expect(await it.provider.getClients(wanted, it.call)).toMatchObject(wanted.map((id) => ({ id })));
    expect(it.requests()).toEqual({ [TOKENS]: 1, [ONE_TOKEN]: 3 });
    await it.provider.getClients([ids[440]!], it.call);
    expect(it.requests()).toEqual({ [ONE_TOKEN]: 1 });
  });

  test('a token that the pages missed is asked for by itself, and so is one that is gone', async () => {
    const it = await openKnown();
    const [first, second, third] = tokens(it, 3);
    it.simulator.inject({
      match: ({ path }) => path === '/api/v2/tokens',
      kind: { status: 200, body: { items: [], totalCount: 4 } },
    });
    const gone = { ...first!, client: 'token:61f000000000000000000001' };
    const found = await it.provider.getClients([first!, gone, second!, third!], it.call);
    expect(found).toMatchObject([{ id: first }, null, { id: second }, { id: third }]);
    expect(it.requests()).toEqual({ [TOKENS]: 1, [ONE_TOKEN]: 4 });
  });

  test('members: one or a hundred in one question, more in as many as it takes', async () => {
    const it = await openKnown();
    const ids = Array.from({ length: 250 }, () => ({ ...it.tenant, identity: it.simulator.seedMember() }));
    await it.provider.getIdentities(ids.slice(0, 1), it.call);
    expect(it.requests()).toEqual({ 'GET members': 1 });
    expect(await it.provider.getIdentities(ids.slice(0, 100), it.call)).toMatchObject(
      ids.slice(0, 100).map((id) => ({ id })),
    );
    expect(it.requests()).toEqual({ 'GET members': 1 });
    expect(await it.provider.getIdentities(ids, it.call)).toMatchObject(ids.map((id) => ({ id })));
    expect(it.requests()).toEqual({ 'GET members': 3 });
  });

  test('lists: one request for a page of each that it lies in', async () => {
    const it = await openKnown();
    oauthClients(it, 3);
    tokens(it, 3);
    const page = (limit: number) =>
      it.provider.listClients([it.tenant], { ...FIRST_PAGE, limit, withTotal: false }, it.call);
    await page(2);
    expect(it.requests()).toEqual({ [OAUTH]: 1 });
    await page(5);
    expect(it.requests()).toEqual({ [OAUTH]: 1, [TOKENS]: 1 });
    await it.provider.listIdentities([it.tenant], { ...FIRST_PAGE, withTotal: false }, it.call);
    expect(it.requests()).toEqual({ 'GET members': 1 });
  });

  test('the clients of many members: the pages of all tokens; without tokens none', async () => {
    const it = await openKnown();
    const members = Array.from({ length: 60 }, () => ({ ...it.tenant, identity: it.simulator.seedMember() }));
    for (const { identity } of members) for (let i = 0; i < 3; i += 1) it.seedToken({ memberId: identity });
    const pages = await it.provider.listClients(members, FIRST_PAGE, it.call);
    expect(pages.map((page) => 'items' in page && page.totalCount)).toEqual(members.map(() => 3));
    expect(it.requests()).toEqual({ [TOKENS]: 2 });
    const without = await openKnown({ accessTokens: false });
    const member = { ...without.tenant, identity: without.simulator.gateway.memberId };
    expect(await without.provider.listClients([member], FIRST_PAGE, without.call)).toMatchObject([
      { items: [] },
    ]);
    expect(without.requests()).toEqual({});
  });

  test('writes: one or two', async () => {
    const it = await openKnown();
    const { provider, call, tenant } = it;
    const given = { identity: null, name: 'x', description: null, kind: null, attributes: null };
    const redirectUris = ['https://x.example.com/callback'];
    const { client } = await provider.createClient!(tenant, { ...given, redirectUris }, call);
    expect(it.requests()).toEqual({ 'POST oauth/clients': 1 });
    await provider.updateClient!(client.id, { name: 'y' }, call);
    expect(it.requests()).toEqual({ [ONE_OAUTH]: 1, 'PATCH oauth/clients/:id': 1 });
    await provider.updateClient!(client.id, {}, call);
    expect(it.requests()).toEqual({ [ONE_OAUTH]: 1 });
    await provider.deleteClient!(client.id, call);
    expect(it.requests()).toEqual({ [ONE_OAUTH]: 1, 'DELETE oauth/clients/:id': 1 });
    const { secret } = it.seedToken();
    await provider.replaceSecret!(secret, { value: null, oldEndsAt: null }, call);
    expect(it.requests()).toEqual({ [ONE_TOKEN]: 1, 'POST tokens/:id/reset': 1 });
    await provider.revokeSecret!(secret, call);
    expect(it.requests()).toEqual({ [ONE_TOKEN]: 1, 'DELETE tokens/:id': 1 });
  });

  test('what cannot be an id of the vendor is not asked for', async () => {
    const it = await openKnown();
    const { provider, call, tenant } = it;
    const odd = [
      '..',
      'a|b',
      'a,role:admin',
      'a:b',
      '中',
      'x'.repeat(65),
      `${it.simulator.gateway.memberId}\n`,
    ];
    const identities = odd.map((identity) => ({ ...tenant, identity }));
    expect(await provider.getIdentities(identities, call)).toEqual(odd.map(() => null));
    const strange = ['token', 'member:1', ...odd.map((id) => `token:${id}`), ...odd];
    const clients = strange.map((client) => Object.assign({}, tenant, { client }));
    expect(await provider.getClients(clients, call)).toEqual(clients.map(() => null));
    expect(it.requests()).toEqual({});
  });

  test('where tokens are not shown, none is asked for', async () => {
    const it = await openKnown({ accessTokens: false });
    const { client, secret } = it.seedToken();
    expect(await it.provider.getClients([client], it.call)).toEqual([null]);
    expect(await it.provider.getSecrets([secret], it.call)).toEqual([null]);
    await expect(it.provider.deleteClient!(client, it.call)).rejects.toMatchObject({ code: 'not_found' });
    expect(it.requests()).toEqual({});
  });
});
