import type { Client } from '../../domain/client.ts';
import type { ClientId, IdentityId, TenantId } from '../../domain/ids.ts';
import { EMPTY_PAGE, mapPage, pageOf, type Page, type PageRequest } from '../../domain/page.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { each } from '../../provider-kit/each.ts';
import { orNull } from '../../provider-kit/or-null.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import type { Call, Reads } from '../../provider-kit/provider.ts';
import { remember } from '../../provider-kit/remember.ts';
import type { Membership } from './api.ts';
import { findClient, findSecret, holds, membershipsOf, type Organization } from './organization.ts';
import { hasUniversalAuth, identityOf, secretOf, tenantOf } from './translate.ts';

/**
 * Requests to the vendor for n different keys. Tenants: 1. getIdentities: n, from four on 1. listIdentities: 1.
 * getClients: as getIdentities, and n. listClients of the tenant: 1, and one for each client of the page; of n
 * identities: as getClients. getSecrets: n, and one for each client. listSecrets: n.
 */
export function createReads(organization: Organization): Reads {
  return {
    ...tenantReads(organization),
    ...identityReads(organization),
    ...clientReads(organization),
    ...secretReads(organization),
  };
}

function tenantReads(organization: Organization): Pick<Reads, 'getTenants' | 'listTenants'> {
  return {
    getTenants: (ids, call) =>
      each(ids, async (id) => (holds(organization, id) ? getTenant(organization, call) : null)),
    listTenants: async (page, call) =>
      pageOf([await getTenant(organization, call)], ({ id }) => id.tenant, page),
  };
}

async function getTenant({ api, id }: Organization, call: Call): Promise<Tenant> {
  const organization = await orNull(api.details(call), 'unsupported');
  if (organization === null || organization.id === id.tenant) return tenantOf(id, organization);
  throw new ProviderError('forbidden', 'The machine identity of the gateway is of another organisation.', {
    hint: 'Correct organizationId in the configuration.',
  });
}

function identityReads(organization: Organization): Pick<Reads, 'getIdentities' | 'listIdentities'> {
  const { id: tenant } = organization;
  return {
    getIdentities: (ids, call) => {
      const find = membershipsOf(
        organization,
        ids.map(({ identity }) => identity),
        call,
      );
      return each(ids, async (id) => {
        const membership = holds(organization, id, id.identity) ? await find(id.identity) : null;
        return membership && identityOf(tenant, membership);
      });
    },
    listIdentities: (of, page, call) =>
      each(of, async (id) => {
        if (!holds(organization, id)) return EMPTY_PAGE;
        return mapPage(await pageOfMemberships(organization, page, call), (it) => identityOf(tenant, it));
      }),
  };
}

function clientReads(organization: Organization): Pick<Reads, 'getClients' | 'listClients'> {
  const byIdentity = (identityIds: readonly string[], call: Call) => {
    const find = membershipsOf(organization, identityIds, call);
    return async (id: TenantId, identityId: string) =>
      holds(organization, id, identityId) ? findClient(organization, await find(identityId), call) : null;
  };
  return {
    getClients: (ids, call) => {
      const find = byIdentity(
        ids.map(({ client }) => client),
        call,
      );
      return each(ids, (id) => find(id, id.client));
    },
    listClients: (of, page, call) => {
      const find = byIdentity(
        of.flatMap((id) => ('identity' in id ? [id.identity] : [])),
        call,
      );
      return each<TenantId | IdentityId, Page<Client>>(of, async (id) => {
        if (!('identity' in id))
          return holds(organization, id) ? pageOfClients(organization, page, call) : EMPTY_PAGE;
        const client = await find(id, id.identity);
        return pageOf(client === null ? [] : [client], ({ clientId }) => clientId, page);
      });
    },
  };
}

function secretReads(organization: Organization): Pick<Reads, 'getSecrets' | 'listSecrets'> {
  const { api, clock } = organization;
  const list = async (id: ClientId, call: Call) =>
    (holds(organization, id, id.client) && (await orNull(api.listClientSecrets(id.client, call)))) || [];
  return {
    getSecrets: (ids, call) => {
      const authOf = remember((client) => orNull(api.getUniversalAuth(client, call)));
      return each(ids, async (id) => {
        const auth = holds(organization, id, id.client, id.secret) ? await authOf(id.client) : null;
        const data = auth && (await findSecret(organization, id, auth, call));
        return data && secretOf(id, data, clock.now());
      });
    },
    listSecrets: (of, page, call) =>
      each(of, async (id) => {
        const secrets = (await list(id, call)).map((data) => secretOf(id, data, clock.now()));
        const wanted = secrets.filter(({ status }) => page.status?.includes(status) ?? true);
        return pageOf(wanted, (secret) => byAge(secret.createdAt, secret.id.secret), page);
      }),
  };
}

/**
 * From the list that has no paging, because all builds have it, and in the order of creation, so that a rename
 * between two pages neither repeats nor hides an identity.
 */
async function pageOfMemberships(
  { api, id }: Organization,
  page: PageRequest,
  call: Call,
  among: (membership: Membership) => boolean = () => true,
): Promise<Page<Membership>> {
  const all = await api.listIdentities(id.tenant, call);
  return pageOf(all.filter(among), ({ createdAt, identityId }) => byAge(createdAt, identityId), page);
}

/** The list does not hold the client ids, so each client of the page is asked for. One that just went is left out. */
async function pageOfClients(
  organization: Organization,
  request: PageRequest,
  call: Call,
): Promise<Page<Client>> {
  const { provider, tenant } = organization.id;
  const page = await pageOfMemberships(organization, request, call, hasUniversalAuth);
  const members = new Map(page.items.map(({ node }) => [node.identityId, node]));
  const ids = page.items.map(({ node }) => ({ provider, tenant, client: node.identityId }));
  const clients = await each(ids, ({ client }) =>
    findClient(organization, members.get(client) ?? null, call),
  );
  const items = page.items.flatMap(({ cursor }, i) => {
    const node = clients[i] ?? null;
    if (node instanceof ProviderError) throw node;
    return node === null ? [] : [{ node, cursor }];
  });
  return { ...page, items };
}

/** Oldest first. */
function byAge(createdAt: Date | null, id: string): string {
  return `${createdAt?.toISOString() ?? ''}\0${id}`;
}
