import { clientIdOf, type ClientId, type IdentityId, type TenantId } from '../../domain/ids.ts';
import { EMPTY_PAGE, pageOf } from '../../domain/page.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { each } from '../../provider-kit/each.ts';
import { orNull } from '../../provider-kit/or-null.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import type { Call, Reads } from '../../provider-kit/provider.ts';
import { pageOfSecrets } from '../../provider-kit/secret-page.ts';
import { CLIENTS, IDENTITIES } from './api.ts';
import { collectionReads } from './collection-reads.ts';
import { accessTo, holderOf, type Deployment } from './deployment.ts';
import { clientOf, identityOf, secretOf, tenantOf } from './translate.ts';

/**
 * Requests to the vendor for n different keys. Tenants: n. getClients: in v1 one for each kind in each tenant, and one for
 * each further hundred; otherwise n. getIdentities: the same, but n of automation identities. Lists of clients and
 * identities: one or two for each tenant. Secrets: one for each client.
 */
export function createReads(deployment: Deployment): Reads {
  const clients = collectionReads(deployment, {
    collections: CLIENTS,
    idOf: (tenant, client): ClientId => ({ ...tenant, client }),
    textOf: ({ client }) => client,
    nounOf: clientOf,
  });
  const identities = collectionReads(deployment, {
    collections: IDENTITIES,
    idOf: (tenant, identity): IdentityId => ({ ...tenant, identity }),
    textOf: ({ identity }) => identity,
    nounOf: identityOf,
  });
  return {
    ...tenantReads(deployment),
    getIdentities: (ids, call) => identities.getMany(ids, call),
    listIdentities: (of, page, call) => each(of, (id) => identities.list(id, page, call)),
    getClients: (ids, call) => clients.getMany(ids, call),
    /** Nothing links a client to an identity (vendor facts, section 5). */
    listClients: (of, page, call) =>
      each(of, async (id) => ('identity' in id ? EMPTY_PAGE : clients.list(id, page, call))),
    ...secretReads(deployment),
  };
}

function tenantReads(deployment: Deployment): Pick<Reads, 'getTenants' | 'listTenants'> {
  const { dialect, tenants } = deployment;
  /** v1-preview has no page of a tenant, but that its clients can be listed shows that it is there. */
  const get = (id: TenantId, call: Call): Promise<Tenant | null> => {
    const { reads } = accessTo(deployment, id);
    if (dialect === 'v1') return orNull(reads.tenant(call).then((told) => tenantOf(id, told)));
    return orNull(reads.list(CLIENTS.cc, 0, 1, call).then(() => tenantOf(id, null)));
  };
  return {
    getTenants: (ids, call) => each(ids, (id) => get(id, call)),
    /** One that cannot be read keeps no other back. */
    async listTenants(request, call) {
      const page = pageOf([...tenants.values()], ({ id }) => id.tenant, request);
      const ids = page.items.map(({ node }) => node.id);
      const told = await each(ids, (id) => get(id, call));
      const [failure] = told;
      if (failure instanceof ProviderError && told.every((it) => it instanceof ProviderError)) throw failure;
      const items = page.items.flatMap(({ node: { id }, cursor }, i) => {
        const node = told[i] instanceof ProviderError ? tenantOf(id, null) : (told[i] ?? null);
        return node === null ? [] : [{ node, cursor }];
      });
      return { ...page, items };
    },
  };
}

/** There is no call for the secrets of many clients; of one client they come all at once (vendor facts, section 8). */
function secretReads(deployment: Deployment): Pick<Reads, 'getSecrets' | 'listSecrets'> {
  const list = async (of: ClientId, call: Call) => {
    const told = await orNull(accessTo(deployment, of).reads.listSecrets(holderOf(of), call));
    return (told ?? []).map((it) => secretOf(of, it, deployment.clock.now()));
  };
  return {
    async getSecrets(ids, call) {
      const lists = await each(ids.map(clientIdOf), (of) => list(of, call));
      return lists.map((all, i) =>
        all instanceof ProviderError ? all : (all.find(({ id }) => id.secret === ids[i]?.secret) ?? null),
      );
    },
    listSecrets: (of, page, call) => each(of, async (id) => pageOfSecrets(await list(id, call), page)),
  };
}
