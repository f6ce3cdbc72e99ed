import type { Client } from '../../domain/client.ts';
import type { ClientSecret } from '../../domain/client-secret.ts';
import type { Identity } from '../../domain/identity.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { attributesOf } from '../../provider-kit/attributes.ts';
import { joinId } from '../../provider-kit/compound-id.ts';
import { UNTOLD_CLIENT, UNTOLD_IDENTITY, UNTOLD_SECRET, UNTOLD_TENANT } from '../../provider-kit/untold.ts';
import type { AccessToken, Member, OAuthClient, Registered } from './api.ts';

export function tenantOf(id: TenantId, name: string): Tenant {
  return { ...UNTOLD_TENANT, id, name };
}

export function identityOf({ provider, tenant }: TenantId, member: Member): Identity {
  const {
    id: identity,
    email,
    firstName,
    lastName,
    role,
    customRoles,
    _pendingInvite,
    creationDate,
  } = member;
  const attributes = { email, role, customRoles: filled(customRoles), pendingInvite: _pendingInvite || null };
  return {
    ...UNTOLD_IDENTITY,
    id: { provider, tenant, identity },
    name: `${firstName ?? ''} ${lastName ?? ''}`.trim() || email,
    kind: 'USER',
    createdAt: creationDate ?? null,
    attributes: attributesOf(attributes),
  };
}

/** A client, and the one secret that it has as long as it is there. */
export interface Slot {
  readonly client: Client;
  readonly secret: ClientSecret;
}

/** The secret has no id of its own, and goes by its client's (vendor facts, section 7). */
export function slotOf({ provider, tenant }: TenantId, registered: Registered, now: Date): Slot {
  const { kind, id: secret, name, description } = registered;
  const client = joinId(kind, secret);
  const told = kind === 'oauth' ? ofOAuthClient(registered) : ofAccessToken({ provider, tenant }, registered);
  return {
    client: {
      ...UNTOLD_CLIENT,
      id: { provider, tenant, client },
      clientId: secret,
      name: name?.trim() || secret,
      description: description || null,
      ...told.client,
    },
    secret: {
      ...UNTOLD_SECRET,
      id: { provider, tenant, client, secret },
      status: 'ACTIVE',
      freshness: { asOf: now, source: 'LIVE' },
      ...told.secret,
    },
  };
}

function ofOAuthClient({ redirectUri, createdAt }: OAuthClient) {
  const client = { kind: 'AUTHORIZATION_CODE', redirectUris: [redirectUri], createdAt } as const;
  return { client, secret: { createdAt } };
}

/** The dates are the token's: when its value was last reset is not told (section 4). */
function ofAccessToken(of: TenantId, token: AccessToken) {
  const { memberId, role, serviceToken, createdAt, lastModified: updatedAt, lastUsed, token: hint } = token;
  const [customRoleIds, inlineRole] = [filled(token.customRoleIds), filled(token.inlineRole)];
  const attributes = attributesOf({ role, customRoleIds, inlineRole, serviceToken });
  const identity = { ...of, identity: memberId };
  return {
    client: { kind: 'ACCESS_TOKEN', identity, createdAt, updatedAt, attributes } as const,
    secret: { createdAt, updatedAt, hint, lastUsedAt: lastUsed ?? null },
  };
}

function filled<T>(list: readonly T[] | null | undefined): readonly T[] | null {
  return list?.length ? list : null;
}
