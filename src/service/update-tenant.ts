import type { TenantId } from '../domain/ids.ts';
import type { Tenant } from '../domain/tenant.ts';
import type { TenantChanges } from '../provider-kit/provider.ts';
import { required } from './capabilities.ts';
import type { Session } from './session.ts';
import { writeTo } from './write-to.ts';

export function updateTenant(
  session: Session,
  { id, changes, idempotencyKey }: { id: TenantId; changes: TenantChanges; idempotencyKey: string | null },
): Promise<Tenant> {
  return session.perform({
    ...writeTo('UPDATE_TENANT', 'Tenant', id),
    idempotencyKey,
    input: { id, changes },
    act: (means) => required(means.provider, 'updateTenant', 'UPDATE_TENANT')(id, changes, means.call),
  });
}
