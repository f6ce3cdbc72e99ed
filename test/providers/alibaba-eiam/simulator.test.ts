import { describe, expect, test } from 'vitest';
import { DAY, MINUTE } from '../../../src/domain/duration.ts';
import { openAlibabaEiam, signedHeaders, type Opened } from './open-alibaba-eiam.ts';

/** `parameters` in the order of their names. */
async function ask(it: Opened, action: string, parameters: Readonly<Record<string, string>> = {}) {
  const query = Object.keys(parameters)
    .sort()
    .map((name) => `${name}=${encodeURIComponent(parameters[name] ?? '')}`)
    .join('&');
  const { host: _, ...headers } = signedHeaders(it, action, query);
  const response = await fetch(`${it.simulator.origin}/?${query}`, {
    method: 'POST',
    headers: { accept: 'application/json', ...headers },
  });
  const body = (await response.json()) as Record<string, unknown>;
  return { status: response.status, headers: response.headers, body };
}

async function openApplication() {
  const it = await openAlibabaEiam();
  const of = it.seedClient();
  const ids = { InstanceId: of.tenant, ApplicationId: of.client };
  return { ...it, of, ids, ask: (action: string, more = {}) => ask(it, action, { ...ids, ...more }) };
}

describe('the simulator knows', () => {
  test.each([
    ['ListUsers', {}, 'MissingInstanceId'],
    ['ListUsers', { InstanceId: '' }, 'MissingInstanceId'],
    ['ListUsers', { InstanceId: 'x'.repeat(65) }, 'InvalidInstanceId'],
    ['ListUsers', { InstanceId: 'x' }, 'ResourceNotFound.Instance'],
    ['ListInstances', { PageSize: '101' }, 'InvalidPageSize'],
    ['ListInstances', { PageSize: '0' }, 'InvalidPageSize'],
    ['ListInstances', { PageNumber: '0' }, 'InvalidPageNumber'],
    ['ListInstances', { PageNumber: 'x' }, 'InvalidPageNumber'],
    [
      'ListInstances',
      Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`InstanceIds.${i + 1}`, 'x'])),
      'InvalidInstanceIds',
    ],
  ])('parameters: %s %o is %s', async (action, parameters, code) => {
    const { status, body } = await ask(await openAlibabaEiam(), action, parameters);
    expect([status, body['Code']]).toEqual([code.startsWith('Res') ? 404 : 400, code]);
  });

  test.each([
    [{}, 'MissingApplicationName'],
    [{ ApplicationName: 'x'.repeat(65) }, 'InvalidApplicationName'],
    [{ ApplicationName: 'a' }, 'MissingApplicationSourceType'],
    [{ ApplicationName: 'a', ApplicationSourceType: 'b' }, 'InvalidApplicationSourceType'],
    [
      { ApplicationName: 'a', ApplicationSourceType: 'urn:alibaba:idaas:app:source:standard' },
      'MissingSsoType',
    ],
    [
      { ApplicationName: 'a', ApplicationSourceType: 'urn:alibaba:idaas:app:source:template' },
      'MissingApplicationTemplateId',
    ],
    [
      {
        ApplicationName: 'a',
        ApplicationSourceType: 'urn:alibaba:idaas:app:source:standard',
        SsoType: 'oauth2/m2m',
      },
      'InvalidSsoType',
    ],
  ])('of a new application: %o is %s', async (parameters, code) => {
    const it = await openAlibabaEiam();
    const { body } = await ask(it, 'CreateApplication', { InstanceId: it.tenant.tenant, ...parameters });
    expect(body['Code']).toBe(code);
  });

  test('twenty items on a page, and only the usual applications, unless more is asked for', async () => {
    const it = await openAlibabaEiam();
    for (let i = 0; i < 25; i += 1) it.seedClient();
    it.seedClient({ creationType: 'system_init' });
    it.seedClient({ identityType: 'agent' });
    const list = async (more: object) => {
      const { body } = await ask(it, 'ListApplications', { InstanceId: it.tenant.tenant, ...more });
      const { TotalCount, Applications } = body as { TotalCount: number; Applications?: unknown[] };
      return [TotalCount, Applications?.length];
    };
    expect(await list({})).toEqual([25, 20]);
    expect(await list({ PageNumber: '2' })).toEqual([25, 5]);
    expect(await list({ PageNumber: '3' })).toEqual([25, 0]);
    expect(await list({ ApplicationCreationType: 'all' })).toEqual([26, 20]);
    expect(await list({ ApplicationCreationType: 'all', ApplicationIdentityType: 'all' })).toEqual([27, 20]);
  });

  test('two secrets, and no third', async () => {
    const { ask: on, requests } = await openApplication();
    for (const status of [200, 200, 400])
      expect((await on('CreateApplicationClientSecret')).status).toBe(status);
    expect((await on('CreateApplicationClientSecret')).body['Code']).toBe('LimitExceeded.ClientSecret');
    expect(requests()).toEqual({ CreateApplicationClientSecret: 4 });
  });

  test.each([
    [DAY, 200],
    [1095 * DAY, 200],
    [DAY - 1, 400],
    [3 * 366 * DAY + 1, 400],
  ])('an end that is %d ms ahead: %d', async (ms, status) => {
    const { ask: on, clock, seedSecret, of } = await openApplication();
    const ExpirationTime = String(clock.now().getTime() + ms);
    expect((await on('CreateApplicationClientSecret', { ExpirationTime })).status).toBe(status);
    const SecretId = seedSecret(of).id.secret;
    const update = (more: object) => on('UpdateApplicationClientSecretExpirationTime', { SecretId, ...more });
    expect((await update({ ExpirationTime })).status).toBe(status);
    expect((await update({})).body['Code']).toBe('MissingExpirationTime');
  });

  test('one secret stays enabled, even an expired one', async () => {
    const { ask: on, clock, seedSecret, of } = await openApplication();
    const kept = seedSecret(of, { expiresAt: clock.now() }).id.secret;
    const other = seedSecret(of).id.secret;
    const change = async (verb: string, SecretId: string) =>
      (await on(`${verb}ApplicationClientSecret`, { SecretId })).body['Code'] ?? 'done';
    const refused = 'OperationDenied.ClientSecret';
    expect(await change('Disable', other)).toBe('done');
    expect(await change('Disable', kept)).toBe(refused);
    expect(await change('Delete', kept)).toBe(refused);
    expect(await change('Delete', other)).toBe('done');
    expect(await change('Delete', other)).toBe('ResourceNotFound.ClientSecret');
  });

  test('a secret is masked in a list, and shown by Obtain alone', async () => {
    const { ask: on, seedSecret, of } = await openApplication();
    const { id, value } = seedSecret(of);
    const listed = JSON.stringify((await on('ListApplicationClientSecrets')).body);
    expect(listed).toContain(`${value.slice(0, 4)}${'*'.repeat(39)}${value.slice(-2)}`);
    expect(listed).not.toContain(value);
    const { body } = await on('ObtainApplicationClientSecret', { SecretId: id.secret });
    expect(body['ApplicationClientSecret']).toMatchObject({ SecretId: id.secret, ClientSecret: value });
  });

  test('a permission of its own for each operation', async () => {
    const { ask: on, simulator } = await openApplication();
    simulator.deny('ObtainApplicationClientSecret');
    const { status, body } = await on('ObtainApplicationClientSecret', { SecretId: 'x' });
    expect([status, body['Code']]).toEqual([403, 'NoPermission']);
    expect(body['AccessDeniedDetail']).toBeDefined();
    expect((await on('ListApplicationClientSecrets')).status).toBe(200);
  });

  test('so many requests a minute for each operation, and how long to wait', async () => {
    const it = await openAlibabaEiam({ perMinute: 2 });
    const list = () => ask(it, 'ListInstances');
    for (const status of [200, 200, 400]) expect((await list()).status).toBe(status);
    it.clock.pass(20_000);
    const { headers, body } = await list();
    expect([headers.get('x-acs-retry-after'), body['Code']]).toEqual(['40000', 'Throttling.Api']);
    expect((await ask(it, 'ListUsers', { InstanceId: it.tenant.tenant })).status).toBe(200);
    it.clock.pass(MINUTE);
    expect((await list()).status).toBe(200);
  });

  test('what a token of STS is good for', async () => {
    const it = await openAlibabaEiam();
    const key = it.simulator.seedSessionKey(new Date(it.clock.now().getTime() + MINUTE));
    const asKey = { ...it, simulator: { ...it.simulator, origin: it.simulator.origin, accessKey: key } };
    const list = async (more: Record<string, string>) => {
      const { host: _, ...headers } = signedHeaders(asKey, 'ListInstances', '', more);
      const response = await fetch(`${it.simulator.origin}/`, {
        method: 'POST',
        headers: { accept: 'application/json', ...headers },
      });
      return ((await response.json()) as { Code?: string }).Code ?? 'done';
    };
    const token = { 'x-acs-security-token': key.token.text };
    expect(await list({})).toBe('InvalidSecurityToken.MismatchWithAccessKey');
    expect(await list(token)).toBe('done');
    it.clock.pass(MINUTE);
    expect(await list(token)).toBe('InvalidSecurityToken.Expired');
  });
});
