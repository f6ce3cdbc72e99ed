import type { Client } from '../../domain/client.ts';
import type { ClientSecret } from '../../domain/client-secret.ts';
import type { Identity } from '../../domain/identity.ts';
import type { ClientId, IdentityId, TenantId } from '../../domain/ids.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { UNTOLD_CLIENT, UNTOLD_IDENTITY, UNTOLD_SECRET, UNTOLD_TENANT } from '../../provider-kit/untold.ts';
import type { ClientData, IdentityData, SecretData, TenantData } from './replies.ts';

/** Null: it is known by its configuration alone. */
export function tenantOf(id: TenantId, told: TenantData | null): Tenant {
  const { CompanyName, Created = null, LastUpdated = null, attributes = {} } = told ?? {};
  const dates = { createdAt: Created, updatedAt: LastUpdated };
  return { ...UNTOLD_TENANT, id, name: CompanyName || id.tenant, ...dates, attributes };
}

export function identityOf(id: IdentityId, told: IdentityData): Identity {
  const { Id, Name, GivenName, Surname, attributes } = told;
  const fullName = [GivenName, Surname].filter(Boolean).join(' ');
  const kind = id.identity.startsWith('user:') ? 'USER' : 'MACHINE';
  return { ...UNTOLD_IDENTITY, id, name: Name || fullName || Id, kind, attributes };
}

export function clientOf(id: ClientId, told: ClientData): Client {
  return {
    ...UNTOLD_CLIENT,
    id,
    clientId: told.Id,
    name: told.Name || told.Id,
    kind: id.client.startsWith('cc:') ? 'CLIENT_CREDENTIALS' : 'HYBRID',
    enabled: told.Enabled ?? null,
    redirectUris: told.RedirectUris ?? [],
    attributes: told.attributes,
  };
}

export function secretOf(client: ClientId, told: SecretData, now: Date): ClientSecret {
  const expiresAt = (told.Expires === false ? null : told.Expiration) ?? null;
  return {
    ...UNTOLD_SECRET,
    id: { ...client, secret: told.SecretId },
    description: told.Description || null,
    status: expiresAt !== null && expiresAt <= now ? 'EXPIRED' : 'ACTIVE',
    expiresAt,
    freshness: { asOf: now, source: 'LIVE' },
  };
}
