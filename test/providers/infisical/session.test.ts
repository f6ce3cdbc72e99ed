import { inspect } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { DAY, MINUTE, SECOND } from '../../../src/domain/duration.ts';
import type { Fault } from '../../../src/provider-kit/simulator-fault.ts';
import { FIRST_PAGE, openInfisical, type Opened } from './open-infisical.ts';

const LOGIN = 'POST auth/universal-auth/login';
const DETAILS = 'GET identities/details';
const toDetails: Fault['match'] = ({ path }) => path.endsWith('/details');

describe('the session with the vendor', () => {
  const opened: Opened[] = [];
  const open = async (...args: Parameters<typeof openInfisical>) => {
    const it = await openInfisical(...args);
    opened.push(it);
    return it;
  };
  afterEach(() => Promise.all(opened.splice(0).map(({ simulator }) => simulator.close())));

  const ask = ({ provider, call }: Opened) => provider.listTenants(FIRST_PAGE, call);

  test.each([
    ['403 TokenError, as newer builds say', 403, 'TokenError'],
    ['401, as older builds say', 401, 'UnauthorizedError'],
  ])('a token that is over is renewed, and the request sent once more: %s', async (_, status, error) => {
    const it = await open();
    await ask(it);
    it.requests();
    const body = { reqId: 'req-1', statusCode: status, error, message: 'over' };
    it.simulator.inject({ match: toDetails, kind: { status, body } });
    expect(await ask(it)).toMatchObject({ items: [{ node: { name: 'Acme' } }] });
    expect(it.requests()).toEqual({ [LOGIN]: 1, [DETAILS]: 2 });
  });

  test('a new token that is refused too is not renewed again', async () => {
    const it = await open();
    const body = { reqId: 'req-1', statusCode: 401, error: 'UnauthorizedError', message: 'no' };
    it.simulator.inject({ match: toDetails, times: 9, kind: { status: 401, body } });
    await expect(ask(it)).rejects.toMatchObject({ code: 'unauthenticated', vendorRequestId: 'req-1' });
    expect(it.requests()).toEqual({ [LOGIN]: 2, [DETAILS]: 2 });
  });

  test('a permission that lacks is no reason to log in again', async () => {
    const it = await open();
    const body = { reqId: 'req-1', statusCode: 403, error: 'PermissionDenied', message: 'no', details: [] };
    it.simulator.inject({ match: toDetails, kind: { status: 403, body } });
    await expect(ask(it)).rejects.toMatchObject({ code: 'forbidden' });
    expect(it.requests()).toEqual({ [LOGIN]: 1, [DETAILS]: 1 });
  });

  test('a token is used up to shortly before its end: a tenth of its time, half a minute at the most', async () => {
    const it = await open({ gatewaySettings: { accessTokenTTL: 100, accessTokenMaxTTL: 1000 } });
    await ask(it);
    it.clock.pass(89 * SECOND);
    await ask(it);
    expect(it.requests()).toEqual({ [LOGIN]: 1, [DETAILS]: 2 });
    it.clock.pass(2 * SECOND);
    await ask(it);
    expect(it.requests()).toEqual({ [LOGIN]: 1, [DETAILS]: 1 });
  });

  test.each(['current', '2024-10'] as const)('a token without an end is kept: %s', async (generation) => {
    const it = await open({ generation, gatewaySettings: { accessTokenTTL: 0, accessTokenMaxTTL: 0 } });
    await ask(it);
    it.clock.pass(24 * 60 * MINUTE);
    await ask(it);
    expect(it.requests()).toEqual({ [LOGIN]: 1, [DETAILS]: 2 });
  });

  test('a token whose end only its own claims tell is given up before it too', async () => {
    const it = await open({ gatewaySettings: { accessTokenTTL: 0, accessTokenMaxTTL: 0 } });
    await ask(it);
    it.clock.pass(90 * DAY - 31 * SECOND);
    await ask(it);
    expect(it.requests()).toEqual({ [LOGIN]: 1, [DETAILS]: 2 });
    it.clock.pass(2 * SECOND);
    await ask(it);
    expect(it.requests()).toEqual({ [LOGIN]: 1, [DETAILS]: 1 });
  });

  test('a token for two requests is renewed when it is used up', async () => {
    const it = await open({ gatewaySettings: { accessTokenNumUsesLimit: 2 } });
    for (let i = 0; i < 4; i += 1) await ask(it);
    expect(it.requests()).toEqual({ [LOGIN]: 2, [DETAILS]: 5 });
  });

  test('a refused login is not tried again for half a minute, so that it never locks the identity', async () => {
    const it = await open();
    await revokeOwn(it);
    it.requests();
    const asked = await Promise.allSettled(Array.from({ length: 50 }, () => ask(it)));
    expect(asked.map(({ status }) => status)).toEqual(asked.map(() => 'rejected'));
    await expect(ask(it)).rejects.toMatchObject({ code: 'unauthenticated', applied: 'no' });
    expect(it.requests()).toEqual({ [LOGIN]: 1 });
    for (let window = 0; window < 10; window += 1) {
      it.clock.pass(30 * SECOND);
      await expect(ask(it)).rejects.toMatchObject({ code: 'unauthenticated' });
    }
    expect(it.requests()).toEqual({ [LOGIN]: 10 });
    expect(await lockouts(it)).toBe(0);
  });

  test('what is thrown does not hold the client secret', async () => {
    const it = await open();
    await revokeOwn(it);
    const error: unknown = await ask(it).catch((thrown: unknown) => thrown);
    const shown = inspect(error, { depth: 10, showHidden: true });
    expect(shown).toContain('Infisical does not let the gateway log in.');
    expect(shown).not.toContain(it.simulator.gateway.clientSecret);
  });
});

/** Behind the back of the gateway. */
async function revokeOwn({ simulator }: Opened): Promise<void> {
  const { identityId } = simulator.gateway;
  const path = `/api/v1/auth/universal-auth/identities/${identityId}`;
  const authorization = `Bearer ${simulator.userToken()}`;
  const list = await fetch(`${simulator.origin}${path}/client-secrets`, { headers: { authorization } });
  const { clientSecretData } = (await list.json()) as { clientSecretData: { id: string }[] };
  for (const { id } of clientSecretData) {
    await fetch(`${simulator.origin}${path}/client-secrets/${id}/revoke`, {
      method: 'POST',
      headers: { authorization },
    });
  }
}

async function lockouts({ simulator }: Opened): Promise<number> {
  const authorization = `Bearer ${simulator.userToken()}`;
  const url = `${simulator.origin}/api/v1/identities/${simulator.gateway.identityId}`;
  const { identity } = (await (await fetch(url, { headers: { authorization } })).json()) as {
    identity: { identity: { activeLockoutAuthMethods: string[] } };
  };
  return identity.identity.activeLockoutAuthMethods.length;
}
