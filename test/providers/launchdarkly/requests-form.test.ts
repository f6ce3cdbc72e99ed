import { describe, expect, test } from 'vitest';
import type { NewClient } from '../../../src/provider-kit/provider.ts';
import { FIRST_PAGE, openLaunchDarkly } from './open-launchdarkly.ts';

const NEW: NewClient = {
  identity: null,
  name: 'dash',
  description: 'internal',
  kind: null,
  redirectUris: ['https://dash.example.com/callback'],
  attributes: null,
};

describe('every request', () => {
  test('has the bare token and one version; what is posted or patched is JSON, also where it is empty', async () => {
    const it = await openLaunchDarkly();
    const { provider, call, tenant, simulator } = it;
    const { client } = await provider.createClient!(tenant, NEW, call);
    await provider.updateClient!(client.id, { name: 'board' }, call);
    await provider.deleteClient!(client.id, call);
    const { secret } = it.seedToken();
    await provider.replaceSecret!(secret, { value: null, oldEndsAt: null }, call);
    await provider.revokeSecret!(secret, call);
    await provider.listClients([tenant], FIRST_PAGE, call);
    await provider.listIdentities([tenant], FIRST_PAGE, call);
    expect(new Set(simulator.requests.map(({ method }) => method))).toEqual(
      new Set(['GET', 'POST', 'PATCH', 'DELETE']),
    );
    for (const { method, headers } of simulator.requests) {
      expect(headers).toMatchObject({
        authorization: simulator.gateway.accessToken,
        'ld-api-version': '20240415',
      });
      const type = method === 'POST' || method === 'PATCH' ? 'application/json' : undefined;
      expect(headers['content-type']).toBe(type);
    }
  });

  test('is read the same, whatever version the token in use would have by default', async () => {
    const it = await openLaunchDarkly({ gateway: { defaultApiVersion: 20160426 } });
    it.seedToken();
    const [page] = await it.provider.listClients([it.tenant], FIRST_PAGE, it.call);
    expect(page).toMatchObject({ totalCount: 2 });
  });

  test('a list that is given in smaller parts than asked for is whole all the same, either way', async () => {
    const it = await openLaunchDarkly({ mostAtOnce: 3 });
    const ids = Array.from({ length: 10 }, () => it.seedToken().client);
    for (const direction of ['forward', 'backward'] as const) {
      const [page] = await it.provider.listClients([it.tenant], { ...FIRST_PAGE, direction }, it.call);
      if (page === undefined || !('items' in page)) throw page ?? new Error('there is no answer');
      const listed = page.items.map(({ node }) => node.id);
      expect(listed.slice(-10)).toEqual(ids);
      expect([listed.length, page.hasNext, page.hasPrevious]).toEqual([11, false, false]);
    }
    const found = await it.provider.getClients(ids, it.call);
    expect(found).toMatchObject(ids.map((id) => ({ id })));
    const members = Array.from({ length: 7 }, () => ({ ...it.tenant, identity: it.simulator.seedMember() }));
    expect(await it.provider.getIdentities(members, it.call)).toMatchObject(members.map((id) => ({ id })));
  });

  test('no link of a reply is followed', async () => {
    const it = await openLaunchDarkly();
    const next = { href: 'https://elsewhere.example/api/v2/tokens?offset=1', type: 'application/json' };
    const body = { items: [], totalCount: 5, _links: { next } };
    it.simulator.inject({ match: ({ path }) => path === '/api/v2/members', kind: { status: 200, body } });
    const [page] = await it.provider.listIdentities(
      [it.tenant],
      { ...FIRST_PAGE, withTotal: false },
      it.call,
    );
    expect(page).toMatchObject({ items: [] });
    expect(it.requests()).toEqual({ 'GET caller-identity': 1, 'GET members': 1 });
  });
});
