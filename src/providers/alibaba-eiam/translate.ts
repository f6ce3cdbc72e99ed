import type { Client, ClientKind } from '../../domain/client.ts';
import type { ClientSecret, ClientSecretStatus } from '../../domain/client-secret.ts';
import type { Identity } from '../../domain/identity.ts';
import type { ClientId, TenantId } from '../../domain/ids.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { attributesOf } from '../../provider-kit/attributes.ts';
import { UNTOLD_CLIENT, UNTOLD_SECRET, UNTOLD_TENANT } from '../../provider-kit/untold.ts';
import type { ApplicationData, ClientSecretData, InstanceData, UserData } from './api.ts';

/** An instance has a description for a name, and that may be empty. */
export function tenantOf(provider: string, region: string | undefined, data: InstanceData): Tenant {
  return {
    ...UNTOLD_TENANT,
    id: { provider, tenant: data.InstanceId },
    name: data.Description ?? data.InstanceId,
    createdAt: data.CreateTime,
    updatedAt: data.UpdateTime,
    attributes: attributesOf({ region, status: data.Status }),
  };
}

export function identityOf({ provider, tenant }: TenantId, data: UserData): Identity {
  return {
    id: { provider, tenant, identity: data.UserId },
    name: data.DisplayName ?? data.Username ?? data.UserId,
    kind: 'USER',
    createdAt: data.CreateTime,
    updatedAt: data.UpdateTime,
    attributes: attributesOf({ username: data.Username, email: data.Email, status: data.Status }),
  };
}

const KINDS: ReadonlyMap<string, ClientKind> = new Map([
  ['oidc', 'AUTHORIZATION_CODE'],
  ['oauth2/m2m', 'CLIENT_CREDENTIALS'],
  ['oidc+oauth2/m2m', 'HYBRID'],
]);

/** It hangs on the instance; where it may redirect to is not told with it (vendor facts, section 4.3). */
export function clientOf({ provider, tenant }: TenantId, data: ApplicationData): Client {
  return {
    ...UNTOLD_CLIENT,
    id: { provider, tenant, client: data.ApplicationId },
    clientId: data.ClientId,
    name: data.ApplicationName ?? data.ApplicationId,
    description: data.Description,
    kind: KINDS.get(data.SsoType ?? '') ?? 'OTHER',
    enabled: data.Status === 'enabled',
    createdAt: data.CreateTime,
    updatedAt: data.UpdateTime,
    attributes: attributesOf({
      ssoType: data.SsoType,
      applicationCreationType: data.ApplicationCreationType,
      applicationIdentityType: data.ApplicationIdentityType,
      serviceManaged: data.ServiceManaged,
    }),
  };
}

export function secretOf(
  { provider, tenant, client }: ClientId,
  data: ClientSecretData,
  now: Date,
): ClientSecret {
  return {
    ...UNTOLD_SECRET,
    id: { provider, tenant, client, secret: data.SecretId },
    hint: data.ClientSecret,
    status: statusOf(data, now),
    expiresAt: data.ExpirationTime,
    lastUsedAt: data.LastUsedTime,
    retrievable: true,
    freshness: { asOf: now, source: 'LIVE' },
  };
}

/** The vendor has no word for a secret that is over, and calls it enabled on (vendor facts, section 4.2). */
export function statusOf({ Status, ExpirationTime }: ClientSecretData, now: Date): ClientSecretStatus {
  if (ExpirationTime !== null && ExpirationTime <= now) return 'EXPIRED';
  if (Status === 'enabled') return 'ACTIVE';
  return Status === 'disabled' ? 'DISABLED' : 'UNKNOWN';
}
