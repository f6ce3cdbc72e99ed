import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../../src/domain/duration.ts';
import type { Fault } from '../../../src/provider-kit/simulator-fault.ts';
import { FIRST_PAGE } from '../../conformance/answers.ts';
import { openAveva, type Opened } from './open-aveva.ts';

const TOKEN = 'POST connect/token';
const DISCOVERY = 'GET .well-known/openid-configuration';
const TENANT = 'GET ';
const toDiscovery: Fault['match'] = ({ path }) => path.endsWith('/openid-configuration');
const toToken: Fault['match'] = ({ path }) => path.endsWith('/connect/token');
const toTenant: Fault['match'] = ({ path }) => path.startsWith('/api/');

const ask = ({ provider, tenant, call }: Opened) => provider.getTenants([tenant], call);
const configuredTo = (token_endpoint: unknown) => ({ status: 200, body: { token_endpoint } });

describe('the token', () => {
  test.each([
    ['five minutes, of an hour', 3600, 3300],
    ['a fifth, of the shortest time there is', 60, 48],
    ['five minutes, of twenty-five', 1500, 1200],
    ['a fifth, of less', 1000, 800],
  ])('is given up %s', async (_, tokenLifetime, usedFor) => {
    const it = await openAveva({ tokenLifetime });
    await ask(it);
    it.clock.pass(usedFor * SECOND - 1);
    await ask(it);
    expect(it.requests()).toEqual({ [DISCOVERY]: 1, [TOKEN]: 1, [TENANT]: 2 });
    it.clock.pass(1);
    await ask(it);
    expect(it.requests()).toEqual({ [TOKEN]: 1, [TENANT]: 1 });
  });

  test.each([
    ['without a body, as in 2019', { status: 401 }],
    ['with one', { status: 401, body: { OperationId: 'x', Error: 'x', Reason: 'x', Resolution: 'x' } }],
  ])('that is refused is renewed, and the request sent once more: %s', async (_, kind) => {
    const it = await openAveva();
    await ask(it);
    it.requests();
    it.simulator.inject({ match: toTenant, kind });
    expect(await ask(it)).toMatchObject([{ name: 'Acme' }]);
    expect(it.requests()).toEqual({ [TOKEN]: 1, [TENANT]: 2 });
  });

  test('of each tenant is its own', async () => {
    const it = await openAveva({ tenants: ['Acme', 'Umbra'] });
    const { items } = await it.provider.listTenants(FIRST_PAGE, it.call);
    expect(items.map(({ node }) => node.name).toSorted()).toEqual(['Acme', 'Umbra']);
    expect(it.requests()).toEqual({ [DISCOVERY]: 1, [TOKEN]: 2, [TENANT]: 2 });
  });

  test('is asked for by a form: neither a path nor a header holds the secret', async () => {
    const it = await openAveva();
    await ask(it);
    const shown = inspect(it.simulator.requests, { depth: 5 });
    expect(shown).toContain('application/x-www-form-urlencoded');
    expect(shown).not.toContain(it.simulator.gateway.clientSecret);
  });
});

