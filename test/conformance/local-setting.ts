import { randomUUID } from 'node:crypto';
import type { Call, NewClient, Provider } from '../../src/provider-kit/provider.ts';
import type { Store } from '../../src/store/database.ts';
import {
  localClients,
  localClientSecrets,
  localIdentities,
  localTenants,
} from '../../src/store/tables/local.ts';
import type { TestStore } from '../database.ts';
import { SecretValue } from '../../src/domain/secret-value.ts';
import { NEW_SECRET, one, QUIET } from './answers.ts';
import type { Seeds, Setting } from './harness.ts';
import { spoilingStore } from './spoiling-store.ts';

/** Children before their parents. */
const TABLES = [localClientSecrets, localClients, localIdentities, localTenants];
const NEW_TENANT = { name: 'Acme', description: 'a tenant' };
const NEW_CLIENT: NewClient = {
  identity: null,
  name: 'billing',
  description: 'a client',
  kind: null,
  redirectUris: null,
  attributes: { team: 'core' },
};

/** By its own writes, all of which it has. */
function seedsOf(provider: Provider, call: Call): Seeds {
  const { createTenant, createIdentity, createClient, createSecret } = provider;
  if (!createTenant || !createIdentity || !createClient || !createSecret)
    throw new Error('a write is absent');
  const seeds: Seeds = {
    tenant: async () => (await createTenant(NEW_TENANT, call)).id,
    identity: async (of) =>
      (await createIdentity(of, { name: 'worker', kind: 'MACHINE', attributes: { a: 1 } }, call)).id,
    client: async (of) => (await createClient(of, await seeds.newClient(of), call)).client.id,
    async secret(of) {
      const { secret, value } = await createSecret(of, NEW_SECRET, call);
      return { id: secret.id, value: value.reveal() };
    },
    newClient: async (of) => ({ ...NEW_CLIENT, identity: await seeds.identity(of) }),
  };
  return seeds;
}

/** The same database for each test, emptied. */
export async function startLocal({ store, statements }: TestStore): Promise<Setting<Store>> {
  for (const table of TABLES) await store.db.delete(table);
  const before = statements.length;
  const { spoil, restore } = spoilingStore(store);
  return {
    options: { kind: 'local' },
    database: store,
    simulator: null,
    traffic: () => statements.length - before,
    credentials: [],
    missing: randomUUID(),
    async accepts(provider, { provider: name, tenant, client }, value) {
      const found = await one(provider.getClients([{ provider: name, tenant, client }], QUIET));
      const request = { clientId: found?.clientId ?? '', value: new SecretValue(value), mayUse: () => true };
      return (await provider.verifySecret?.(request, QUIET))?.valid === true;
    },
    seeds: seedsOf,
    spoilStatement: spoil,
    close: async () => restore(),
  };
}
