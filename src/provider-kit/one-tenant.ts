import { pageOf } from '../domain/page.ts';
import type { TenantId } from '../domain/ids.ts';
import type { Tenant } from '../domain/tenant.ts';
import { each } from './each.ts';
import type { Call, Reads } from './provider.ts';
import { tenantTold } from './told.ts';

/** The reads of tenants where a provider has one only, and is asked for no other (`ownIds`). */
export function oneTenant(get: (call: Call) => Promise<Tenant>): Pick<Reads, 'getTenants' | 'listTenants'> {
  return {
    getTenants: (ids, call) => each(ids, call, () => get(call)),
    listTenants: async (page, call) => pageOf([await get(call)], ({ id }) => id.tenant, page),
  };
}

/** A tenant of which the vendor tells no more than its name. */
export function namedTenant(id: TenantId, name: string, now: Date): Tenant {
  return tenantTold(now, { id, name });
}
