import type { Client } from './client.ts';
import type { ClientId, TenantId } from './ids.ts';
import type { Tenant } from './tenant.ts';

/** A tenant of which nothing is known but that it was there then: it goes by its id. */
export function tenantByItsId({ provider, tenant }: TenantId, asOf: Date): Tenant {
  return {
    id: { provider, tenant },
    name: tenant,
    description: null,
    enabled: null,
    createdAt: null,
    updatedAt: null,
    attributes: {},
    freshness: { asOf, source: 'INVENTORY' },
  };
}

/** The same of a client. Its `client_id` is left empty: nobody is to authenticate with a guess. */
export function clientByItsId({ provider, tenant, client }: ClientId, asOf: Date): Client {
  return {
    id: { provider, tenant, client },
    identity: null,
    clientId: '',
    name: client,
    description: null,
    kind: 'OTHER',
    enabled: null,
    redirectUris: [],
    createdAt: null,
    updatedAt: null,
    attributes: {},
    freshness: { asOf, source: 'INVENTORY' },
  };
}
