import type { Client } from '../../domain/client.ts';
import type { ClientSecret, ClientSecretStatus } from '../../domain/client-secret.ts';
import { SECOND } from '../../domain/duration.ts';
import type { Identity } from '../../domain/identity.ts';
import type { ClientId, TenantId } from '../../domain/ids.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { attributesOf } from '../../provider-kit/attributes.ts';
import type { ClientSecretData, Membership, PlainIdentity, UniversalAuth } from './api.ts';

/** Null: this build does not tell (vendor facts, section 2). */
export function tenantOf(id: TenantId, organization: { readonly name: string } | null): Tenant {
  return {
    id,
    name: organization?.name ?? id.tenant,
    description: null,
    enabled: null,
    createdAt: null,
    updatedAt: null,
    attributes: {},
  };
}

/** Its dates but for the first are the membership's, and tell nothing of the identity (vendor facts, section 4). */
export function identityOf(tenant: TenantId, membership: Membership): Identity {
  const { identityId, identity, role, customRole, createdAt } = membership;
  return {
    id: { ...tenant, identity: identityId },
    name: identity.name,
    kind: 'MACHINE',
    createdAt,
    updatedAt: null,
    attributes: attributesOf({
      role: customRole?.slug ?? role,
      metadata: membership.metadata?.length ? membership.metadata : null,
      hasDeleteProtection: identity.hasDeleteProtection,
      authMethods: authMethodsOf(membership),
      lastLoginAuthMethod: membership.lastLoginAuthMethod,
      lastLoginTime: membership.lastLoginTime?.toISOString(),
    }),
  };
}

/** One that was just made. Its role is not answered: it is the one that was asked for. */
export function newIdentityOf(tenant: TenantId, role: string, created: PlainIdentity): Identity {
  const { id, name, createdAt, hasDeleteProtection, metadata } = created;
  const identity = { name, hasDeleteProtection, authMethods: [] };
  return identityOf(tenant, { identityId: id, role, createdAt, metadata, identity });
}

export function hasUniversalAuth(membership: Membership | null): membership is Membership {
  return membership !== null && authMethodsOf(membership).includes('universal-auth');
}

/** A client is the universal auth of an identity: named after it, and under its id, which all paths are made of. */
export function clientOf(
  tenant: TenantId,
  { identityId, identity }: Membership,
  auth: UniversalAuth,
): Client {
  const { id: _, clientId, createdAt, updatedAt, ...settings } = auth;
  return {
    id: { ...tenant, client: identityId },
    identity: { ...tenant, identity: identityId },
    clientId,
    name: identity.name,
    description: null,
    kind: 'UNIVERSAL_AUTH',
    enabled: null,
    redirectUris: [],
    createdAt,
    updatedAt,
    attributes: attributesOf({
      ...settings,
      clientSecretTrustedIps: auth.clientSecretTrustedIps.map(cidrOf),
      accessTokenTrustedIps: auth.accessTokenTrustedIps.map(cidrOf),
    }),
  };
}

/** The vendor tells neither when a secret was last used, nor when it was revoked. */
export function secretOf(client: ClientId, data: ClientSecretData, now: Date): ClientSecret {
  return {
    id: { ...client, secret: data.id },
    description: data.description === '' ? null : data.description,
    hint: data.clientSecretPrefix,
    status: statusOf(data, now),
    createdAt: data.createdAt,
    updatedAt: data.updatedAt,
    expiresAt: expiryOf(data),
    lastUsedAt: null,
    revokedAt: null,
    useCount: data.clientSecretNumUses,
    maxUses: data.clientSecretNumUsesLimit || null,
    retrievable: false,
    attributes: {},
    freshness: { asOf: now, source: 'LIVE' },
  };
}

/** The flag alone is not enough: that a secret is expired or used up is written at the next login (section 6). */
function statusOf(data: ClientSecretData, now: Date): ClientSecretStatus {
  const { isClientSecretRevoked, clientSecretNumUses, clientSecretNumUsesLimit } = data;
  const expiresAt = expiryOf(data);
  if (isClientSecretRevoked) return 'REVOKED';
  if (expiresAt !== null && now > expiresAt) return 'EXPIRED';
  return clientSecretNumUsesLimit > 0 && clientSecretNumUses >= clientSecretNumUsesLimit
    ? 'EXHAUSTED'
    : 'ACTIVE';
}

function expiryOf({ createdAt, clientSecretTTL }: ClientSecretData): Date | null {
  return clientSecretTTL > 0 ? new Date(createdAt.getTime() + clientSecretTTL * SECOND) : null;
}

function authMethodsOf({ identity: { authMethods, authMethod } }: Membership): string[] {
  return authMethods ?? (typeof authMethod === 'string' ? [authMethod] : []);
}

/** Requests take what replies give in parts. */
function cidrOf({ ipAddress, prefix }: UniversalAuth['clientSecretTrustedIps'][number]): string {
  return prefix === undefined ? ipAddress : `${ipAddress}/${prefix}`;
}
