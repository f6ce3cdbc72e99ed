import { encodeGlobalId, type TenantId } from '../domain/ids.ts';
import type { Identity } from '../domain/identity.ts';
import type { NewIdentity } from '../provider-kit/provider.ts';
import { required } from './capabilities.ts';
import type { Session } from './session.ts';
import { writeTo } from './write-to.ts';

export function createIdentity(
  session: Session,
  { tenant, idempotencyKey, ...identity }: NewIdentity & { tenant: TenantId; idempotencyKey: string | null },
): Promise<Identity> {
  return session.perform({
    ...writeTo('CREATE_IDENTITY', 'Tenant', tenant),
    idempotencyKey,
    input: { tenant, ...identity },
    subjectOf: ({ id }) => encodeGlobalId('Identity', id),
    act: (means) =>
      required(means.provider, 'createIdentity', 'CREATE_IDENTITY')(tenant, identity, means.call),
  });
}
