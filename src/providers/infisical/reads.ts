import type { Client } from '../../domain/client.ts';
import type { IdentityId, TenantId } from '../../domain/ids.ts';
import { mapPage, pageOf, type Page } from '../../domain/page.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { byAge } from '../../provider-kit/by-age.ts';
import { each } from '../../provider-kit/each.ts';
import { finder } from '../../provider-kit/finder.ts';
import { namedTenant, oneTenant } from '../../provider-kit/one-tenant.ts';
import { orNull } from '../../provider-kit/or-null.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import type { Call, Reads } from '../../provider-kit/provider.ts';
import { remember } from '../../provider-kit/remember.ts';
import { pageOfSecrets } from '../../provider-kit/secret-page.ts';
import type { Membership } from './api.ts';
import { findSecret, type Organization } from './organization.ts';
import { clientOf, hasUniversalAuth, identityOf, secretOf } from './translate.ts';

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
    ...oneTenant((call) => getTenant(organization, call)),
    getIdentities(ids, call) {
      const wanted = ids.map(({ identity }) => identity);
      const find = identityFinder(organization, wanted, call);
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

/** The build of 2024-10 does not tell the name (vendor facts, section 2). */
async function getTenant({ api, id }: Organization, call: Call): Promise<Tenant> {
  const own = await orNull(api.details(call), 'unsupported');
  if (own === null || own.id === id.tenant) return namedTenant(id, own?.name ?? id.tenant);
  throw new ProviderError('forbidden', 'The machine identity of the gateway is of another organisation.', {
    hint: 'Correct organizationId in the configuration.',
  });
}

function clientReads(organization: Organization) {
  return {
    getClients(ids, call) {
      const wanted = ids.map(({ client }) => client);
      const find = identityFinder(organization, wanted, call);
      return each(ids, async ({ client }) => findClient(organization, await find(client), call));
    },
    /** The lists do not hold the client ids, so each client of the page is asked for. One that just went is left out. */
    listClients(of, page, call) {
      const wanted = of.flatMap((id) => ('identity' in id ? [id.identity] : []));
      const find = identityFinder(organization, wanted, call);
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

/** From so many identities on, the list of all is the cheaper question. */
const MANY = 4;

function identityFinder({ api, id }: Organization, ids: readonly string[], call: Call) {
  const one = (identityId: string) => api.getIdentity(identityId, call);
  return finder(ids, MANY, { one, some: () => api.listIdentities(id.tenant, call) });
}

/** Null where the identity has no universal auth. */
async function findClient(
  { api, id }: Organization,
  membership: Membership | null,
  call: Call,
): Promise<Client | null> {
  if (!hasUniversalAuth(membership)) return null;
  const auth = await orNull(api.getUniversalAuth(membership.id, call));
  return auth && clientOf(id, membership, auth);
}

/** In the order of creation a rename between two pages neither repeats nor hides an identity. */
function ageOf({ createdAt, id }: Membership): string {
  return byAge(createdAt, id);
}
