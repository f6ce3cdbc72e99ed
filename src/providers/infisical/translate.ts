import type { Client } from '../../domain/client.ts';
import type { ClientSecret, ClientSecretStatus } from '../../domain/client-secret.ts';
import { SECOND } from '../../domain/duration.ts';
import type { Identity } from '../../domain/identity.ts';
import type { ClientId, TenantId } from '../../domain/ids.ts';
import { attributesOf } from '../../provider-kit/attributes.ts';
import { clientTold, identityTold, secretTold } from '../../provider-kit/told.ts';
import type { ClientSecretData, Membership, UniversalAuth } from './api.ts';

/** Its dates but for the first are the membership's, and tell nothing of the identity (vendor facts, section 4). */
export function identityOf(tenant: TenantId, { id, attributes, ...told }: Membership, now: Date): Identity {
  const { metadata } = attributes;
  return identityTold(now, {
    ...told,
    id: { ...tenant, identity: id },
    kind: 'MACHINE',
    attributes: attributesOf({ ...attributes, metadata: metadata?.length ? metadata : null }),
  });
}

export function hasUniversalAuth(membership: Membership | null): membership is Membership {
  return membership?.attributes.authMethods.includes('universal-auth') ?? false;
}

/** A client is the universal auth of an identity: named after it, and under its id, which all paths are made of. */
export function clientOf(tenant: TenantId, { id, name }: Membership, auth: UniversalAuth, now: Date): Client {
  const { id: _, clientId, createdAt, updatedAt, ...settings } = auth;
  return clientTold(now, {
    id: { ...tenant, client: id },
    identity: { ...tenant, identity: id },
    clientId,
    name,
    kind: 'UNIVERSAL_AUTH',
    createdAt,
    updatedAt,
    attributes: attributesOf(settings),
  });
}

/** The vendor tells neither when a secret was last used, nor when it was revoked. */
export function secretOf(client: ClientId, data: ClientSecretData, now: Date): ClientSecret {
  const { createdAt, clientSecretTTL: ttl } = data;
  const expiresAt = ttl > 0 ? new Date(createdAt.getTime() + ttl * SECOND) : null;
  return secretTold(now, {
    id: { ...client, secret: data.id },
    description: data.description === '' ? null : data.description,
    hint: data.clientSecretPrefix,
    status: statusOf(data, expiresAt, now),
    createdAt,
    updatedAt: data.updatedAt,
    expiresAt,
    useCount: data.clientSecretNumUses,
    maxUses: data.clientSecretNumUsesLimit || null,
  });
}

/** The flag alone is not enough: that a secret is expired or used up is written at the next login (section 6). */
function statusOf(data: ClientSecretData, expiresAt: Date | null, now: Date): ClientSecretStatus {
  const { clientSecretNumUses: uses, clientSecretNumUsesLimit: limit } = data;
  if (data.isClientSecretRevoked) return 'REVOKED';
  if (expiresAt !== null && now > expiresAt) return 'EXPIRED';
  return limit > 0 && uses >= limit ? 'EXHAUSTED' : 'ACTIVE';
}
