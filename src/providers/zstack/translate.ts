import type { Client, ClientKind } from '../../domain/client.ts';
import type { ClientSecret } from '../../domain/client-secret.ts';
import type { Identity } from '../../domain/identity.ts';
import type { ClientId, TenantId } from '../../domain/ids.ts';
import { attributesOf } from '../../provider-kit/attributes.ts';
import { joinId } from '../../provider-kit/compound-id.ts';
import { clientTold, identityTold, secretTold } from '../../provider-kit/told.ts';
import type { IdentityData, SsoClient } from './api.ts';
import type { Product } from './config.ts';
import { secretIdOf, type IdentityType } from './ids.ts';

// No date of ZStack's names its zone, so that none of them is a moment: when something was made stands among the
// attributes, as it is written there (vendor facts, section 2).

export function identityOf(tenant: TenantId, type: IdentityType, data: IdentityData, now: Date): Identity {
  const { uuid, name, ...rest } = data;
  const kind = type === 'account' ? 'ACCOUNT' : 'USER';
  const id = { ...tenant, identity: joinId(type, uuid) };
  return identityTold(now, { id, name, kind, attributes: attributesOf(rest) });
}

/** Where this version does not list its client id, the uuid stands in for it (vendor facts, section 3). */
export function clientOf(tenant: TenantId, data: SsoClient, now: Date): Client {
  const { uuid, name, description, clientId, redirectUrl, clientSecret: _hasOne, ...rest } = data;
  return clientTold(now, {
    id: { ...tenant, client: uuid },
    clientId: clientId ?? uuid,
    name,
    description,
    kind: kindOf(data.grantType),
    redirectUris: redirectUrl === null ? [] : [redirectUrl],
    attributes: attributesOf({ ...rest, clientIdIsTold: clientId === null ? false : null }),
  });
}

export function kindOf(grantType: unknown): ClientKind {
  if (grantType === 'authorization_code') return 'AUTHORIZATION_CODE';
  return grantType === 'client_credentials' ? 'CLIENT_CREDENTIALS' : 'OTHER';
}

/**
 * The one slot, which is there with the client, since it is what a value is put into. ACTIVE: there is one in it, and
 * so it is in use, because ZStack knows no other state. UNKNOWN: nothing tells whether there is.
 */
export function slotOf(
  { provider, tenant, client }: ClientId,
  product: Product,
  isFilled: boolean,
  now: Date,
): ClientSecret {
  const id = { provider, tenant, client, secret: secretIdOf(client) };
  const status = isFilled ? 'ACTIVE' : 'UNKNOWN';
  return secretTold(now, { id, status, retrievable: product === 'zsphere' });
}
