import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localClients, localClientSecrets } from '../../../src/store/tables/local.ts';
import { TEST_DATABASES } from '../../database.ts';
import { CALL, NEW_SECRET, openLocal, type OpenLocal } from './open-local.ts';

describe.each(TEST_DATABASES)('deleting at the local provider, on %s', (kind) => {
  let open: OpenLocal;
  beforeAll(async () => {
    open = await openLocal(kind);
  });
  afterAll(() => open.close());

  const newIdentity = async (of: Parameters<typeof open.provider.createIdentity>[0]) =>
    open.provider.createIdentity(of, { name: 'I', kind: 'MACHINE', attributes: null }, CALL);

  test('a tenant waits for its clients and identities', async () => {
    const tenant = await open.newTenant();
    const identity = await newIdentity(tenant);
    const client = await open.newClient({ identity: identity.id }, tenant);
    await open.newClient({}, tenant);
    const refused = (message: string) => ({ code: 'conflict', applied: 'no', message });
    await expect(open.provider.deleteTenant(tenant, CALL)).rejects.toMatchObject(
      refused('This tenant has 2 clients and 1 identity. Delete them first.'),
    );
    await expect(open.provider.deleteIdentity(identity.id, CALL)).rejects.toMatchObject(
      refused('This identity has 1 client. Delete them first.'),
    );
    await open.provider.deleteClient(client.id, CALL);
    await open.provider.deleteIdentity(identity.id, CALL);
    await expect(open.provider.deleteTenant(tenant, CALL)).rejects.toMatchObject(
      refused('This tenant has 1 client. Delete them first.'),
    );
  });

  test('a client waits for its live secrets, and takes the dead ones along', async () => {
    const { id } = await open.newClient();
    const make = () => open.provider.createSecret(id, NEW_SECRET, CALL);
    const [dead, disabled, active] = [await make(), await make(), await make()];
    await open.provider.revokeSecret(dead.secret.id, CALL);
    await open.provider.disableSecret(disabled.secret.id, CALL);
    await expect(open.provider.deleteClient(id, CALL)).rejects.toMatchObject({
      code: 'conflict',
      message: 'This client has 2 live secrets. Revoke them first.',
    });
    expect(await open.provider.getSecrets([dead.secret.id], CALL)).toMatchObject([{ status: 'REVOKED' }]);
    for (const { secret } of [disabled, active]) await open.provider.revokeSecret(secret.id, CALL);
    await open.provider.deleteClient(id, CALL);
    expect(await open.provider.getClients([id], CALL)).toEqual([null]);
    await expect(open.provider.deleteClient(id, CALL)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a client and a secret made for it at the same moment never part', async () => {
    for (let round = 0; round < 10; round++) {
      const { id } = await open.newClient();
      await Promise.allSettled([
        ...Array.from({ length: 4 }, () => open.provider.createSecret(id, NEW_SECRET, CALL)),
        open.provider.deleteClient(id, CALL),
        open.provider.createSecret(id, NEW_SECRET, CALL),
      ]);
    }
    const clients = new Set((await open.store.db.select().from(localClients)).map(({ id }) => id));
    const secrets = await open.store.db.select().from(localClientSecrets);
    expect(secrets.filter(({ clientId }) => !clients.has(clientId))).toEqual([]);
  });

  test('a client cannot be made for an identity of another tenant', async () => {
    const identity = await newIdentity(await open.newTenant());
    await expect(open.newClient({ identity: identity.id })).rejects.toMatchObject({
      code: 'invalid_input',
      fields: [{ path: ['identity'] }],
    });
  });
});
