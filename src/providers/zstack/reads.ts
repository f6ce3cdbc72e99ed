import type { Client } from '../../domain/client.ts';
import type { IdentityId, TenantId } from '../../domain/ids.ts';
import { EMPTY_PAGE, mapPage, pageOf, type Page } from '../../domain/page.ts';
import { each } from '../../provider-kit/each.ts';
import { namedTenant, oneTenant } from '../../provider-kit/one-tenant.ts';
import type { Reads } from '../../provider-kit/provider.ts';
import { pageOfSecrets } from '../../provider-kit/secret-page.ts';
import { identityReads } from './identities.ts';
import { clientFinder, listOauthClients, secretIdOf, type Installation } from './installation.ts';
import { clientOf, secretOf } from './translate.ts';

/** Requests to the vendor for any number of keys but of identities: 1, the list of all clients, which alone tells of them. */
export function createReads(installation: Installation, host: string): Reads {
  const { id: tenant, api } = installation;
  return {
    ...identityReads(installation),
    ...oneTenant(async (call) => {
      // Nothing is to be read of it; but whoever asks for it wants to know that it answers.
      await api.listClients(call);
      return namedTenant(tenant, host);
    }),
    getClients(ids, call) {
      const find = clientFinder(installation, call);
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
      const find = clientFinder(installation, call);
      return each(ids, async (id) => {
        const client = id.secret === secretIdOf(id.client) ? await find(id.client) : null;
        return client && secretOf(id, installation, client.hasSecret);
      });
    },
    listSecrets(of, page, call) {
      const find = clientFinder(installation, call);
      return each(of, async (id) => {
        const client = await find(id.client);
        return pageOfSecrets(client === null ? [] : [secretOf(id, installation, client.hasSecret)], page);
      });
    },
  };
}
