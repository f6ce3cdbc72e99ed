import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SECOND } from '../../../src/domain/duration.ts';
import {
  createInfisicalSimulator,
  type InfisicalSimulator,
} from '../../../src/providers/infisical/simulator.ts';
import { testClock } from '../../test-clock.ts';

const LOGIN = '/api/v1/auth/universal-auth/login';

/** What the recording cannot show, because that build had it not yet. */
describe('the simulator of the current generation', () => {
  const clock = testClock('2026-05-01T09:30:00.000Z');
  let simulator: InfisicalSimulator;
  beforeEach(async () => {
    simulator = await createInfisicalSimulator({ generation: 'current', clock });
  });
  afterEach(() => simulator.close());

  const ask = async (method: string, path: string, json?: object, token = simulator.userToken()) => {
    const response = await fetch(simulator.origin + path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(json && { 'content-type': 'application/json' }) },
      body: json === undefined ? null : JSON.stringify(json),
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  };
  const login = (clientSecret: string, clientId = simulator.gateway.clientId) =>
    ask('POST', LOGIN, { clientId, clientSecret });

  test('a refused input is a 422, and every error has the id of its request', async () => {
    expect(await ask('POST', LOGIN, { clientId: 'x' })).toMatchObject({
      status: 422,
      body: {
        reqId: expect.stringMatching(/^req-/),
        statusCode: 422,
        error: 'ValidationFailure',
        message: [{ code: 'invalid_type', path: ['clientSecret'] }],
      },
    });
  });

  test('three wrong secrets within half a minute lock out the right one for five minutes', async () => {
    const { clientSecret, identityId } = simulator.gateway;
    const locked = { status: 401, body: { message: expect.stringContaining('temporarily locked') } };
    for (let i = 0; i < 3; i += 1) expect(await login('wrong')).toMatchObject({ status: 401 });
    expect(await login(clientSecret)).toMatchObject(locked);
    clock.pass(299 * SECOND);
    expect(await login(clientSecret)).toMatchObject(locked);
    clock.pass(SECOND);
    expect(await login(clientSecret)).toMatchObject({ status: 200 });
    for (let i = 0; i < 3; i += 1) await login('wrong');
    const clear = `/api/v1/auth/universal-auth/identities/${identityId}/clear-lockouts`;
    expect((await ask('POST', clear)).body).toEqual({ deleted: 1 });
    expect(await login(clientSecret)).toMatchObject({ status: 200 });
  });

  test('wrong secrets further apart are forgotten, and a right one clears the count', async () => {
    const { clientSecret } = simulator.gateway;
    for (let i = 0; i < 4; i += 1) {
      await login('wrong');
      clock.pass(30 * SECOND);
    }
    await login('wrong');
    await login('wrong');
    await login(clientSecret);
    await login('wrong');
    expect(await login(clientSecret)).toMatchObject({ status: 200 });
  });

  test('a token that is over is a 403; a renewed one is another', async () => {
    const identity = simulator.seedIdentity({ role: 'admin' });
    const { clientId } = simulator.seedUniversalAuth(identity, { accessTokenTTL: 10, accessTokenMaxTTL: 25 });
    const { value } = simulator.seedSecret(identity);
    const { accessToken } = (await login(value, clientId)).body;
    clock.pass(9 * SECOND);
    const renewed = await ask('POST', '/api/v1/auth/token/renew', { accessToken });
    expect(renewed.body).toMatchObject({ expiresIn: 10, accessTokenMaxTTL: 25 });
    expect(renewed.body.accessToken).not.toBe(accessToken);
    clock.pass(SECOND);
    expect(await ask('GET', '/api/v1/identities/details', undefined, accessToken)).toMatchObject({
      status: 403,
      body: { error: 'TokenError' },
    });
    expect((await ask('GET', '/api/v1/identities/details', undefined, renewed.body.accessToken)).status).toBe(
      200,
    );
    clock.pass(6 * SECOND);
    const late = await ask('POST', '/api/v1/auth/token/renew', { accessToken: renewed.body.accessToken });
    expect(late).toMatchObject({ status: 401 });
  });

  test('the search pages, orders and filters', async () => {
    for (const name of ['b', 'a', 'c']) simulator.seedIdentity({ name, role: 'member' });
    const search = async (json: object) => {
      const { body } = await ask('POST', '/api/v1/identities/search', json);
      return [
        body.totalCount,
        ...body.identities.map((it: { identity: { name: string } }) => it.identity.name),
      ];
    };
    expect(await search({ limit: 2 })).toEqual([4, 'a', 'b']);
    expect(await search({ limit: 2, offset: 2 })).toEqual([4, 'c', 'gateway']);
    expect(await search({ orderDirection: 'desc', search: { role: 'member' } })).toEqual([3, 'c', 'b', 'a']);
    expect(await search({ search: { name: { $contains: 'ate' } } })).toEqual([1, 'gateway']);
    expect(await search({ search: { name: { $in: ['a', 'c'] } } })).toEqual([2, 'a', 'c']);
    expect(await ask('POST', '/api/v1/identities/search', { limit: 101 })).toMatchObject({ status: 422 });
    expect(await ask('POST', '/api/v1/identities/search', { search: { name: 'a%' } })).toMatchObject({
      status: 422,
    });
  });

  test('the cloud’s limiter refuses with 429, reads and writes apart', async () => {
    const limited = await createInfisicalSimulator({ generation: 'current', clock, rateLimited: true });
    const headers = { authorization: `Bearer ${limited.userToken()}` };
    const read = () => fetch(`${limited.origin}/api/v1/identities/details`, { headers });
    const statuses = await Promise.all(Array.from({ length: 201 }, async () => (await read()).status));
    expect(statuses.filter((status) => status === 200)).toHaveLength(200);
    const refused = await read();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('60');
    expect(await refused.json()).toMatchObject({ error: 'RateLimitExceeded' });
    const written = await fetch(`${limited.origin}/api/v1/auth/token/revoke`, { method: 'POST' });
    expect(written.status).toBe(422);
    clock.pass(60 * SECOND);
    expect((await read()).status).toBe(200);
    await limited.close();
  });

  test('the purge takes what can let nobody in any more, and the tokens of it', async () => {
    const { identityId, clientSecret } = simulator.gateway;
    const path = `/api/v1/auth/universal-auth/identities/${identityId}/client-secrets`;
    const kept = simulator.seedSecret(identityId);
    const expired = simulator.seedSecret(identityId, { ttl: 10 });
    const usedUp = simulator.seedSecret(identityId, { numUsesLimit: 1 });
    await login(usedUp.value);
    const { accessToken } = (await login(clientSecret)).body;
    clock.pass(11 * SECOND);
    simulator.purge();
    const found = await Promise.all([kept, expired, usedUp].map(({ id }) => ask('GET', `${path}/${id}`)));
    expect(found.map(({ status }) => status)).toEqual([200, 404, 404]);
    expect((await ask('GET', path, undefined, accessToken)).status).toBe(200);
  });
});
