import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../../src/domain/duration.ts';
import { createAvevaSimulator, type AvevaSimulator } from '../../../src/providers/aveva/simulator.ts';
import type { TestClock } from '../../test-clock.ts';
import { asking, ERROR, openSimulator, UNKNOWN } from './asking-simulator.ts';

/** What the vendor's pages say that it enforces. */
describe('the simulator of AVEVA', () => {
  let clock: TestClock;
  let simulator: AvevaSimulator;
  let client: string;
  beforeEach(async () => {
    ({ clock, simulator, client } = await openSimulator());
  });
  const { token, administrator, ask, secrets } = asking(() => ({ simulator, client }));

  test('the discovery names the token endpoint', async () => {
    const address = `${simulator.origin}/identity/.well-known/openid-configuration`;
    expect(await (await fetch(address)).json()).toMatchObject({
      token_endpoint: `${simulator.origin}/identity/connect/token`,
    });
  });

  test.each([
    [{ client_id: UNKNOWN, client_secret: 'x' }, 'invalid_client'],
    [{}, 'invalid_client'],
    [{ grant_type: 'password' }, 'unsupported_grant_type'],
  ])('no token for %j', async (form, error) => {
    expect(await token(form)).toEqual({ status: 400, body: { error } });
  });

  test('no token for a hybrid client, a disabled one, or an ended secret', async () => {
    const hybrid = simulator.seedClient({ kind: 'HybridClients' });
    const value = (id: string, given = {}) => simulator.seedSecret(id, given).value;
    const refused = async (id: string, client_secret: string) =>
      (await token({ client_id: id, client_secret })).body['error'];
    expect(await refused(hybrid, value(hybrid))).toBe('unauthorized_client');
    const disabled = simulator.seedClient({ Enabled: false });
    expect(await refused(disabled, value(disabled))).toBe('invalid_client');
    expect(await refused(client, value(client, { expiration: clock.now() }))).toBe('invalid_client');
  });

  test('a token lives as long as its client says, and outlives the secret', async () => {
    const id = simulator.seedClient({ AccessTokenLifetime: 60 });
    const { id: secret, value } = simulator.seedSecret(id);
    const got = await token({ client_id: id, client_secret: value });
    expect(got.body).toMatchObject({ expires_in: 60, token_type: 'Bearer' });
    const as = String(got.body['access_token']);
    await ask('DELETE', `${secrets(id)}/${secret}`);
    clock.pass(59 * SECOND);
    expect((await ask('GET', '', { as })).status).toBe(200);
    clock.pass(SECOND);
    expect(await ask('GET', '', { as })).toMatchObject({ status: 401, body: ERROR });
  });

  test('authentication goes by what was deleted, disabled or moved only an hour later', async () => {
    const works = (value: string) => simulator.letsIn(client, value);
    const [deleted, moved, kept] = [1, 2, 3].map(() => simulator.seedSecret(client));
    if (!deleted || !moved || !kept) throw new Error('seed three');
    const soon = new Date(clock.now().getTime() + MINUTE).toISOString();
    await ask('DELETE', `${secrets()}/${deleted.id}`);
    const json = { Expires: true, Expiration: soon };
    expect((await ask('PUT', `${secrets()}/${moved.id}`, { json })).status).toBe(200);
    clock.pass(HOUR - 1);
    expect([works(deleted.value), works(moved.value)]).toEqual([true, true]);
    clock.pass(1);
    expect([works(deleted.value), works(moved.value), works(kept.value)]).toEqual([false, false, true]);
    await ask('PUT', `/ClientCredentialClients/${client}`, { json: { Enabled: false } });
    expect(works(kept.value)).toBe(true);
    clock.pass(HOUR);
    expect(works(kept.value)).toBe(false);
  });

  test('so long as it is told to take', async () => {
    const quick = await createAvevaSimulator({ dialect: 'v1', clock, revocationDelayMs: 0 });
    onTestFinished(() => quick.close());
    const id = quick.seedClient();
    const { value } = quick.seedSecret(id, { expiration: clock.now() });
    expect(quick.letsIn(id, value)).toBe(false);
  });

  test('the other region can be read; a change there is a 405 without a body, and changes nothing', async () => {
    const origin = simulator.readOnlyRegion?.origin ?? '';
    const regions = await ask('GET', '/Regions', { origin });
    expect(regions.body).toEqual([
      { Id: 'WestEurope', Name: 'West Europe', BaseAddress: origin },
      {
        Id: 'WestUS',
        Name: 'West US',
        BaseAddress: `${simulator.origin}/`,
        AdministrativeEndpointsWritable: true,
      },
    ]);
    const refused = await ask('POST', secrets(), { origin, json: { Expires: false } });
    expect(refused).toMatchObject({ status: 405, body: null });
    expect((await ask('GET', secrets(), { origin })).body).toEqual([]);
  });

  test.each([
    ['GET', '/Elsewhere'],
    ['PATCH', '/Users'],
  ])('no route %s %s: a 404 without a body', async (method, path) => {
    expect(await ask(method, path)).toMatchObject({ status: 404, body: null });
  });

  test.each(['{', '[]', '7', 'null'])('a body that is none: %s', async (body) => {
    const headers = { authorization: `Bearer ${await administrator()}`, 'content-type': 'application/json' };
    const address = `${simulator.origin}/api/v1/Tenants/${simulator.tenants[0].id}${secrets()}`;
    expect((await fetch(address, { method: 'POST', headers, body })).status).toBe(400);
  });
});
