import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { ClientChanges, NewClient } from '../../../src/provider-kit/provider.ts';
import { openLaunchDarkly } from './open-launchdarkly.ts';

const CANARY = 'canary-4f1d';
const URI = 'https://dash.example.com/callback';
const COMMON = { identity: null, name: 'x', description: null };
const OAUTH: NewClient = { ...COMMON, kind: null, redirectUris: [URI], attributes: null };
const TOKEN: NewClient = {
  ...COMMON,
  kind: 'ACCESS_TOKEN',
  redirectUris: null,
  attributes: { role: 'reader' },
};

/** A read has told the account; nothing more may be sent. */
async function refusalOf(
  write: (it: Awaited<ReturnType<typeof openLaunchDarkly>>) => Promise<unknown>,
  accessTokens = true,
): Promise<unknown> {
  const it = await openLaunchDarkly({ accessTokens });
  await it.provider.getTenants([it.tenant], it.call);
  it.requests();
  const error: unknown = await write(it).then(
    () => 'it was taken',
    (thrown: unknown) => thrown,
  );
  expect(it.requests()).toEqual({});
  expect(JSON.stringify(error) + String(error)).not.toContain(CANARY);
  return error;
}

describe('input that LaunchDarkly cannot take is refused before anything is sent', () => {
  test.each<[string, NewClient, readonly string[]]>([
    ['no redirect URI', { ...OAUTH, redirectUris: null }, ['redirectUris']],
    ['two redirect URIs', { ...OAUTH, redirectUris: [URI, URI] }, ['redirectUris']],
    ['a redirect URI over http', { ...OAUTH, redirectUris: [`http://${CANARY}`] }, ['redirectUris']],
    ['one with a query', { ...OAUTH, redirectUris: [`${URI}?a=${CANARY}`] }, ['redirectUris']],
    ['one with an empty query', { ...OAUTH, redirectUris: [`${URI}?`] }, ['redirectUris']],
    ['one with a fragment', { ...OAUTH, redirectUris: [`${URI}#${CANARY}`] }, ['redirectUris']],
    ['a relative one', { ...OAUTH, redirectUris: ['/callback'] }, ['redirectUris']],
    ['one with space', { ...OAUTH, redirectUris: [` ${URI}`] }, ['redirectUris']],
    ['another kind', { ...OAUTH, kind: 'HYBRID' }, ['kind']],
    ['an attribute', { ...OAUTH, attributes: { [CANARY]: 1 } }, ['attributes']],
    ['a role of an OAuth client', { ...OAUTH, attributes: { role: 'reader' } }, ['attributes']],
    ['an empty name', { ...OAUTH, name: ' ' }, ['name']],
    ['a NUL character', { ...OAUTH, description: `${CANARY}\0` }, ['description']],
    ['a token without rights', { ...TOKEN, attributes: { serviceToken: true } }, ['attributes']],
    ['a token with two', { ...TOKEN, attributes: { role: 'reader', customRoleIds: ['a'] } }, ['attributes']],
    ['another role', { ...TOKEN, attributes: { role: CANARY } }, ['attributes', 'role']],
    ['no custom role', { ...TOKEN, attributes: { customRoleIds: [] } }, ['attributes', 'customRoleIds']],
    ['a token with redirect URIs', { ...TOKEN, redirectUris: [URI] }, ['redirectUris']],
  ])('a new client: %s', async (_, given, path) => {
    const refusal = await refusalOf(({ provider, tenant, call }) =>
      provider.createClient!(tenant, given, call),
    );
    expect(refusal).toMatchObject({ code: 'invalid_input', applied: 'no', fields: [{ path }] });
  });

  test('a token, where none are shown', async () => {
    const refusal = await refusalOf(
      ({ provider, tenant, call }) => provider.createClient!(tenant, TOKEN, call),
      false,
    );
    expect(refusal).toMatchObject({ code: 'invalid_input', fields: [{ path: ['kind'] }] });
  });

  test.each([OAUTH, TOKEN])('an owner other than the member that the gateway works as', async (given) => {
    const refusal = await refusalOf(({ provider, tenant, simulator, call }) => {
      const identity = { ...tenant, identity: simulator.seedMember() };
      return provider.createClient!(tenant, { ...given, identity }, call);
    });
    expect(refusal).toMatchObject({ code: 'invalid_input', fields: [{ path: ['identity'] }] });
  });

  test.each<[string, 'oauth' | 'token', ClientChanges, readonly string[]]>([
    ['switched off', 'oauth', { enabled: false }, ['enabled']],
    ['a token switched off', 'token', { enabled: false }, ['enabled']],
    ['no redirect URI', 'oauth', { redirectUris: [] }, ['redirectUris']],
    ['a token with redirect URIs', 'token', { redirectUris: [URI] }, ['redirectUris']],
    [
      'a token that becomes a service’s',
      'token',
      { attributes: { serviceToken: true } },
      ['attributes', 'serviceToken'],
    ],
    ['two rights', 'token', { attributes: { role: 'reader', customRoleIds: ['a'] } }, ['attributes']],
    ['an empty name', 'token', { name: '' }, ['name']],
  ])('a change: %s', async (_, kind, changes, path) => {
    const refusal = await refusalOf(({ provider, seedToken, seedOAuthClient, call }) =>
      provider.updateClient!(kind === 'oauth' ? seedOAuthClient() : seedToken().client, changes, call),
    );
    expect(refusal).toMatchObject({ code: 'invalid_input', applied: 'no', fields: [{ path }] });
  });

  test('all faults of the attributes at once', async () => {
    const attributes: JsonObject = { role: CANARY, customRoleIds: CANARY, [CANARY]: 1 };
    const refusal = await refusalOf(({ provider, tenant, call }) =>
      provider.createClient!(tenant, { ...TOKEN, attributes }, call),
    );
    expect(refusal).toMatchObject({
      fields: [
        { path: ['attributes', 'role'] },
        { path: ['attributes', 'customRoleIds'] },
        { path: ['attributes'] },
      ],
    });
  });
});
