import { describe, expect, onTestFinished, test } from 'vitest';
import { HOUR, SECOND } from '../../../src/domain/duration.ts';
import {
  createLaunchDarklySimulator,
  type LaunchDarklySimulatorOptions,
} from '../../../src/providers/launchdarkly/simulator.ts';
import { testClock } from '../../test-clock.ts';

const OAUTH = '/api/v2/oauth/clients';
const TOKENS = '/api/v2/tokens';
const VERSION = '20240415';

interface Sent {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

async function openSimulator(options: Partial<LaunchDarklySimulatorOptions> = {}) {
  const clock = testClock('2026-05-01T09:30:00.000Z');
  const simulator = await createLaunchDarklySimulator({ clock, ...options });
  onTestFinished(() => simulator.close());
  const ask = async (method: string, path: string, { token, headers, body }: Sent = {}) => {
    const response = await fetch(simulator.origin + path, {
      method,
      headers: {
        authorization: token ?? simulator.gateway.accessToken,
        'ld-api-version': VERSION,
        ...headers,
      },
      ...(body !== undefined && { body }),
    });
    const text = await response.text();
    // oxlint-disable-next-line typescript/no-unsafe-assignment
    const parsed = text === '' ? undefined : JSON.parse(text);
    return { status: response.status, headers: response.headers, body: parsed };
  };
  const json = { 'content-type': 'application/json' };
  const send = (method: string, path: string, body: unknown, token?: string) =>
    ask(method, path, { headers: json, body: JSON.stringify(body), ...(token !== undefined && { token }) });
  return { simulator, clock, ask, send };
}

const refusal = (status: number, code: string) => ({
  status,
  body: { code, message: expect.any(String), id: expect.stringMatching(/^[\da-f-]{36}$/) },
});

describe('the simulator', () => {
  test('takes the bare token only, and says of a bad one what it says of a missing permission', async () => {
    const { simulator, ask, send } = await openSimulator();
    const { accessToken } = simulator.gateway;
    const unauthorized = refusal(401, 'unauthorized');
    for (const token of ['', 'wrong', `Bearer ${accessToken}`])
      expect(await ask('GET', OAUTH, { token })).toMatchObject(unauthorized);
    const { value } = simulator.seedToken({ fields: { role: 'reader' } });
    expect(await ask('GET', OAUTH, { token: value })).toMatchObject(unauthorized);
    expect(await send('POST', TOKENS, { role: 'reader' }, value)).toMatchObject(unauthorized);
    expect(await ask('GET', '/api/v2/caller-identity', { token: value })).toMatchObject({ status: 200 });
  });

  test('takes a version once, and one that it has; without any it goes by the token', async () => {
    const { simulator, ask } = await openSimulator();
    const twice = { 'ld-api-version': `${VERSION}, ${VERSION}` };
    expect(await ask('GET', OAUTH, { headers: twice })).toMatchObject({
      ...refusal(400, 'invalid_request'),
      body: { message: 'Too many values for parameter' },
    });
    const unknown = { 'ld-api-version': '20991231' };
    expect(await ask('GET', OAUTH, { headers: unknown })).toMatchObject(refusal(400, 'invalid_request'));
    const { value } = simulator.seedToken({ defaultApiVersion: 20160426, fields: { role: 'admin' } });
    const response = await fetch(`${simulator.origin}${TOKENS}?limit=1&showAll=true`, {
      headers: { authorization: value },
    });
    const body = (await response.json()) as { items: unknown[] };
    expect([body.items.length, 'totalCount' in body]).toEqual([2, false]);
  });

  test('wants to be told that a body is JSON, also where it is empty', async () => {
    const { simulator, ask } = await openSimulator();
    const reset = `${TOKENS}/${simulator.seedToken().id}/reset`;
    expect(await ask('POST', reset)).toMatchObject(refusal(400, 'invalid_request'));
    const json = { 'content-type': 'application/json' };
    expect(await ask('POST', reset, { headers: json, body: '' })).toMatchObject({ status: 200 });
    expect(await ask('POST', reset, { headers: json, body: '{' })).toMatchObject(
      refusal(400, 'invalid_request'),
    );
  });

  test('has other ways of refusing', async () => {
    const { simulator, ask, send } = await openSimulator();
    expect(await ask('GET', `${OAUTH}/none`)).toMatchObject(refusal(404, 'not_found'));
    expect(await ask('GET', '/api/v2/nothing')).toMatchObject(refusal(404, 'not_found'));
    expect(await ask('DELETE', OAUTH)).toMatchObject(refusal(405, 'method_not_allowed'));
    const { value } = simulator.seedToken();
    const { id } = simulator.seedToken();
    expect(await ask('GET', `${TOKENS}/${id}`, { token: value })).toMatchObject(refusal(403, 'forbidden'));
    expect(await send('POST', TOKENS, { name: 'x' })).toMatchObject(refusal(400, 'invalid_request'));
    const both = { role: 'reader', customRoleIds: ['a'] };
    expect(await send('POST', TOKENS, both)).toMatchObject(refusal(400, 'invalid_request'));
  });

  test.each([
    ['http', 'http://dash.example.com/callback'],
    ['a query', 'https://dash.example.com/callback?a=b'],
    ['no address', 'callback'],
  ])('refuses a redirect URI: %s', async (_, redirectUri) => {
    const { send } = await openSimulator();
    const refused = refusal(400, 'invalid_request');
    expect(await send('POST', OAUTH, { name: 'x', redirectUri })).toMatchObject(refused);
  });

  test('shows the secret of an OAuth client when it is created, and never again', async () => {
    const { simulator, ask, send } = await openSimulator();
    const created = await send('POST', OAUTH, { name: 'x', redirectUri: 'https://x.example.com/callback' });
    expect(created).toMatchObject({ status: 201, body: { _clientSecret: expect.any(String) } });
    const { _clientId: id, _clientSecret: secret } = created.body;
    expect(simulator.isSecretOf(id, secret)).toBe(true);
    for (const path of [OAUTH, `${OAUTH}/${id}`])
      expect(JSON.stringify((await ask('GET', path)).body)).not.toContain('_clientSecret');
    expect(await ask('DELETE', `${OAUTH}/${id}`)).toMatchObject({ status: 204, body: undefined });
    expect(simulator.isSecretOf(id, secret)).toBe(false);
  });

  test.each<[string, readonly object[], number]>([
    ['replaces', [{ op: 'replace', path: '/name', value: 'y' }], 200],
    ['adds', [{ op: 'add', path: '/description', value: 'y' }], 200],
    ['removes', [{ op: 'remove', path: '/description' }], 422],
    ['tests', [{ op: 'test', path: '/name', value: 'other' }], 422],
    ['knows its fields', [{ op: 'replace', path: '/colour', value: 'red' }], 422],
    ['leaves what begins with _', [{ op: 'replace', path: '/_clientId', value: 'y' }], 400],
    ['does not remove a name', [{ op: 'remove', path: '/name' }], 400],
    ['knows its operations', [{ op: 'move', from: '/name', path: '/description' }], 400],
  ])('a patch %s', async (_, patch, status) => {
    const { simulator, send } = await openSimulator();
    const { id } = simulator.seedOAuthClient();
    expect(await send('PATCH', `${OAUTH}/${id}`, patch)).toMatchObject({ status });
    expect(await send('PATCH', `${OAUTH}/${id}`, { comment: 'why', patch })).toMatchObject({ status });
  });

  test('a patch is done whole or not at all', async () => {
    const { simulator, ask, send } = await openSimulator();
    const { id } = simulator.seedOAuthClient();
    const patch = [
      { op: 'replace', path: '/name', value: 'y' },
      { op: 'remove', path: '/description' },
    ];
    expect(await send('PATCH', `${OAUTH}/${id}`, patch)).toMatchObject(refusal(422, 'patch_failed'));
    expect((await ask('GET', `${OAUTH}/${id}`)).body).toMatchObject({ name: 'dashboard' });
  });

  test('a reset ends the old value at once, or when it is told, and keeps the id', async () => {
    const { simulator, clock, ask, send } = await openSimulator();
    const { id, value } = simulator.seedToken();
    const works = async (token: string) =>
      (await ask('GET', '/api/v2/caller-identity', { token })).status === 200;
    const until = clock.now().getTime() + HOUR;
    const first = await send('POST', `${TOKENS}/${id}/reset?expiry=${until}`, {});
    const second: string = first.body.token;
    expect(first.body).toMatchObject({ _id: id });
    expect([await works(value), await works(second)]).toEqual([true, true]);
    await send('POST', `${TOKENS}/${id}/reset`, {});
    expect([await works(value), await works(second)]).toEqual([true, false]);
    clock.pass(HOUR);
    expect(await works(value)).toBe(false);
    const bad = await send('POST', `${TOKENS}/${id}/reset?expiry=soon`, {});
    expect(bad).toMatchObject(refusal(400, 'invalid_request'));
    const stale = await send('POST', `${TOKENS}/${id}/reset?expiry=1`, {});
    expect(stale.status).toBe(200);
    const hint = (await ask('GET', `${TOKENS}/${id}`)).body.token;
    expect(hint).toBe(stale.body.token.slice(-4));
  });

  test('shows an Admin all tokens where he asks for all; else his own and those of services', async () => {
    const { simulator, ask } = await openSimulator();
    const [personal, service] = [simulator.seedToken(), simulator.seedToken({ serviceToken: true })];
    const listed = async (query: string, token?: string) => {
      const { body } = await ask('GET', TOKENS + query, token === undefined ? {} : { token });
      return (body.items as { _id: string }[]).map(({ _id }) => _id);
    };
    const { tokenId } = simulator.gateway;
    expect(await listed('')).toEqual([tokenId, service.id]);
    expect(await listed('?showAll=true')).toEqual([tokenId, personal.id, service.id]);
    expect(await listed('?showAll=true', personal.value)).toEqual([personal.id, service.id]);
  });

  test('gives 25 tokens and 20 members, unless told otherwise, and links to the next', async () => {
    const { simulator, ask } = await openSimulator();
    for (let i = 0; i < 29; i += 1) simulator.seedToken({ serviceToken: true });
    const first = (await ask('GET', TOKENS)).body;
    expect([first.items.length, first.totalCount, first._links.next.href]).toEqual([
      25,
      30,
      '/api/v2/tokens?limit=25&offset=25',
    ]);
    const second = (await ask('GET', first._links.next.href)).body;
    expect([second.items.length, second._links.next]).toEqual([5, undefined]);
    expect((await ask('GET', '/api/v2/members')).body.items).toHaveLength(20);
    expect((await ask('GET', '/api/v2/members?limit=50')).body.items).toHaveLength(30);
  });

  test('finds members by what they are', async () => {
    const { simulator, ask } = await openSimulator();
    const [a, b] = [
      simulator.seedMember({ role: 'reader' }),
      simulator.seedMember({ email: 'b@example.com' }),
    ];
    const found = async (filter: string) => {
      const { status, body } = await ask('GET', `/api/v2/members?filter=${encodeURIComponent(filter)}`);
      return status === 200 ? (body.items as { _id: string }[]).map(({ _id }) => _id) : status;
    };
    expect(await found(`id:${a}|${b}|none`)).toEqual([a, b]);
    expect(await found(`id:${a}|${b},email:b@example.com`)).toEqual([b]);
    expect(await found('role:reader')).toEqual([a]);
    expect(await found('colour:red')).toBe(400);
    expect(await found(`id:${a}:${b}`)).toBe(400);
  });

  test('counts in windows of 10 s, over all and for each route, and tells what is left', async () => {
    const { clock, ask } = await openSimulator({ limits: { global: 3, route: 2 } });
    clock.pass(4 * SECOND);
    const told = async (path: string) => {
      const { status, headers } = await ask('GET', path);
      const names = ['global-remaining', 'route-remaining', 'reset'];
      return [status, ...names.map((name) => headers.get(`x-ratelimit-${name}`))];
    };
    const reset = String(clock.now().getTime() + 6 * SECOND);
    expect(await told(OAUTH)).toEqual([200, '2', '1', reset]);
    expect(await told(OAUTH)).toEqual([200, '1', '0', reset]);
    expect(await told(OAUTH)).toEqual([429, '0', '0', reset]);
    expect(await told(TOKENS)).toEqual([429, '0', '1', reset]);
    clock.pass(6 * SECOND);
    expect(await told(TOKENS)).toEqual([200, '2', '1', String(Number(reset) + 10 * SECOND)]);
  });

  test('tells an address that sends too much how long to wait, and no more', async () => {
    const { clock, ask } = await openSimulator({ limits: { global: 9, route: 9, address: 1 } });
    clock.pass(3 * SECOND);
    await ask('GET', OAUTH);
    const refused = await ask('GET', OAUTH);
    expect(refused).toMatchObject(refusal(429, 'rate_limited'));
    expect(refused.headers.get('retry-after')).toBe('7');
    expect(refused.headers.get('x-ratelimit-reset')).toBeNull();
  });
});
