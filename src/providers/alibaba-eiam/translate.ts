import type { Client, ClientKind } from '../../domain/client.ts';
import type { ClientSecret, ClientSecretStatus } from '../../domain/client-secret.ts';
import type { Identity } from '../../domain/identity.ts';
import type { ClientId, TenantId } from '../../domain/ids.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { attributesOf } from '../../provider-kit/attributes.ts';
import { clientTold, identityTold, secretTold, tenantTold } from '../../provider-kit/told.ts';
import type { Item } from './api.ts';

/** An instance has a description for a name, and that may be empty. */
export function tenantOf(
  provider: string,
  region: string | undefined,
  data: Item<'ListInstances'>,
  now: Date,
): Tenant {
  const { InstanceId: tenant, Description: name, Status: status } = data;
  const attributes = attributesOf({ region, status });
  return tenantTold(now, {
    id: { provider, tenant },
    name: name ?? tenant,
    attributes,
    ...datesOf(data),
  });
}

export function identityOf({ provider, tenant }: TenantId, data: Item<'ListUsers'>, now: Date): Identity {
  const { UserId: identity, Username: username, Email: email, Status: status } = data;
  const name = data.DisplayName ?? username ?? identity;
  const attributes = attributesOf({ username, email, status });
  return identityTold(now, {
    id: { provider, tenant, identity },
    name,
    kind: 'USER',
    attributes,
    ...datesOf(data),
  });
}

const KINDS: ReadonlyMap<string | null, ClientKind> = new Map([
  ['oidc', 'AUTHORIZATION_CODE'],
  ['oauth2/m2m', 'CLIENT_CREDENTIALS'],
  ['oidc+oauth2/m2m', 'HYBRID'],
]);

/** It hangs on the instance; where it may redirect to is not told with it (vendor facts, section 4.3). */
export function clientOf({ provider, tenant }: TenantId, data: Item<'ListApplications'>, now: Date): Client {
  const { ApplicationId: client, ClientId: clientId, Description: description, SsoType: ssoType } = data;
  const { ApplicationCreationType: creationType, ApplicationIdentityType: identityType } = data;
  return clientTold(now, {
    id: { provider, tenant, client },
    clientId,
    name: data.ApplicationName ?? client,
    description,
    kind: KINDS.get(ssoType) ?? 'OTHER',
    enabled: data.Status === 'enabled',
    attributes: attributesOf({ ssoType, creationType, identityType }),
    ...datesOf(data),
  });
}

export type SecretData = Item<'ListApplicationClientSecrets'>;

/** Every value can be shown again; when it was made the vendor does not tell. */
export function secretOf(of: ClientId, data: SecretData, now: Date): ClientSecret {
  const { provider, tenant, client } = of;
  const { SecretId: secret, ClientSecret: hint, ExpirationTime: expiresAt, LastUsedTime: lastUsedAt } = data;
  const id = { provider, tenant, client, secret };
  const status = statusOf(data, now);
  return secretTold(now, { id, hint, status, expiresAt, lastUsedAt, retrievable: true });
}

/** The vendor has no word for a secret that is over, and calls it enabled on (vendor facts, section 4.2). */
export function statusOf({ Status, ExpirationTime }: SecretData, now: Date): ClientSecretStatus {
  if (ExpirationTime !== null && ExpirationTime <= now) return 'EXPIRED';
  if (Status === 'enabled') return 'ACTIVE';
  return Status === 'disabled' ? 'DISABLED' : 'UNKNOWN';
}

function datesOf(data: { readonly CreateTime: Date | null; readonly UpdateTime: Date | null }) {
  return { createdAt: data.CreateTime, updatedAt: data.UpdateTime };
}
