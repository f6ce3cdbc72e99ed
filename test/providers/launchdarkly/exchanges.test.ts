import { describe, expect, test } from 'vitest';
import { liveAt } from '../../../src/domain/freshness.ts';
import { SecretValue } from '../../../src/domain/secret-value.ts';
import { accessToken, issued, member, oauthClient } from '../../../src/providers/launchdarkly/api.ts';
import { classifier } from '../../../src/providers/launchdarkly/classify.ts';
import { exchanges } from '../../../src/providers/launchdarkly/exchanges.ts';
import { clientOf } from '../../../src/providers/launchdarkly/translate.ts';
import { testClock } from '../../test-clock.ts';
import { openLaunchDarkly } from './open-launchdarkly.ts';

const [published] = exchanges;
const { body: example, headers, method, path, errors } = published;
const tenant = { provider: 'acme', tenant: 'a' };

/** Of a reset. */
const EXAMPLE = {
  _id: '61f000000000000000000001',
  name: 'ci',
  token: 'api-00000000-0000-4000-8000-example',
  serviceToken: true,
  role: 'reader',
  ownerId: '5f0000000000000000000001',
  memberId: '569f00000000000000000007',
  creationDate: 1764547200000,
  lastModified: 1767225600000,
  defaultApiVersion: 20240415,
  _links: {},
};

describe('the published exchange of one OAuth client', () => {
  test('is read, and its secret is not', () => {
    const read = oauthClient.parse(example);
    expect(read).toMatchObject({ id: 'oauth:string', told: { name: 'string', createdAt: new Date(1) } });
    expect(JSON.stringify(read)).not.toContain('Secret');
    expect(clientOf(tenant, read, new Date(2))).toMatchObject({
      id: { ...tenant, client: 'oauth:string' },
      clientId: 'string',
      redirectUris: ['string'],
      createdAt: new Date(1),
      freshness: liveAt(new Date(2)),
    });
  });

  test('is read as what issues a secret, too', () => {
    const value = issued.oauth.parse(example).value;
    expect(value).toBeInstanceOf(SecretValue);
    expect(value.reveal()).toBe('string');
  });

  test('is what the simulator answers, without the secret that is shown upon creation alone', async () => {
    const { simulator } = await openLaunchDarkly();
    const { id } = simulator.seedOAuthClient({ description: 'internal' });
    const asked = JSON.stringify(headers).replace('<apiKey>', simulator.gateway.accessToken);
    const answer = await fetch(simulator.origin + path.replace(':clientId', id), {
      method,
      headers: JSON.parse(asked) as Record<string, string>,
    });
    expect(answer.status).toBe(published.status);
    expect(await answer.json()).toEqual({
      _links: {
        parent: { href: '/api/v2/oauth/clients', type: 'application/json' },
        self: { href: `/api/v2/oauth/clients/${id}`, type: 'application/json' },
      },
      name: expect.any(String),
      _accountId: simulator.accountId,
      _clientId: id,
      redirectUri: expect.any(String),
      _creationDate: expect.any(Number),
      description: 'internal',
    });
  });

  test('its errors mean something each', () => {
    const classify = classifier(testClock());
    const codes = errors.map((status) => {
      const json = { code: status === 404 ? 'not_found' : 'other', message: 'text of the vendor' };
      const error = classify({ status, headers: {}, json }, { method, path });
      expect(`${error?.message} ${error?.hint}`).not.toContain(json.message);
      return error?.code;
    });
    expect(codes).toEqual(['rejected', 'unauthenticated', 'forbidden', 'not_found']);
  });
});

describe('the examples of the vendor’s overview', () => {
  test('a token that was reset: its new value, and what is kept of it', () => {
    expect(issued.token.parse(EXAMPLE).value.reveal()).toBe(EXAMPLE.token);
    expect(JSON.stringify(accessToken.parse(EXAMPLE))).not.toContain('example');
    expect(accessToken.parse(EXAMPLE)).toMatchObject({
      id: `token:${EXAMPLE._id}`,
      shown: { hint: 'mple' },
      told: { attributes: { role: 'reader' } },
    });
  });

  test('four characters are a hint, and no value', () => {
    expect(issued.token.safeParse({ ...EXAMPLE, token: 'mple' }).success).toBe(false);
  });

  test('a member', () => {
    const ada = {
      _id: '569f00000000000000000007',
      email: 'ada@example.com',
      firstName: 'Ada',
      role: 'admin',
      _pendingInvite: false,
      _verified: true,
      customRoles: [],
      mfa: 'enabled',
      _lastSeen: 1767225600000,
      creationDate: 1735689600000,
      _links: {},
    };
    expect(member.parse(ada)).toEqual({
      id: ada._id,
      told: {
        name: 'Ada',
        createdAt: new Date(1735689600000),
        attributes: { email: 'ada@example.com', role: 'admin' },
      },
    });
  });

  test('an error', () => {
    const id = '0f6c2f1e-1111-4222-8333-444455556666';
    const json = { code: 'not_found', message: 'Invalid resource identifier', id };
    const error = classifier(testClock())({ status: 404, headers: {}, json }, { method, path });
    expect(error).toMatchObject({ code: 'not_found', vendorRequestId: id });
  });
});
