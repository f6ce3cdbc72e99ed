import type { Client } from '../../domain/client.ts';
import type { ClientSecret } from '../../domain/client-secret.ts';
import type { Identity } from '../../domain/identity.ts';
import type { ClientId, IdentityId, TenantId } from '../../domain/ids.ts';
import type { Tenant } from '../../domain/tenant.ts';
import * as untold from '../../provider-kit/untold.ts';
import type { Told } from './replies.ts';

export function tenantOf(id: TenantId, told: Told<'tenant'>): Tenant {
  const { CompanyName, Created: createdAt, LastUpdated: updatedAt, attributes } = told;
  return { ...untold.UNTOLD_TENANT, id, name: CompanyName || id.tenant, createdAt, updatedAt, attributes };
}

export function identityOf(id: IdentityId, told: Told<'identity'>): Identity {
  const { Id, Name, GivenName, Surname, attributes } = told;
  const name = Name || [GivenName, Surname].filter(Boolean).join(' ') || Id;
  const kind = id.identity.startsWith('user:') ? 'USER' : 'MACHINE';
  return { ...untold.UNTOLD_IDENTITY, id, name, kind, attributes };
}

export function clientOf(id: ClientId, told: Told<'client'>): Client {
  const { Id, Name, Enabled, RedirectUris, attributes } = told;
  return {
    ...untold.UNTOLD_CLIENT,
    id,
    clientId: Id,
    name: Name || Id,
    kind: id.client.startsWith('cc:') ? 'CLIENT_CREDENTIALS' : 'HYBRID',
    enabled: Enabled ?? null,
    redirectUris: RedirectUris ?? [],
    attributes,
  };
}

export function secretOf(
  client: ClientId,
  told: Omit<Told<'secret'>, 'attributes'>,
  now: Date,
): ClientSecret {
  const expiresAt = (told.Expires === false ? null : told.Expiration) ?? null;
  return {
    ...untold.UNTOLD_SECRET,
    id: { ...client, secret: told.SecretId },
    description: told.Description || null,
    status: expiresAt !== null && expiresAt <= now ? 'EXPIRED' : 'ACTIVE',
    expiresAt,
    freshness: { asOf: now, source: 'LIVE' },
  };
}
