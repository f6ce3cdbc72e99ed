import type { Client, ClientKind } from '../../domain/client.ts';
import type { ClientSecret } from '../../domain/client-secret.ts';
import type { Identity } from '../../domain/identity.ts';
import type { ClientId, TenantId } from '../../domain/ids.ts';
import { attributesOf } from '../../provider-kit/attributes.ts';
import { joinId } from '../../provider-kit/compound-id.ts';
import { UNTOLD_CLIENT, UNTOLD_IDENTITY, UNTOLD_SECRET } from '../../provider-kit/untold.ts';
import type { IdentityData, IdentityType, SsoClient } from './api.ts';
import { secretIdOf, type Installation } from './installation.ts';

// No date of ZStack's names its zone, so that none of them is a moment: when something was made stands among the
// attributes, as it is written there (vendor facts, section 2).

export function identityOf(tenant: TenantId, type: IdentityType, data: IdentityData): Identity {
  const { uuid, name, ...rest } = data;
  return {
    ...UNTOLD_IDENTITY,
    id: { ...tenant, identity: joinId(type, uuid) },
    name,
    kind: type === 'account' ? 'ACCOUNT' : 'USER',
    attributes: attributesOf(rest),
  };
}

export function clientOf(tenant: TenantId, data: SsoClient): Client {
  const { uuid, name, description, clientId, redirectUrl, hasSecret: _, ...rest } = data;
  return {
    ...UNTOLD_CLIENT,
    id: { ...tenant, client: uuid },
    clientId: presentedIdOf(data),
    name,
    description: description || null,
    kind: kindOf(data.grantType),
    redirectUris: redirectUrl ? [redirectUrl] : [],
    attributes: attributesOf({ ...rest, ...(!clientId && { clientIdIsTold: false }) }),
  };
}

/** The uuid, where this version lists no more than what all kinds of clients have (vendor facts, section 3). */
export function presentedIdOf({ uuid, clientId }: SsoClient): string {
  return clientId || uuid;
}

export function kindOf(grantType: unknown): ClientKind {
  if (grantType === 'authorization_code') return 'AUTHORIZATION_CODE';
  return grantType === 'client_credentials' ? 'CLIENT_CREDENTIALS' : 'OTHER';
}

/**
 * The one slot, which is there with the client, since it is what a value is put into. ACTIVE: there is one in it, and
 * so it is in use, because ZStack knows no other state. UNKNOWN: nothing tells whether there is.
 */
export function secretOf(
  { provider, tenant, client }: ClientId,
  { product, clock }: Installation,
  isFilled: boolean,
): ClientSecret {
  return {
    ...UNTOLD_SECRET,
    id: { provider, tenant, client, secret: secretIdOf(client) },
    status: isFilled ? 'ACTIVE' : 'UNKNOWN',
    retrievable: product === 'zsphere',
    freshness: { asOf: clock.now(), source: 'LIVE' },
  };
}
