import type { Client } from '../../domain/client.ts';
import type { IdentityId, TenantId } from '../../domain/ids.ts';
import { mapPage, pageOf, type Page } from '../../domain/page.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { byAge } from '../../provider-kit/by-age.ts';
import { each } from '../../provider-kit/each.ts';
import { orNull } from '../../provider-kit/or-null.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import type { Call, Reads } from '../../provider-kit/provider.ts';
import { remember } from '../../provider-kit/remember.ts';
import { pageOfSecrets } from '../../provider-kit/secret-page.ts';
import type { Membership } from './api.ts';
import { findSecret, type Organization } from './organization.ts';
import { clientOf, hasUniversalAuth, identityOf, secretOf, tenantOf } from './translate.ts';

/**
 * Requests to the vendor for n different keys. Tenants: 1. getIdentities: n, from four on 1. listIdentities: 1.
 * getClients: as getIdentities, and n. listClients of the tenant: 1, and one for each client of the page; of n
 * identities: as getClients. getSecrets: n, and one for each client. listSecrets: n.
 */
export function createReads(organization: Organization): Reads {
  return { ...identityReads(organization), ...clientReads(organization), ...secretReads(organization) };
}

function identityReads(organization: Organization) {
  const { api, id: tenant } = organization;
  return {
    getTenants: (ids, call) => each(ids, () => getTenant(organization, call)),
    listTenants: async (page, call) =>
      pageOf([await getTenant(organization, call)], ({ id }) => id.tenant, page),
    getIdentities(ids, call) {
      const wanted = ids.map(({ identity }) => identity);
      const find = finder(organization, wanted, call);
      return each(ids, async ({ identity }) => {
        const membership = await find(identity);
        return membership && identityOf(tenant, membership);
      });
    },
    listIdentities: (of, page, call) =>
      each(of, async ({ tenant: orgId }) => {
        const all = await api.listIdentities(orgId, call);
        return mapPage(pageOf(all, ageOf, page), (membership) => identityOf(tenant, membership));
      }),
  } satisfies Partial<Reads>;
}

/** Of the build of 2024-10 the name is not known (vendor facts, section 2). */
async function getTenant({ api, id }: Organization, call: Call): Promise<Tenant> {
  const own = await orNull(api.details(call), 'unsupported');
  if (own === null || own.id === id.tenant) return tenantOf(id, own);
  throw new ProviderError('forbidden', 'The machine identity of the gateway is of another organisation.', {
    hint: 'Correct organizationId in the configuration.',
  });
}

function clientReads(organization: Organization) {
  return {
    getClients(ids, call) {
      const wanted = ids.map(({ client }) => client);
      const find = finder(organization, wanted, call);
      return each(ids, async ({ client }) => findClient(organization, await find(client), call));
    },
    /** The lists do not hold the client ids, so each client of the page is asked for. One that just went is left out. */
    listClients(of, page, call) {
      const wanted = of.flatMap((id) => ('identity' in id ? [id.identity] : []));
      const find = finder(organization, wanted, call);
      return each<TenantId | IdentityId, Page<Client>>(of, async (id) => {
        const all =
          'identity' in id
            ? [await find(id.identity)]
            : await organization.api.listIdentities(id.tenant, call);
        const found = pageOf(all.filter(hasUniversalAuth), ageOf, page);
        const items = found.items.map(async ({ node: membership, cursor }) => {
          const node = await findClient(organization, membership, call);
          return node === null ? [] : { node, cursor };
        });
        return { ...found, items: (await Promise.all(items)).flat() };
      });
    },
  } satisfies Partial<Reads>;
}

function secretReads(organization: Organization) {
  const { api, clock } = organization;
  return {
    getSecrets(ids, call) {
      const authOf = remember((client) => orNull(api.getUniversalAuth(client, call)));
      return each(ids, async (id) => {
        const auth = await authOf(id.client);
        const data = auth && (await orNull(findSecret(organization, id, auth, call)));
        return data && secretOf(id, data, clock.now());
      });
    },
    listSecrets: (of, page, call) =>
      each(of, async (id) => {
        const all = (await orNull(api.listClientSecrets(id.client, call))) ?? [];
        return pageOfSecrets(
          all.map((data) => secretOf(id, data, clock.now())),
          page,
        );
      }),
  } satisfies Partial<Reads>;
}

/** From so many identities on, the list of all is the cheaper question. It has no paging, on any build. */
const MANY = 4;

/** How to find each of these identities: one by one, or all in one list. */
function finder(
  { api, id }: Organization,
  identityIds: readonly string[],
  call: Call,
): (identityId: string) => Promise<Membership | null> {
  if (new Set(identityIds).size < MANY) return (identityId) => orNull(api.getIdentity(identityId, call));
  const all = remember((orgId) => api.listIdentities(orgId, call));
  return async (identityId) => (await all(id.tenant)).find((it) => it.identityId === identityId) ?? null;
}

/** Null where the identity has no universal auth. */
async function findClient(
  { api, id }: Organization,
  membership: Membership | null,
  call: Call,
): Promise<Client | null> {
  if (!hasUniversalAuth(membership)) return null;
  const auth = await orNull(api.getUniversalAuth(membership.identityId, call));
  return auth && clientOf(id, membership, auth);
}

/** In the order of creation a rename between two pages neither repeats nor hides an identity. */
function ageOf({ createdAt, identityId }: Membership): string {
  return byAge(createdAt, identityId);
}
