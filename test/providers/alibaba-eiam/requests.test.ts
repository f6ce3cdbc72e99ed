import { describe, expect, test } from 'vitest';
import { DAY } from '../../../src/domain/duration.ts';
import { FIRST_PAGE } from '../../conformance/answers.ts';
import { NEW_CLIENT, NEW_SECRET, openAlibabaEiam } from './open-alibaba-eiam.ts';

/** Quotas are told to customers only, so that what an operation costs is a promise. */
describe('requests to the vendor', () => {
  test('100 ids: 1; 101 ids, one of them twice: 2', async () => {
    const { provider, call, simulator, tenant, seedClient, requests } = await openAlibabaEiam();
    const clients = Array.from({ length: 101 }, () => seedClient());
    const identities = clients.map(() => ({ ...tenant, identity: simulator.seedUser(tenant.tenant) }));
    const tenants = clients.map(() => ({ ...tenant, tenant: simulator.seedInstance() }));
    for (const [count, expected] of [
      [100, 1],
      [101, 2],
    ] as const) {
      const of = <T>(ids: readonly T[]): T[] => [...ids.slice(0, count), ids[0]!];
      expect(await provider.getClients(of(clients), call)).toMatchObject(of(clients).map((id) => ({ id })));
      expect(await provider.getIdentities(of(identities), call)).toMatchObject(
        of(identities).map((id) => ({ id })),
      );
      expect(await provider.getTenants(of(tenants), call)).toMatchObject(of(tenants).map((id) => ({ id })));
      expect(requests()).toEqual({
        ListApplications: expected,
        ListUsers: expected,
        ListInstances: expected,
      });
    }
  });

  test('of two instances, two', async () => {
    const { provider, call, simulator, tenant, seedClient, requests } = await openAlibabaEiam();
    const other = { ...tenant, tenant: simulator.seedInstance() };
    const ids = [seedClient(), { ...other, client: simulator.seedApplication(other.tenant) }, seedClient()];
    expect(await provider.getClients(ids, call)).toMatchObject(ids.map((id) => ({ id })));
    expect(requests()).toEqual({ ListApplications: 2 });
  });

  test('the secrets of 50 clients: 50, however often each is asked for', async () => {
    const { provider, call, seedClient, seedSecret, requests } = await openAlibabaEiam();
    const clients = Array.from({ length: 50 }, () => seedClient());
    const ids = clients.flatMap((of) => [seedSecret(of).id, seedSecret(of).id]);
    const pages = await provider.listSecrets([...clients, ...clients], FIRST_PAGE, call);
    expect(pages).toMatchObject([...clients, ...clients].map(() => ({ items: [{}, {}], totalCount: 2 })));
    expect(requests()).toEqual({ ListApplicationClientSecrets: 50 });
    expect(await provider.getSecrets(ids, call)).toMatchObject(ids.map((id) => ({ id, status: 'ACTIVE' })));
    expect(requests()).toEqual({ ListApplicationClientSecrets: 50 });
  });

  test('a page: 1, or 2 where it lies in two of theirs; and 1 for the total', async () => {
    const { provider, call, tenant, seedClient, requests } = await openAlibabaEiam();
    for (let i = 0; i < 10; i += 1) seedClient({ name: String(i) });
    const list = async (more: object) => {
      const [page] = await provider.listClients([tenant], { ...FIRST_PAGE, limit: 4, ...more }, call);
      return 'items' in page! ? page : Promise.reject(new Error('no page'));
    };
    const namesOf = ({ items }: Awaited<ReturnType<typeof list>>) =>
      items.map(({ node }) => node.name).join('');
    const first = await list({});
    expect([namesOf(first), requests()]).toEqual(['0123', { ListApplications: 1 }]);
    const second = await list({ cursor: first.items.at(-1)!.cursor });
    expect([namesOf(second), requests()]).toEqual(['4567', { ListApplications: 1 }]);
    const between = await list({ cursor: first.items[1]!.cursor });
    expect([namesOf(between), requests()]).toEqual(['2345', { ListApplications: 2 }]);
    expect((await list({ withTotal: true })).totalCount).toBe(10);
    expect(requests()).toEqual({ ListApplications: 2 });
  });

  test('writes: two or three', async () => {
    const { provider, call, tenant, clock, requests } = await openAlibabaEiam();
    const { client } = await provider.createClient!(tenant, NEW_CLIENT, call);
    expect(requests()).toEqual({ CreateApplication: 1, ListApplications: 1 });
    const changes = { name: 'x', description: 'y', enabled: false };
    await provider.updateClient!(client.id, changes, call);
    expect(requests()).toEqual({
      ListApplications: 2,
      UpdateApplicationInfo: 1,
      UpdateApplicationDescription: 1,
      DisableApplication: 1,
    });
    await provider.updateClient!(client.id, { enabled: false }, call);
    expect(requests()).toEqual({ ListApplications: 1 });

    const made = await Promise.all([0, 1].map(() => provider.createSecret!(client.id, NEW_SECRET, call)));
    expect(requests()).toEqual({ ListApplicationClientSecrets: 4, CreateApplicationClientSecret: 2 });
    const { id } = made[0]!.secret;
    await provider.updateSecret!(id, { expiresAt: new Date(clock.now().getTime() + 2 * DAY) }, call);
    await provider.disableSecret!(id, call);
    await provider.disableSecret!(id, call);
    await provider.enableSecret!(id, call);
    await provider.revealSecret!(id, call);
    await provider.revokeSecret!(id, call);
    expect(requests()).toEqual({
      ListApplicationClientSecrets: 6,
      UpdateApplicationClientSecretExpirationTime: 1,
      DisableApplicationClientSecret: 1,
      EnableApplicationClientSecret: 1,
      ObtainApplicationClientSecret: 1,
      DeleteApplicationClientSecret: 1,
    });
    await provider.deleteClient!(client.id, call);
    expect(requests()).toEqual({ ListApplications: 1, DeleteApplication: 1 });
  });

  test('for what cannot be an id of the vendor: none', async () => {
    const { provider, call, seedClient, requests } = await openAlibabaEiam();
    const known = seedClient();
    const odd = ['', '中', 'a\nb', `${known.client}\0`, 'x'.repeat(65), '\ud800'];
    expect(
      await provider.getClients(
        odd.map((client) => ({ ...known, client })),
        call,
      ),
    ).toEqual(odd.map(() => null));
    expect(
      await provider.getTenants(
        odd.map((tenant) => ({ ...known, tenant })),
        call,
      ),
    ).toEqual(odd.map(() => null));
    for (const secret of odd)
      await expect(provider.revokeSecret!({ ...known, secret }, call)).rejects.toMatchObject({
        code: 'not_found',
      });
    expect(requests()).toEqual({});
  });
});
