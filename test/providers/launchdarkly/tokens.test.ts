import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../../src/domain/duration.ts';
import { SecretValue } from '../../../src/domain/secret-value.ts';
import type { NewClient } from '../../../src/provider-kit/provider.ts';
import { found } from '../../conformance/answers.ts';
import { FIRST_PAGE, openLaunchDarkly } from './open-launchdarkly.ts';

const NEW_TOKEN: NewClient = {
  identity: null,
  name: 'ci',
  description: null,
  kind: 'ACCESS_TOKEN',
  redirectUris: null,
  attributes: { role: 'writer', serviceToken: true },
};
const NOW = { value: null, oldEndsAt: null };

describe('access tokens as clients', () => {
  test('a new one is the member’s that the gateway works as, and works', async () => {
    const { provider, simulator, tenant, call, accepts } = await openLaunchDarkly();
    const { memberId: identity } = simulator.gateway;
    const given = { ...NEW_TOKEN, identity: { ...tenant, identity } };
    const { client, issued } = await provider.createClient!(tenant, given, call);
    expect(client).toMatchObject({
      identity: { ...tenant, identity },
      kind: 'ACCESS_TOKEN',
      attributes: { role: 'writer', serviceToken: true },
    });
    expect(client.id.client).toBe(`token:${client.clientId}`);
    expect(await accepts(issued?.value.reveal() ?? '')).toBe(true);
    expect(issued?.secret.hint).toBe(issued?.value.reveal().slice(-4));
  });

  test('a reset says in its query, in milliseconds, when the old value ends, and has a body', async () => {
    const { provider, simulator, clock, seedToken, call, accepts } = await openLaunchDarkly();
    const { secret, value } = seedToken();
    const oldEndsAt = new Date(clock.now().getTime() + HOUR);
    await provider.replaceSecret!(secret, { value: null, oldEndsAt }, call);
    const sent = simulator.requests.at(-1);
    expect(sent).toMatchObject({ method: 'POST', query: `expiry=${oldEndsAt.getTime()}` });
    expect(sent?.headers).toMatchObject({ 'content-type': 'application/json', 'content-length': '2' });
    expect(await accepts(value)).toBe(true);
    clock.pass(HOUR);
    expect(await accepts(value)).toBe(false);
  });

  test.each([
    ['null', (): Date | null => null],
    ['the past', (now: Date) => new Date(now.getTime() - MINUTE)],
    ['now', (now: Date) => now],
  ])('an end of the old value at %s is at once, and not sent', async (_, endOf) => {
    const { provider, simulator, clock, seedToken, call, accepts } = await openLaunchDarkly();
    const { secret, value } = seedToken();
    await provider.replaceSecret!(secret, { value: null, oldEndsAt: endOf(clock.now()) }, call);
    expect(simulator.requests.at(-1)?.query).toBe('');
    expect(await accepts(value)).toBe(false);
  });

  test('a reply that was lost is in doubt, is not asked for again, and says what to do', async () => {
    const { provider, simulator, seedToken, requests, call } = await openLaunchDarkly();
    const { secret } = seedToken();
    simulator.inject({ match: ({ method }) => method === 'POST', kind: 'lost-reply' });
    await expect(provider.replaceSecret!(secret, NOW, call)).rejects.toMatchObject({
      code: 'unavailable',
      applied: 'maybe',
      hint: expect.stringContaining('rotate once more before the old one ends'),
    });
    expect(requests()['POST tokens/:id/reset']).toBe(1);
    expect(simulator.resetsOf(secret.secret)).toBe(1);
  });

  test('a new client whose reply was lost is in doubt, and says what to do', async () => {
    const { provider, simulator, tenant, requests, call } = await openLaunchDarkly();
    simulator.inject({ match: ({ method }) => method === 'POST', kind: 'lost-reply' });
    await expect(provider.createClient!(tenant, NEW_TOKEN, call)).rejects.toMatchObject({
      applied: 'maybe',
      hint: expect.stringContaining('delete it, and create another'),
    });
    expect(requests()['POST tokens']).toBe(1);
  });

  test('a reply with four characters in the place of the value is none', async () => {
    const { provider, simulator, seedToken, call } = await openLaunchDarkly();
    const { secret } = seedToken();
    const body = { _id: secret.secret, token: '12ab', memberId: 'm', creationDate: 1, lastModified: 1 };
    simulator.inject({ match: ({ method }) => method === 'POST', kind: { status: 200, body } });
    await expect(provider.replaceSecret!(secret, NOW, call)).rejects.toMatchObject({
      code: 'malformed',
      applied: 'maybe',
    });
  });

  test('the caller’s own value is refused', async () => {
    const { provider, seedToken, call } = await openLaunchDarkly();
    const input = { value: new SecretValue('mine'), oldEndsAt: null };
    await expect(provider.replaceSecret!(seedToken().secret, input, call)).rejects.toMatchObject({
      code: 'invalid_input',
      fields: [{ path: ['value'] }],
    });
  });

  test('a server that shows whole tokens leaks none of them', async () => {
    const it = await openLaunchDarkly({ showsWholeTokens: true });
    const { provider, call, tenant, simulator } = it;
    const { client, secret, value } = it.seedToken();
    const answers = [
      await provider.getClients([client], call),
      await provider.listClients([tenant], FIRST_PAGE, call),
      await provider.getSecrets([secret], call),
      await provider.listSecrets([client], FIRST_PAGE, call),
      await provider.updateClient!(client, { name: 'renamed' }, call),
      await provider.revokeSecret!(secret, call),
    ];
    const told = inspect(answers, { depth: null });
    expect(told).toContain(value.slice(-4));
    for (const whole of [value, simulator.gateway.accessToken]) {
      expect(told).not.toContain(whole);
      expect(told).not.toContain(whole.slice(-5));
    }
  });

  test('revoking one ends it, and it is gone', async () => {
    const it = await openLaunchDarkly();
    const { provider, call } = it;
    const { client, secret, value } = it.seedToken();
    const before = await found(provider.getSecrets([secret], call));
    expect(await provider.revokeSecret!(secret, call)).toEqual({ ...before, status: 'REVOKED' });
    expect(await it.accepts(value)).toBe(false);
    expect(await provider.getClients([client], call)).toEqual([null]);
    await expect(provider.revokeSecret!(secret, call)).rejects.toMatchObject({
      code: 'not_found',
      applied: 'no',
    });
  });

  test.each([
    ['a page of something else', 'html'],
    ['a success that is not the vendor’s', { status: 200 }],
  ] as const)('a deletion that is answered with %s is in doubt', async (_, kind) => {
    const it = await openLaunchDarkly();
    const { client } = it.seedToken();
    it.simulator.inject({ match: ({ method }) => method === 'DELETE', kind });
    await expect(it.provider.deleteClient!(client, it.call)).rejects.toMatchObject({
      code: 'malformed',
      applied: 'maybe',
    });
  });

  test('another page’s 404 is no proof that one is gone', async () => {
    const it = await openLaunchDarkly();
    const { client } = it.seedToken();
    it.simulator.inject({ match: ({ path }) => /tokens\//.test(path), kind: { status: 404, body: '<p>' } });
    expect(await it.provider.getClients([client], it.call)).toMatchObject([{ code: 'malformed' }]);
  });

  test('rights are changed from one form to another; what was there is removed', async () => {
    const it = await openLaunchDarkly();
    const { client } = it.seedToken({ fields: { description: 'old' } });
    const change = async (attributes: NonNullable<NewClient['attributes']>) =>
      (await it.provider.updateClient!(client, { attributes }, it.call)).attributes;
    expect(await change({ customRoleIds: ['r1', 'r2'] })).toEqual({
      customRoleIds: ['r1', 'r2'],
      serviceToken: false,
    });
    const inlineRole = [{ effect: 'allow', actions: ['*'], resources: ['proj/*'] }];
    expect(await change({ inlineRole })).toEqual({ inlineRole, serviceToken: false });
    expect(await change({ role: 'writer' })).toEqual({ role: 'writer', serviceToken: false });
  });

  test('a description is set, cleared, and cleared again', async () => {
    const it = await openLaunchDarkly();
    for (const client of [it.seedToken().client, it.seedOAuthClient()]) {
      const describe = async (description: string | null) =>
        (await it.provider.updateClient!(client, { description }, it.call)).description;
      expect([await describe('a'), await describe(null), await describe(null), await describe('')]).toEqual([
        'a',
        null,
        null,
        null,
      ]);
    }
  });

  test('what a token is named after, when it has no name; when it was used; when it was changed', async () => {
    const it = await openLaunchDarkly();
    const lastUsed = new Date('2026-04-30T00:00:00.000Z');
    const { client, secret } = it.seedToken({ fields: { name: null }, lastUsed });
    const [found] = await it.provider.getClients([client], it.call);
    expect(found).toMatchObject({ name: secret.secret, clientId: secret.secret });
    expect(await it.provider.getSecrets([secret], it.call)).toMatchObject([
      { lastUsedAt: lastUsed, expiresAt: null, status: 'ACTIVE' },
    ]);
  });
});
