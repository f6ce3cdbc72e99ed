import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ProviderError } from '../../../src/provider-kit/provider-error.ts';
import { FIRST_PAGE, NEW_SECRET, openInfisical, type Opened } from './open-infisical.ts';

const UNKNOWN = '5bf3ed4e-f4e7-424b-9904-c46be746eb86';
const GIVEN = { name: 'billing', kind: 'MACHINE', attributes: null } as const;
const NEW_CLIENT = { name: 'worker', description: null, kind: null, redirectUris: null, attributes: null };

describe('the build of 2024-10', () => {
  let it: Opened;
  beforeEach(async () => {
    it = await openInfisical({ generation: '2024-10' });
  });
  afterEach(() => it.simulator.close());

  test('does not tell the name of the organisation', async () => {
    const { tenant: name } = it.tenant;
    expect(await it.provider.getTenants([it.tenant], it.call)).toMatchObject([{ id: it.tenant, name }]);
  });

  test('answers 500 for a secret that is not there: the list is asked, once, and nothing twice', async () => {
    const client = it.seedClient();
    const [known] = it.seedSecrets(client, 1);
    const ids = [{ ...client, secret: UNKNOWN }, known!];
    expect(await it.provider.getSecrets(ids, it.call)).toMatchObject([null, { id: known }]);
    expect(it.requests()).toEqual({
      'POST auth/universal-auth/login': 1,
      'GET auth/:id': 1,
      'GET auth/:id/client-secrets/:id': 2,
      'GET auth/:id/client-secrets': 1,
    });
  });

  test('a 500 for a secret that is there hides it from nobody', async () => {
    const [id] = it.seedSecrets(it.seedClient(), 1);
    const body = { statusCode: 500, message: 'Something went wrong', error: 'InternalServerError' };
    it.simulator.inject({ match: ({ path }) => path.endsWith(id!.secret), kind: { status: 500, body } });
    expect(await it.provider.getSecrets([id!], it.call)).toMatchObject([{ id, status: 'ACTIVE' }]);
  });

  test('throttles with a 500, and says how long', async () => {
    const limited = await openInfisical({ generation: '2024-10', rateLimited: true });
    const client = limited.seedClient();
    const reads = Array.from({ length: 60 }, () =>
      limited.provider.listSecrets([client], FIRST_PAGE, limited.call),
    );
    await Promise.all(reads);
    limited.clock.pass(100);
    expect(await limited.provider.listSecrets([client], FIRST_PAGE, limited.call)).toMatchObject([
      { code: 'rate_limited', retryAfterMs: 60_000, applied: 'no' },
    ]);
    await limited.simulator.close();
  });

  test('has no delete protection, no period and no lockout: they are refused, not dropped', async () => {
    const client = it.seedClient();
    const identity = { ...it.tenant, identity: client.client };
    const protect = { attributes: { hasDeleteProtection: true } };
    const refused = { code: 'unsupported', applied: 'no' };
    await expect(it.provider.updateIdentity!(identity, protect, it.call)).rejects.toMatchObject(refused);
    const lockout = { attributes: { lockoutEnabled: false } };
    await expect(it.provider.updateClient!(client, lockout, it.call)).rejects.toMatchObject(refused);
    await expect(
      it.provider.createIdentity!(it.tenant, { ...GIVEN, ...protect }, it.call),
    ).rejects.toMatchObject({
      code: 'unsupported',
      message: 'This version of Infisical has no hasDeleteProtection; it was made without.',
      applied: 'maybe',
    });
  });
});

