import { z } from 'zod';
import { liveAt } from '../../../src/domain/freshness.ts';
import { EMPTY_PAGE, pageOf } from '../../../src/domain/page.ts';
import type { Tenant } from '../../../src/domain/tenant.ts';
import type { Definition } from '../../../src/provider-kit/definition.ts';
import type { Provider } from '../../../src/provider-kit/provider.ts';

const options = z.strictObject({ kind: z.literal('toy-shop'), shelf: z.string() });

/** The whole adapter of a vendor that has one tenant and can do nothing but show it. */
export const toyShop: Definition<z.output<typeof options>> = {
  kind: 'toy-shop',
  options,
  open({ shelf }, { name, clock }): Provider {
    const tenant = (): Tenant => ({
      id: { provider: name, tenant: shelf },
      name: `Shelf ${shelf}`,
      description: null,
      enabled: null,
      createdAt: null,
      updatedAt: null,
      attributes: {},
      freshness: liveAt(clock.now()),
    });
    return {
      name,
      traits: {
        maxActiveSecrets: null,
        minActiveSecrets: 0,
        secretLifetime: null,
        retrieval: 'ONCE',
        revocationDelayMs: 0,
        replacement: null,
        describesSecrets: false,
        instead: { createClient: 'Ask at the counter of the toy shop.' },
      },
      getTenants: async (ids) => ids.map((id) => (id.tenant === shelf ? tenant() : null)),
      listTenants: async (page) => pageOf([tenant()], ({ id }) => id.tenant, page),
      getIdentities: async (ids) => ids.map(() => null),
      listIdentities: async (of) => of.map(() => EMPTY_PAGE),
      getClients: async (ids) => ids.map(() => null),
      listClients: async (of) => of.map(() => EMPTY_PAGE),
      getSecrets: async (ids) => ids.map(() => null),
      listSecrets: async (of) => of.map(() => EMPTY_PAGE),
    };
  },
};
