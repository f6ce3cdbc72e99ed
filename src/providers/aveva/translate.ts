import type { Client } from '../../domain/client.ts';
import type { ClientSecret } from '../../domain/client-secret.ts';
import type { Identity } from '../../domain/identity.ts';
import type { ClientId, IdentityId, TenantId } from '../../domain/ids.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { clientTold, identityTold, secretTold, tenantTold } from '../../provider-kit/told.ts';
import type { Told } from './replies.ts';

export function tenantOf(id: TenantId, told: Told<'tenant'>, now: Date): Tenant {
  const { CompanyName, Created: createdAt, LastUpdated: updatedAt, attributes } = told;
  return tenantTold(now, { id, name: CompanyName || id.tenant, createdAt, updatedAt, attributes });
}

export function identityOf(id: IdentityId, told: Told<'thing'>, now: Date): Identity {
  const { Id, Name, GivenName, Surname, attributes } = told;
  const fullName = [GivenName, Surname].filter(Boolean).join(' ');
  const kind = id.identity.startsWith('user:') ? 'USER' : 'MACHINE';
  return identityTold(now, { id, name: Name || fullName || Id, kind, attributes });
}

export function clientOf(id: ClientId, told: Told<'thing'>, now: Date): Client {
  const { Id: clientId, Name, Enabled: enabled = null, RedirectUris, attributes } = told;
  const kind = id.client.startsWith('cc:') ? 'CLIENT_CREDENTIALS' : 'HYBRID';
  const redirectUris = RedirectUris ?? [];
  return clientTold(now, { id, clientId, name: Name || clientId, kind, enabled, redirectUris, attributes });
}

type SecretData = Omit<Told<'secret'>, 'attributes'>;

export function secretOf({ provider, tenant, client }: ClientId, told: SecretData, now: Date): ClientSecret {
  const expiresAt = (told.Expires === false ? null : told.Expiration) ?? null;
  return secretTold(now, {
    id: { provider, tenant, client, secret: told.SecretId },
    description: told.Description || null,
    status: expiresAt !== null && expiresAt <= now ? 'EXPIRED' : 'ACTIVE',
    expiresAt,
  });
}