describe.each(['current', '2024-10'] as const)('identities and clients of %s', (generation) => {
  let it: Opened;
  beforeEach(async () => {
    it = await openInfisical({ generation, customRoles: ['ops'], ipAllowlisting: true });
  });
  afterEach(() => it.simulator.close());

  test('an identity with an own role and metadata is read as it was made', async () => {
    const attributes = { role: 'ops', metadata: [{ key: 'team', value: 'core' }] };
    const made = await it.provider.createIdentity!(
      it.tenant,
      { ...GIVEN, name: ' billing ', attributes },
      it.call,
    );
    expect(made).toMatchObject({
      name: 'billing',
      kind: 'MACHINE',
      createdAt: it.clock.now(),
      updatedAt: null,
    });
    const [found] = await it.provider.getIdentities([made.id], it.call);
    expect(found).toMatchObject({ ...made, attributes: { ...attributes, authMethods: [] } });
  });

  test('an update changes what it names, and is answered as it is read', async () => {
    const attributes = { role: 'ops', metadata: [{ key: 'team', value: 'core' }] };
    const { id } = await it.provider.createIdentity!(it.tenant, { ...GIVEN, attributes }, it.call);
    const renamed = await it.provider.updateIdentity!(id, { name: 'invoices' }, it.call);
    expect(renamed).toMatchObject({ name: 'invoices', attributes });
    const ranked = await it.provider.updateIdentity!(id, { attributes: { role: 'member' } }, it.call);
    expect(await it.provider.getIdentities([id], it.call)).toEqual([ranked]);
    expect(ranked).toMatchObject({ name: 'invoices', attributes: { ...attributes, role: 'member' } });
  });

  test.each(['createIdentity', 'updateIdentity'] as const)(
    '%s: a role that is not there is named',
    async (write) => {
      const attributes = { role: 'nobody' };
      const { provider, tenant, call } = it;
      const identity = it.simulator.seedIdentity({});
      const answer =
        write === 'createIdentity'
          ? provider.createIdentity!(tenant, { ...GIVEN, attributes }, call)
          : provider.updateIdentity!({ ...tenant, identity }, { attributes }, call);
      await expect(answer).rejects.toMatchObject({
        code: 'invalid_input',
        fields: [{ path: ['attributes', 'role'] }],
      });
    },
  );

  test('a client is the universal auth of an identity, and goes by its name', async () => {
    const { provider, tenant, call } = it;
    const identity = { ...tenant, identity: it.simulator.seedIdentity({ name: 'worker' }) };
    expect(await provider.getClients([{ ...tenant, client: identity.identity }], call)).toEqual([null]);
    const misnamed = provider.createClient!(tenant, { ...NEW_CLIENT, name: 'other', identity }, call);
    await expect(misnamed).rejects.toMatchObject({ code: 'invalid_input', fields: [{ path: ['name'] }] });
    const attributes = { accessTokenTTL: 60, accessTokenTrustedIps: ['10.0.0.0/8', '192.0.2.1'] };
    const { client, issued } = await provider.createClient!(
      tenant,
      { ...NEW_CLIENT, attributes, identity },
      call,
    );
    expect(issued).toBeNull();
    expect(client).toMatchObject({
      id: { ...tenant, client: identity.identity },
      identity,
      name: 'worker',
      kind: 'UNIVERSAL_AUTH',
      enabled: null,
      attributes: {
        accessTokenTTL: 60,
        accessTokenMaxTTL: 2_592_000,
        accessTokenNumUsesLimit: 0,
        clientSecretTrustedIps: ['0.0.0.0/0', '::/0'],
        accessTokenTrustedIps: ['10.0.0.0/8', '192.0.2.1/32'],
      },
    });
    expect(await provider.getClients([client.id], call)).toEqual([client]);
    const again = provider.createClient!(tenant, { ...NEW_CLIENT, identity }, call);
    await expect(again).rejects.toMatchObject({ code: 'conflict', applied: 'no' });
  });

  test('both lifetimes of a token are sent together, and one beyond the other is refused', async () => {
    const client = it.seedClient();
    const set = (attributes: { accessTokenTTL?: number; accessTokenMaxTTL?: number }) =>
      it.provider.updateClient!(client, { attributes }, it.call);
    await set({ accessTokenTTL: 60 });
    expect(await set({ accessTokenMaxTTL: 600 })).toMatchObject({
      attributes: { accessTokenTTL: 60, accessTokenMaxTTL: 600 },
    });
    const refused = { code: 'invalid_input', fields: [{ path: ['attributes', 'accessTokenTTL'] }] };
    await expect(set({ accessTokenTTL: 601 })).rejects.toMatchObject(refused);
    await expect(set({ accessTokenMaxTTL: 59 })).rejects.toMatchObject(refused);
    expect(await set({ accessTokenMaxTTL: 0 })).toMatchObject({ attributes: { accessTokenMaxTTL: 0 } });
  });

  test('an organisation that the gateway is not of is not made up', async () => {
    const configuredOrganizationId = '5d0f2a52-0c1e-4a57-9a7b-0f6b3d7f0c11';
    const astray = await openInfisical({ generation, configuredOrganizationId });
    const { provider, tenant, call } = astray;
    const [answer] =
      generation === 'current'
        ? await provider.getTenants([tenant], call)
        : await provider.listIdentities([tenant], FIRST_PAGE, call);
    expect(answer).toMatchObject({ code: 'forbidden', hint: expect.stringContaining('organizationId') });
    await astray.simulator.close();
  });

  test('where there is no client there is nothing to write to', async () => {
    const client = { ...it.tenant, client: it.simulator.seedIdentity({}) };
    const missing = { code: 'not_found', applied: 'no' };
    await expect(it.provider.createSecret!(client, NEW_SECRET, it.call)).rejects.toMatchObject(missing);
    await expect(it.provider.updateClient!(client, {}, it.call)).rejects.toMatchObject(missing);
    await expect(it.provider.deleteClient!(client, it.call)).rejects.toMatchObject(missing);
    expect(await it.provider.listSecrets([client], FIRST_PAGE, it.call)).toMatchObject([{ items: [] }]);
  });

  test('identities come in the order of their making, whatever they are renamed to', async () => {
    const ids = ['c', 'b', 'a'].map((name) => it.seedClient(name));
    const first = await it.provider.listIdentities([it.tenant], { ...FIRST_PAGE, limit: 2 }, it.call);
    expect(first).toMatchObject([
      { items: [{ node: { name: 'gateway' } }, { node: { name: 'c' } }], hasNext: true },
    ]);
    if (first[0] === undefined || first[0] instanceof ProviderError) throw new Error('the list failed');
    const { cursor } = first[0].items[1]!;
    await it.provider.updateIdentity!({ ...it.tenant, identity: ids[1]!.client }, { name: '0' }, it.call);
    const rest = await it.provider.listIdentities([it.tenant], { ...FIRST_PAGE, cursor }, it.call);
    expect(rest).toMatchObject([
      { items: [{ node: { name: '0' } }, { node: { name: 'a' } }], totalCount: 4 },
    ]);
  });
});
