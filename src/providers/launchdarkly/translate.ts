import type { Client } from '../../domain/client.ts';
import type { ClientSecret } from '../../domain/client-secret.ts';
import type { Identity } from '../../domain/identity.ts';
import type { TenantId } from '../../domain/ids.ts';
import { clientTold, identityTold, secretTold } from '../../provider-kit/told.ts';
import type { Member, Registered } from './api.ts';

export function identityOf(
  { provider, tenant }: TenantId,
  { id: identity, told }: Member,
  now: Date,
): Identity {
  return identityTold(now, { ...told, id: { provider, tenant, identity }, kind: 'USER' });
}

export function clientOf(
  { provider, tenant }: TenantId,
  { id: client, memberId, told }: Registered,
  now: Date,
): Client {
  const identity = memberId === null ? null : { provider, tenant, identity: memberId };
  return clientTold(now, { ...told, id: { provider, tenant, client }, identity });
}

/** It has no id of its own, and goes by its client's; when a value was last reset is not told (sections 4 and 7). */
export function secretOf(of: TenantId, { id: client, shown, told }: Registered, now: Date): ClientSecret {
  const { clientId: secret, createdAt, updatedAt } = told;
  const id = { provider: of.provider, tenant: of.tenant, client, secret };
  return secretTold(now, { ...shown, id, status: 'ACTIVE', createdAt, updatedAt });
}
