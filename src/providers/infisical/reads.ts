import type { ClientId, ClientSecretId, IdentityId, TenantId } from '../../domain/ids.ts';
import { mapPage, pageOf } from '../../domain/page.ts';
import { byAge } from '../../provider-kit/by-age.ts';
import type { World } from '../../provider-kit/definition.ts';
import { each } from '../../provider-kit/each.ts';
import { finder } from '../../provider-kit/finder.ts';
import { namedTenant, oneTenant } from '../../provider-kit/one-tenant.ts';
import { orNull } from '../../provider-kit/or-null.ts';
import { pageOfFound } from '../../provider-kit/page-of-found.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import type { Call, Reads } from '../../provider-kit/provider.ts';
import { remember } from '../../provider-kit/remember.ts';
import { pageOfSecrets } from '../../provider-kit/secret-page.ts';
import type { Api, Membership } from './api.ts';
import type { InfisicalOptions } from './config.ts';
import { clientOf, hasUniversalAuth, identityOf, secretOf } from './translate.ts';

/** The one organisation that the configured machine identity belongs to, and the way to it. */
export interface Organization extends Pick<World, 'clock'> {
  readonly api: Api;
  readonly id: TenantId;
  /** What the gateway itself logs in with. */
  readonly own: InfisicalOptions;
}

/**
 * Requests to the vendor for n different keys. Tenants: 1. getIdentities: n; from four on 1, and one for each that is
 * not listed. listIdentities: 1. getClients: as getIdentities, and n. listClients of the tenant: 1, and one for each
 * client of the page; of n identities: as getClients. getSecrets: n, and one for each client. listSecrets: n.
 */
export function createReads({ api, clock, id: tenant }: Organization): Reads {
  const all = (call: Call) => api(call).listIdentities(tenant.tenant);
  /** From four identities on, the list of all is the cheaper question. */
  const finderOf = (ids: readonly Partial<IdentityId & ClientId>[], call: Call) => {
    const identities = ids.flatMap(({ identity, client }) => identity ?? client ?? []);
    return finder(identities, 4, { one: api(call).getIdentity, some: () => all(call) });
  };
  /** In the order of creation, a rename between two pages neither repeats nor hides an identity. */
  const age = ({ createdAt, id }: Membership) => byAge(createdAt, id);
  const clientOfIdentity = async (membership: Membership | null, call: Call) => {
    if (!hasUniversalAuth(membership)) return null;
    const auth = await orNull(api(call).getUniversalAuth(membership.id));
    return auth && clientOf(tenant, membership, auth, clock.now());
  };
  /**
   * The build of 2024-10 gives any identity's under any other's path, and answers for one that is not there as if it
   * were ill: then what the list does not hold is revoked or gone, so that nothing alive is taken for missing (section 6).
   */
  const findSecret = ({ client, secret }: ClientSecretId, call: Call) =>
    orNull(api(call).getClientSecret(client, secret)).catch(async (error: unknown) => {
      if (!(error instanceof ProviderError && error.code === 'unsupported')) throw error;
      return (await api(call).listClientSecrets(client)).find(({ id }) => id === secret);
    });
  return {
    ...oneTenant(async (call) => {
      // The build of 2024-10 does not tell the name (vendor facts, section 2).
      const { id, name } = (await orNull(api(call).details(), 'unsupported')) ?? { id: tenant.tenant };
      if (id === tenant.tenant) return namedTenant(tenant, name ?? id, clock.now());
      const hint = 'Correct organizationId in the configuration.';
      throw new ProviderError('forbidden', 'The gateway works in another organisation.', { hint });
    }),
    getIdentities(ids, call) {
      const find = finderOf(ids, call);
      return each(ids, call, async ({ identity }) => {
        const membership = await find(identity);
        return membership && identityOf(tenant, membership, clock.now());
      });
    },
    listIdentities: (of, page, call) =>
      each(of, call, async () =>
        mapPage(pageOf(await all(call), age, page), (it) => identityOf(tenant, it, clock.now())),
      ),
    getClients(ids, call) {
      const find = finderOf(ids, call);
      return each(ids, call, async ({ client }) => clientOfIdentity(await find(client), call));
    },
    /** The lists do not hold the client ids, so each client of the page is asked for. */
    listClients(of, page, call) {
      const find = finderOf(of, call);
      return each(of, call, async (id) => {
        const listed = 'identity' in id ? [await find(id.identity)] : await all(call);
        const found = pageOf(listed.filter(hasUniversalAuth), age, page);
        return pageOfFound(found, (membership) => clientOfIdentity(membership, call));
      });
    },
    getSecrets(ids, call) {
      const authOf = remember((client) => orNull(api(call).getUniversalAuth(client)));
      return each(ids, call, async (id) => {
        const auth = await authOf(id.client);
        const data = auth && (await findSecret(id, call));
        return data && data.identityUAId === auth.id ? secretOf(id, data, clock.now()) : null;
      });
    },
    listSecrets: (of, page, call) =>
      each(of, call, async (id) => {
        const listed = (await orNull(api(call).listClientSecrets(id.client))) ?? [];
        const secrets = listed.map((data) => secretOf(id, data, clock.now()));
        return pageOfSecrets(secrets, page);
      }),
  };
}
