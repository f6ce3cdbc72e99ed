import { describe, expect, test } from 'vitest';
import { NEEDED } from '../../conformance/zstack-setting.ts';
import { FIRST_PAGE, JOB, LIST, LOGIN, openZstack, replacement, slotOf, UPDATE } from './open-zstack.ts';

const openReady = async () => {
  const it = await openZstack();
  await it.provider.listTenants(FIRST_PAGE, it.call);
  it.requests();
  return it;
};

describe('requests to the vendor', () => {
  test('one for a hundred clients, or for the secrets of fifty', async () => {
    const { provider, seedClient, requests, call } = await openReady();
    const clients = Array.from({ length: 100 }, () => seedClient());
    expect(await provider.getClients([...clients, ...clients], call)).toHaveLength(200);
    expect(requests()).toEqual({ [LIST]: 1 });
    expect(await provider.listSecrets(clients.slice(0, 50), FIRST_PAGE, call)).toHaveLength(50);
    expect(requests()).toEqual({ [LIST]: 1 });
    expect(await provider.getSecrets(clients.map(slotOf), call)).toHaveLength(100);
    expect(requests()).toEqual({ [LIST]: 1 });
  });

  test('one for the tenant, which tells that it is there', async () => {
    const { provider, tenant, requests, simulator, call } = await openReady();
    const found = await provider.getTenants([tenant, tenant], call);
    const { host } = new URL(simulator.origin);
    expect(found).toMatchObject([{ id: tenant, name: host }, { id: tenant }]);
    expect(requests()).toEqual({ [LIST]: 1 });
  });

  test('two or three for a write, and the polls of its job', async () => {
    const { provider, tenant, requests, call } = await openReady();
    const made = await provider.createClient?.(
      tenant,
      {
        identity: null,
        name: 'new',
        description: null,
        kind: null,
        redirectUris: null,
        attributes: NEEDED.zsphere,
      },
      call,
    );
    const id = made?.client.id ?? { ...tenant, client: '' };
    expect(requests()).toEqual({ 'POST create/oauth2/client': 1, [JOB]: 1, [LIST]: 1 });
    await provider.updateClient?.(id, { name: 'renamed' }, call);
    expect(requests()).toEqual({ [UPDATE]: 1, [JOB]: 1, [LIST]: 2 });
    await provider.updateClient?.(id, {}, call);
    expect(requests()).toEqual({ [LIST]: 1 });
    await provider.replaceSecret?.(slotOf(id), replacement('value'), call);
    expect(requests()).toEqual({ [UPDATE]: 1, [JOB]: 1, [LIST]: 1 });
    await provider.revealSecret?.(slotOf(id), call);
    expect(requests()).toEqual({ [LIST]: 1, 'GET oauth2/clients/:uuid/client-secret': 1 });
    await provider.deleteClient?.(id, call);
    expect(requests()).toEqual({ 'POST delete/sso/client': 1, [JOB]: 1, [LIST]: 1 });
  });

  test('none for what cannot be the id of anything', async () => {
    const { provider, tenant, seedClient, requests, call } = await openReady();
    const known = seedClient();
    const odd = ['..', 'a/b?c#d%', '中', known.client.toUpperCase(), `${known.client}\n`];
    expect(
      await provider.getClients(
        odd.map((client) => ({ ...tenant, client })),
        call,
      ),
    ).toEqual(odd.map(() => null));
    expect(await provider.getTenants([{ ...tenant, tenant: 'another' }], call)).toEqual([null]);
    const client = { ...tenant, client: '..' };
    await expect(provider.deleteClient?.(client, call)).rejects.toMatchObject({ code: 'not_found' });
    await expect(provider.revealSecret?.({ ...known, secret: known.client }, call)).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(requests()).toEqual({});
  });

  test('one login before all others', async () => {
    const { provider, requests, call } = await openZstack();
    await provider.listTenants(FIRST_PAGE, call);
    expect(requests()).toEqual({ [LOGIN]: 1, [LIST]: 1 });
  });
});
