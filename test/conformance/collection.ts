import type { ClientId, ClientSecretId, IdentityId, TenantId } from '../../src/domain/ids.ts';
import type { Page } from '../../src/domain/page.ts';
import type { Many, SecretPageRequest } from '../../src/provider-kit/provider.ts';
import { one } from './answers.ts';
import type { Stage } from './harness.ts';

export const NOUNS = ['tenants', 'identities', 'clients', 'secrets'] as const;

interface Thing {
  readonly id: TenantId;
}

/** One noun within one parent, so that a promise about all nouns is written once. */
export interface Collection {
  /** One more of it, as its id. */
  seed(): Promise<TenantId>;
  /** Of the same parent, and not there. */
  readonly missing: TenantId;
  get(ids: readonly TenantId[]): Many<Thing | null>;
  list(page: SecretPageRequest): Promise<Page<Thing>>;
}

/** In a parent of its own, where the vendor has more than one. */
export async function openCollection(
  noun: (typeof NOUNS)[number],
  { provider, seeds, missing, call }: Stage,
): Promise<Collection> {
  const tenant = await seeds.tenant();
  const nowhere: { identity: IdentityId; client: ClientId } = {
    identity: { ...tenant, identity: missing },
    client: { ...tenant, client: missing },
  };
  switch (noun) {
    case 'tenants':
      return {
        seed: () => seeds.tenant(),
        missing: { ...tenant, tenant: missing },
        get: (ids) => provider.getTenants(ids, call),
        list: (page) => provider.listTenants(page, call),
      };
    case 'identities':
      return {
        seed: () => seeds.identity(tenant),
        missing: nowhere.identity,
        get: (ids: readonly IdentityId[]) => provider.getIdentities(ids, call),
        list: (page) => one(provider.listIdentities([tenant], page, call)),
      };
    case 'clients':
      return {
        seed: () => seeds.client(tenant),
        missing: nowhere.client,
        get: (ids: readonly ClientId[]) => provider.getClients(ids, call),
        list: (page) => one(provider.listClients([tenant], page, call)),
      };
    case 'secrets': {
      const client = await seeds.client(tenant);
      const secret: ClientSecretId = { ...client, secret: missing };
      return {
        seed: async () => (await seeds.secret(client)).id,
        missing: secret,
        get: (ids: readonly ClientSecretId[]) => provider.getSecrets(ids, call),
        list: (page) => one(provider.listSecrets([client], page, call)),
      };
    }
  }
}

export async function seedMany(collection: Collection, count: number): Promise<readonly TenantId[]> {
  const ids: TenantId[] = [];
  for (let i = 0; i < count; i += 1) ids.push(await collection.seed());
  return ids;
}
