import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ClientId } from '../../../src/domain/ids.ts';
import { FIRST_PAGE, NEW_SECRET, openInfisical, type Opened } from './open-infisical.ts';

/** The vendor allows 60 or 200 reads a minute, so what an operation costs is a promise. */
describe('requests to the vendor', () => {
  let it: Opened;
  beforeEach(async () => {
    it = await openInfisical();
    await it.provider.listTenants(FIRST_PAGE, it.call);
    it.requests();
  });
  afterEach(() => it.simulator.close());
  const seedClients = (count: number) =>
    Array.from({ length: count }, (_, i) => it.seedClient(`worker ${i}`));
  const identityOf = ({ provider, tenant, client }: ClientId) => ({ provider, tenant, identity: client });

  test('one login for 100 concurrent reads', async () => {
    const fresh = await openInfisical();
    const clients = Array.from({ length: 100 }, () => fresh.seedClient());
    const pages = await Promise.all(
      clients.map((client) => fresh.provider.listSecrets([client], FIRST_PAGE, fresh.call)),
    );
    expect(pages.flat()).toHaveLength(100);
    expect(fresh.requests()).toEqual({
      'POST auth/universal-auth/login': 1,
      'GET auth/:id/client-secrets': 100,
    });
    await fresh.simulator.close();
  });

  test('getTenants: 1, listTenants: 1', async () => {
    await it.provider.getTenants([it.tenant, it.tenant], it.call);
    expect(it.requests()).toEqual({ 'GET identities/details': 1 });
    await it.provider.listTenants(FIRST_PAGE, it.call);
    expect(it.requests()).toEqual({ 'GET identities/details': 1 });
  });

  test('getIdentities: one each for three, one list for a hundred', async () => {
    const ids = seedClients(100).map(identityOf);
    await it.provider.getIdentities([...ids.slice(0, 3), ...ids.slice(0, 3)], it.call);
    expect(it.requests()).toEqual({ 'GET identities/:id': 3 });
    const identities = await it.provider.getIdentities(ids, it.call);
    expect(identities).toMatchObject(ids.map((id) => ({ id })));
    expect(it.requests()).toEqual({ 'GET identities': 1 });
  });

  test('listIdentities: one list', async () => {
    seedClients(3);
    await it.provider.listIdentities([it.tenant, it.tenant], FIRST_PAGE, it.call);
    expect(it.requests()).toEqual({ 'GET identities': 1 });
  });

  test('getClients: of a hundred one list, and one each', async () => {
    const ids = seedClients(100);
    expect(await it.provider.getClients(ids, it.call)).toMatchObject(
      ids.map((id, i) => ({ id, name: `worker ${i}` })),
    );
    expect(it.requests()).toEqual({ 'GET identities': 1, 'GET auth/:id': 100 });
    await it.provider.getClients(ids.slice(0, 1), it.call);
    expect(it.requests()).toEqual({ 'GET identities/:id': 1, 'GET auth/:id': 1 });
  });

  test('listClients: one list, and one each of the page alone; none for an identity that has none', async () => {
    const ids = seedClients(20);
    const bare = it.simulator.seedIdentity({ name: 'without' });
    await it.provider.listClients([it.tenant], { ...FIRST_PAGE, limit: 5 }, it.call);
    expect(it.requests()).toEqual({ 'GET identities': 1, 'GET auth/:id': 5 });
    const [first] = ids.map(identityOf);
    await it.provider.listClients([first!, { ...first!, identity: bare }], FIRST_PAGE, it.call);
    expect(it.requests()).toEqual({ 'GET identities/:id': 2, 'GET auth/:id': 1 });
  });

  test('secrets of 50 clients: one list each, none twice', async () => {
    const ids = seedClients(50);
    for (const id of ids) it.seedSecrets(id, 2);
    const pages = await it.provider.listSecrets([...ids, ...ids], FIRST_PAGE, it.call);
    expect(pages).toHaveLength(100);
    expect(pages).toMatchObject(
      [...ids, ...ids].map((id) => ({ totalCount: 2, items: [{ node: { id } }, {}] })),
    );
    expect(it.requests()).toEqual({ 'GET auth/:id/client-secrets': 50 });
  });

  test('getSecrets: one each, and one for each client', async () => {
    const ids = seedClients(3).flatMap((client) => it.seedSecrets(client, 4));
    expect(await it.provider.getSecrets(ids, it.call)).toMatchObject(
      ids.map((id) => ({ id, status: 'ACTIVE' })),
    );
    expect(it.requests()).toEqual({ 'GET auth/:id': 3, 'GET auth/:id/client-secrets/:id': 12 });
  });

  test('writes: one to three', async () => {
    const { provider, tenant, call } = it;
    const given = { name: 'billing', kind: 'MACHINE', attributes: null } as const;
    const { id: identity } = await provider.createIdentity!(tenant, given, call);
    expect(it.requests()).toEqual({ 'POST identities': 1 });
    await provider.updateIdentity!(identity, { name: 'invoices' }, call);
    expect(it.requests()).toEqual({ 'GET identities/:id': 1, 'PATCH identities/:id': 1 });
    const client = {
      ...given,
      name: 'invoices',
      identity,
      description: null,
      kind: null,
      redirectUris: null,
    };
    const {
      client: { id },
    } = await provider.createClient!(tenant, client, call);
    expect(it.requests()).toEqual({ 'GET identities/:id': 1, 'POST auth/:id': 1 });
    await provider.updateClient!(id, { attributes: { accessTokenTTL: 60 } }, call);
    expect(it.requests()).toEqual({ 'GET identities/:id': 1, 'GET auth/:id': 1, 'PATCH auth/:id': 1 });
    const { secret } = await provider.createSecret!(id, NEW_SECRET, call);
    expect(it.requests()).toEqual({ 'GET auth/:id': 1, 'POST auth/:id/client-secrets': 1 });
    await provider.revokeSecret!(secret.id, call);
    const oneSecret = 'auth/:id/client-secrets/:id';
    expect(it.requests()).toEqual({
      'GET auth/:id': 1,
      [`GET ${oneSecret}`]: 1,
      [`POST ${oneSecret}/revoke`]: 1,
    });
    await provider.revokeSecret!(secret.id, call);
    expect(it.requests()).toEqual({ 'GET auth/:id': 1, [`GET ${oneSecret}`]: 1 });
    await provider.deleteClient!(id, call);
    expect(it.requests()).toEqual({ 'GET auth/:id': 1, 'DELETE auth/:id': 1 });
    await provider.deleteIdentity!(identity, call);
    expect(it.requests()).toEqual({ 'GET auth/:id': 1, 'DELETE identities/:id': 1 });
  });

  test('what cannot be an id of the vendor is not asked for', async () => {
    const { provider, tenant, call } = it;
    const elsewhere = { ...tenant, tenant: '5bf3ed4e-f4e7-424b-9904-c46be746eb86' };
    const known = it.seedClient();
    const odd = ['..', 'a/b?c#d%', '中', known.client.toUpperCase(), `${known.client}\n`];
    expect(await provider.getTenants([elsewhere], call)).toEqual([null]);
    expect(
      await provider.getIdentities(
        odd.map((identity) => ({ ...tenant, identity })),
        call,
      ),
    ).toEqual(odd.map(() => null));
    expect(await provider.getClients([{ ...known, ...elsewhere }], call)).toEqual([null]);
    expect(
      await provider.getSecrets(
        odd.map((secret) => ({ ...known, secret })),
        call,
      ),
    ).toEqual(odd.map(() => null));
    await expect(provider.revokeSecret!({ ...known, secret: 'nope' }, call)).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(provider.deleteIdentity!({ ...tenant, identity: '..' }, call)).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(provider.deleteClient!({ ...known, ...elsewhere }, call)).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(it.requests()).toEqual({});
  });
});
