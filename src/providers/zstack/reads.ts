import type { Client } from '../../domain/client.ts';
import type { IdentityId, TenantId } from '../../domain/ids.ts';
import { EMPTY_PAGE, mapPage, pageOf, type Page } from '../../domain/page.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { each } from '../../provider-kit/each.ts';
import type { Call, Reads } from '../../provider-kit/provider.ts';
import { pageOfSecrets } from '../../provider-kit/secret-page.ts';
import { UNTOLD_TENANT } from '../../provider-kit/untold.ts';
import { identityReads } from './identities.ts';
import { finder, listOauthClients, secretIdOf, type Installation } from './installation.ts';
import { clientOf, secretOf } from './translate.ts';

/** Requests to the vendor, for any number of keys but of identities: 1, the list of all clients, which alone tells of them. */
export function createReads(installation: Installation): Reads {
  const { id: tenant, api, host } = installation;
  /** There is nothing to be read of it; but whoever asks for it wants to know that it answers. */
  const getTenant = async (call: Call): Promise<Tenant> => {
    await api.listClients(call);
    return { ...UNTOLD_TENANT, id: tenant, name: host };
  };
  return {
    ...identityReads(installation),
    getTenants: (ids, call) => each(ids, () => getTenant(call)),
    listTenants: async (page, call) => pageOf([await getTenant(call)], ({ id }) => id.tenant, page),
    getClients(ids, call) {
      const find = finder(installation, call);
      return each(ids, async (id) => {
        const client = await find(id.client);
        return client && clientOf(tenant, client);
      });
    },
    /** Of an identity there are none: a client does not act for those who sign in by it. */
    listClients: (of, page, call) =>
      each<TenantId | IdentityId, Page<Client>>(of, async (id) => {
        if ('identity' in id) return EMPTY_PAGE;
        const all = await listOauthClients(installation, call);
        return mapPage(
          pageOf(all, ({ uuid }) => uuid, page),
          (client) => clientOf(tenant, client),
        );
      }),
    getSecrets(ids, call) {
      const find = finder(installation, call);
      return each(ids, async (id) => {
        const client = id.secret === secretIdOf(id.client) ? await find(id.client) : null;
        return client && secretOf(id, installation, client.hasSecret);
      });
    },
    listSecrets(of, page, call) {
      const find = finder(installation, call);
      return each(of, async (id) => {
        const client = await find(id.client);
        return pageOfSecrets(client === null ? [] : [secretOf(id, installation, client.hasSecret)], page);
      });
    },
  };
}
