import { encodeGlobalId } from '../domain/ids.ts';
import type { Tenant } from '../domain/tenant.ts';
import type { NewTenant } from '../provider-kit/provider.ts';
import { required } from './capabilities.ts';
import type { Session } from './session.ts';
import { writeTo } from './write-to.ts';

export function createTenant(
  session: Session,
  { provider, idempotencyKey, ...tenant }: NewTenant & { provider: string; idempotencyKey: string | null },
): Promise<Tenant> {
  return session.perform({
    ...writeTo('CREATE_TENANT', 'Provider', { provider }),
    idempotencyKey,
    input: { provider, ...tenant },
    subjectOf: ({ id }) => encodeGlobalId('Tenant', id),
    act: (means) => required(means.provider, 'createTenant', 'CREATE_TENANT')(tenant, means.call),
  });
}
