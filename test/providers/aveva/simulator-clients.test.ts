import { beforeEach, describe, expect, test } from 'vitest';
import type { AvevaSimulator } from '../../../src/providers/aveva/simulator.ts';
import { asking, ERROR, LATER, openSimulator, UNKNOWN } from './asking-simulator.ts';

/** What the vendor's pages say that it enforces. */
describe('the simulator of AVEVA', () => {
  let simulator: AvevaSimulator;
  let client: string;
  beforeEach(async () => {
    ({ simulator, client } = await openSimulator());
  });
  const { ask, secrets } = asking(() => ({ simulator, client }));

  describe('clients', () => {
    const make = (json: object, kind = 'ClientCredentialClients') => ask('POST', `/${kind}`, { json });

    test('a new one brings its first secret; the outer id is the secret’s', async () => {
      expect((await make({ Id: UNKNOWN, Name: 'a', SecretExpirationDate: LATER })).body).toEqual({
        Secret: expect.any(String),
        Id: 1,
        ExpirationDate: '2026-12-31T00:00:00.000Z',
        Client: {
          Id: UNKNOWN,
          Name: 'a',
          Enabled: true,
          AccessTokenLifetime: 3600,
          Tags: [],
          RoleIds: [simulator.tenants[0].roles.member],
        },
      });
      expect(await make({ Id: UNKNOWN, Name: 'b' })).toMatchObject({ status: 409, body: ERROR });
    });

    test.each([
      [{}, 'ClientCredentialClients'],
      [{ Name: 'a', AccessTokenLifetime: 59 }, 'ClientCredentialClients'],
      [{ Name: 'a', AccessTokenLifetime: 3601 }, 'ClientCredentialClients'],
      [{ Name: 'a', RoleIds: [UNKNOWN] }, 'ClientCredentialClients'],
      [{ Name: 'a' }, 'HybridClients'],
      [{ Name: 'a', RedirectUris: [] }, 'HybridClients'],
      [{ Name: 'a', RedirectUris: Array.from({ length: 11 }, () => 'https://a') }, 'HybridClients'],
    ])('%j is none for %s', async (json, kind) => {
      expect(await make(json, kind)).toMatchObject({ status: 400, body: ERROR });
    });

    test('lists page with a total, and look at neither where ids are given', async () => {
      const ids = Array.from({ length: 3 }, () => simulator.seedClient());
      const page = await ask('GET', '/ClientCredentialClients?skip=2&count=1');
      expect([page.body, page.headers.get('total-count')]).toMatchObject([[{ Id: ids[0] }], '5']);
      const some = await ask('GET', `/ClientCredentialClients?id=${ids[2]}&id=&id=${ids[1]}&skip=9&count=0`);
      expect(some.status).toBe(200);
      expect(some.body).toHaveLength(2);
      expect((await ask('GET', '/ClientCredentialClients?id=')).body).toHaveLength(5);
    });

    test('of many ids those that fail are told in a 207, of client-credential clients alone where they are missing', async () => {
      const hybrid = simulator.seedClient({ kind: 'HybridClients' });
      const query = `?id=${client}&id=${UNKNOWN}&id=${hybrid}`;
      expect(await ask('GET', `/ClientCredentialClients${query}`)).toMatchObject({
        status: 207,
        body: {
          ChildErrors: [
            { ...ERROR, StatusCode: 404, ModelId: UNKNOWN },
            { ...ERROR, StatusCode: 404, ModelId: hybrid },
          ],
          Data: [{ Id: client }],
        },
      });
      expect(await ask('GET', `/HybridClients${query}`)).toMatchObject({
        status: 200,
        body: [{ Id: hybrid }],
      });
      simulator.failReading(hybrid, 500);
      expect(await ask('GET', `/HybridClients?id=${hybrid}`)).toMatchObject({
        status: 207,
        body: { ChildErrors: [{ StatusCode: 500, ModelId: hybrid }], Data: [] },
      });
    });

    test('a deleted one is gone at once from the lists', async () => {
      expect((await ask('DELETE', `/ClientCredentialClients/${client}`)).status).toBe(204);
      expect((await ask('GET', `/ClientCredentialClients/${client}`)).status).toBe(404);
      expect((await ask('GET', secrets())).status).toBe(404);
    });
  });
});