describe('a login that fails', () => {
  test('is not tried again for half a minute, and says nothing of the secret', async () => {
    const it = await openAveva({
      configured: ({ tenants: [{ id, gateway }] }) => ({
        tenants: [{ id, clientId: gateway.clientId, clientSecret: 'canary-secret' }],
      }),
    });
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(it)));
    expect(answers.flat()).toMatchObject(
      answers.map(() => ({
        code: 'unauthenticated',
        applied: 'no',
        hint: expect.stringContaining('clientSecret'),
      })),
    );
    expect(inspect(answers, { depth: 9, showHidden: true })).not.toContain('canary-secret');
    await ask(it);
    expect(it.requests()).toEqual({ [DISCOVERY]: 1, [TOKEN]: 1 });
    it.clock.pass(MINUTE);
    await ask(it);
    expect(it.requests()).toEqual({ [TOKEN]: 1 });
  });

  test('of one tenant keeps no other from being listed', async () => {
    const it = await openAveva({
      tenants: ['Acme', 'Umbra'],
      configured: ({ tenants }) => ({
        tenants: tenants.map(({ id, gateway }, i) => ({
          id,
          ...gateway,
          ...(i === 0 && { clientSecret: 'x' }),
        })),
      }),
    });
    const { items } = await it.provider.listTenants(FIRST_PAGE, it.call);
    const names = items.map(({ node }) => node.name).toSorted();
    expect(names).toEqual([it.simulator.tenants[0].id, 'Umbra'].toSorted());
    expect(await ask(it)).toMatchObject([{ code: 'unauthenticated' }]);
  });

  test('of all tenants is told', async () => {
    const it = await openAveva({ tenants: ['Acme', 'Umbra'] });
    it.simulator.inject({
      match: toToken,
      times: 9,
      kind: { status: 400, body: { error: 'invalid_client' } },
    });
    await expect(it.provider.listTenants(FIRST_PAGE, it.call)).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });

  test.each([
    [{ status: 200, body: { access_token: 'x' } }, 'malformed'],
    [{ status: 200, body: { access_token: '', expires_in: 3600 } }, 'malformed'],
    [{ status: 200, body: { access_token: 'x', expires_in: 0 } }, 'malformed'],
    [{ status: 404, body: {} }, 'malformed'],
    [{ status: 400, body: { error: 'invalid_client' } }, 'unauthenticated'],
    [{ status: 401, body: { error: 'invalid_client' } }, 'unauthenticated'],
    [{ status: 429, body: {} }, 'rate_limited'],
    [{ status: 503, body: {} }, 'unavailable'],
  ])('for %j is %s, and never that there is nothing', async (kind, code) => {
    const it = await openAveva();
    it.simulator.inject({ match: toToken, times: 9, kind });
    const [tenant] = await ask(it);
    expect(tenant).toMatchObject({ code, applied: 'no' });
    const client = it.seedClient();
    expect(await it.provider.listSecrets([client], FIRST_PAGE, it.call)).toMatchObject([{ code }]);
    expect(await it.provider.getClients([client], it.call)).toMatchObject([{ code }]);
  });
});

describe('the discovery', () => {
  test.each([
    ['http://evil.example/identity/connect/token'],
    ['https://127.0.0.1/identity/connect/token'],
    ['http://127.0.0.1/identity/connect/token'],
    ['/identity/connect/token'],
    [7],
  ])('that leads the credentials elsewhere is not followed: %s', async (endpoint) => {
    const it = await openAveva();
    it.simulator.inject({ match: toDiscovery, kind: configuredTo(endpoint) });
    expect(await ask(it)).toMatchObject([{ code: 'malformed' }]);
    expect(it.requests()).toEqual({ [DISCOVERY]: 1 });
  });

  test('says what to do about another origin', async () => {
    const it = await openAveva();
    it.simulator.inject({ match: toDiscovery, kind: configuredTo('http://evil.example/token') });
    expect(await ask(it)).toMatchObject([{ hint: expect.stringContaining('Check the url') }]);
  });

  test('that fails is asked for again; one that did not is not', async () => {
    const it = await openAveva();
    it.simulator.inject({ match: toDiscovery, kind: { status: 404, body: 'not here' } });
    expect(await ask(it)).toMatchObject([{ code: 'malformed', hint: 'Check the url.' }]);
    expect(await ask(it)).toMatchObject([{ name: 'Acme' }]);
    expect(await ask(it)).toMatchObject([{ name: 'Acme' }]);
    expect(it.requests()).toEqual({ [DISCOVERY]: 2, [TOKEN]: 1, [TENANT]: 2 });
  });

  test('tells another path', async () => {
    const it = await openAveva();
    const endpoint = `${it.simulator.origin}/elsewhere/token?tenant=1`;
    it.simulator.inject({ match: toDiscovery, kind: configuredTo(endpoint) });
    await ask(it);
    expect(it.simulator.requests.at(-1)).toMatchObject({ path: '/elsewhere/token', query: 'tenant=1' });
  });
});
