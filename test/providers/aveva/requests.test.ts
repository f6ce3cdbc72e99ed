import { beforeEach, describe, expect, test } from 'vitest';
import { HOUR } from '../../../src/domain/duration.ts';
import { FIRST_PAGE, NEW_SECRET } from '../../conformance/answers.ts';
import { NEW_CLIENT, openAveva, SIGNED_IN, type Opened } from './open-aveva.ts';

const TOKEN = 'POST connect/token';
const DISCOVERY = 'GET .well-known/openid-configuration';
const CC = 'ClientCredentialClients';
const HY = 'HybridClients';

describe('requests to the vendor', () => {
  let it: Opened;
  const times = <T>(count: number, make: (i: number) => T) =>
    Array.from({ length: count }, (_, i) => make(i));

  describe.each(['v1', 'v1-preview'] as const)('in %s', (dialect) => {
    beforeEach(async () => {
      it = await openAveva({ dialect });
    });

    test('one discovery and one login for a hundred concurrent reads', async () => {
      const clients = times(100, () => it.seedClient());
      const readAll = () =>
        Promise.all(clients.map((client) => it.provider.listSecrets([client], FIRST_PAGE, it.call)));
      const list = `GET ${CC}/:id/${dialect === 'v1' ? 'Secrets' : 'Secret/'}`;
      await readAll();
      expect(it.requests()).toEqual({ [DISCOVERY]: 1, [TOKEN]: 1, [list]: 100 });
      it.clock.pass(HOUR);
      await readAll();
      expect(it.requests()).toEqual({ [TOKEN]: 1, [list]: 100 });
    });

    test('of secrets: one list for each client, however many are asked for and how often', async () => {
      const clients = times(50, () => it.seedClient());
      const ids = clients.flatMap((client) => times(4, () => it.seedSecret(client)));
      await it.provider.listTenants(FIRST_PAGE, it.call);
      it.requests();
      const list = `GET ${CC}/:id/${dialect === 'v1' ? 'Secrets' : 'Secret/'}`;
      expect(await it.provider.getSecrets([...ids, ...ids], it.call)).toMatchObject(
        [...ids, ...ids].map((id) => ({ id })),
      );
      expect(it.requests()).toEqual({ [list]: 50 });
      await it.provider.listSecrets([...clients, ...clients], FIRST_PAGE, it.call);
      expect(it.requests()).toEqual({ [list]: 50 });
    });
  });

  describe('in v1', () => {
    beforeEach(async () => {
      it = await openAveva({ tenants: ['Acme', 'Umbra'] });
      await it.provider.listTenants(FIRST_PAGE, it.call);
      it.requests();
    });

    test('tenants: one each', async () => {
      await it.provider.getTenants([it.tenant, it.tenant], it.call);
      expect(it.requests()).toEqual({ 'GET ': 1 });
      await it.provider.listTenants(FIRST_PAGE, it.call);
      expect(it.requests()).toEqual({ 'GET ': 2 });
    });

    test('a hundred clients by id: one for each kind', async () => {
      const ids = [
        ...times(60, () => it.seedClient()),
        ...times(40, () => it.seedClient({ kind: 'HybridClients' })),
      ];
      expect(await it.provider.getClients([...ids, ...ids], it.call)).toMatchObject(
        [...ids, ...ids].map((id) => ({ id })),
      );
      expect(it.requests()).toEqual({ [`GET ${CC}?id`]: 1, [`GET ${HY}?id`]: 1 });
    });

    test('clients by id: one for each further hundred, and for each tenant', async () => {
      const ids = times(101, () => it.seedClient());
      const { id: tenant } = it.simulator.tenants[1] ?? it.simulator.tenants[0];
      const other = { ...it.tenant, tenant, client: it.seedClient({ tenant }).client };
      expect(await it.provider.getClients([...ids, other], it.call)).toMatchObject(
        [...ids, other].map((id) => ({ id })),
      );
      expect(it.requests()).toEqual({ [`GET ${CC}?id`]: 3 });
    });

    test('identities by id: one for all users, one each of automation identities', async () => {
      const users = times(100, () => `user:${it.simulator.seedUser()}`);
      const automations = times(3, () => `auto:${it.simulator.seedAutomationIdentity()}`);
      const ids = [...users, ...automations].map(it.identity);
      expect(await it.provider.getIdentities(ids, it.call)).toMatchObject(ids.map((id) => ({ id })));
      expect(it.requests()).toEqual({ 'GET Users?id': 1, 'GET AutomationIdentities/:id': 3 });
    });

    test('lists of clients: one, and one more where the page goes on in the other kind', async () => {
      times(5, () => it.seedClient());
      await it.provider.listClients([it.tenant, it.tenant], { ...FIRST_PAGE, limit: 3 }, it.call);
      expect(it.requests()).toEqual({ [`GET ${CC}`]: 1 });
      await it.provider.listClients([it.tenant], FIRST_PAGE, it.call);
      expect(it.requests()).toEqual({ [`GET ${CC}`]: 1, [`GET ${HY}`]: 1 });
    });

    test('the clients of an identity: none', async () => {
      const identity = { ...it.tenant, identity: `user:${it.simulator.seedUser()}` };
      expect(await it.provider.listClients([identity], FIRST_PAGE, it.call)).toMatchObject([{ items: [] }]);
      expect(it.requests()).toEqual({});
    });

    test('writes: of clients one, of secrets two; and before the first of a tenant, its regions', async () => {
      const { provider, tenant, call } = it;
      const { client } = await provider.createClient(tenant, NEW_CLIENT, call);
      expect(it.requests()).toEqual({ 'GET Regions': 1, [`POST ${CC}`]: 1 });
      await provider.createClient(tenant, { ...NEW_CLIENT, kind: 'HYBRID', redirectUris: [SIGNED_IN] }, call);
      expect(it.requests()).toEqual({ [`POST ${HY}`]: 1 });
      await provider.updateClient(client.id, { name: 'renamed' }, call);
      expect(it.requests()).toEqual({ [`PUT ${CC}/:id`]: 1 });
      const { secret } = await provider.createSecret(client.id, NEW_SECRET, call);
      const secrets = `${CC}/:id/Secrets`;
      expect(it.requests()).toEqual({ [`GET ${secrets}`]: 1, [`POST ${secrets}`]: 1 });
      await provider.updateSecret(secret.id, { description: 'x' }, call);
      expect(it.requests()).toEqual({ [`GET ${secrets}`]: 1, [`PUT ${secrets}/:n`]: 1 });
      await provider.revokeSecret(secret.id, call);
      expect(it.requests()).toEqual({ [`GET ${secrets}`]: 1, [`DELETE ${secrets}/:n`]: 1 });
      await provider.deleteClient(client.id, call);
      expect(it.requests()).toEqual({ [`DELETE ${CC}/:id`]: 1 });
    });

    test('what cannot be an id of the vendor is not asked for', async () => {
      const client = it.seedClient();
      const { secret } = it.seedSecret(client);
      const id = client.client.slice(3);
      const odd = [
        '',
        'cc:',
        `CC:${id}`,
        `xx:${id}`,
        id,
        'cc:..',
        'cc:a/b?c#d',
        'cc: ',
        `cc:${'x'.repeat(65)}`,
      ];
      const clients = odd.map((text) => ({ ...client, client: text }));
      expect(await it.provider.getClients(clients, it.call)).toEqual(odd.map(() => null));
      const numbers = [
        `0${secret}`,
        `+${secret}`,
        `${secret}.0`,
        ` ${secret}`,
        '-0',
        '1e0',
        '2147483648',
        '',
      ];
      const secrets = numbers.map((text) => ({ ...client, secret: text }));
      expect(await it.provider.getSecrets(secrets, it.call)).toEqual(numbers.map(() => null));
      for (const near of secrets)
        await expect(it.provider.revokeSecret(near, it.call)).rejects.toMatchObject({ code: 'not_found' });
      expect(it.requests()).toEqual({});
    });
  });

  test('in v1-preview, where no list takes ids: clients one each', async () => {
    it = await openAveva({ dialect: 'v1-preview' });
    const ids = times(3, () => it.seedClient());
    await it.provider.listSecrets(ids.slice(0, 1), FIRST_PAGE, it.call);
    it.requests();
    expect(await it.provider.getClients([...ids, ...ids], it.call)).toMatchObject(
      [...ids, ...ids].map((id) => ({ id })),
    );
    expect(it.requests()).toEqual({ [`GET ${CC}/:id`]: 3 });
  });
});
