import type { Client } from '../domain/client.ts';
import type { ClientSecret } from '../domain/client-secret.ts';
import { liveAt } from '../domain/freshness.ts';
import type { Identity } from '../domain/identity.ts';
import type { Tenant } from '../domain/tenant.ts';

/**
 * What a noun says of itself where the vendor tells nothing more than who it is: to be spread, and what is told over
 * it. `now`: when the vendor told it.
 */
const untold = (now: Date) => ({
  attributes: {},
  createdAt: null,
  updatedAt: null,
  freshness: liveAt(now),
});

export function untoldTenant(now: Date) {
  return { description: null, enabled: null, ...untold(now) } satisfies Partial<Tenant>;
}

export function untoldIdentity(now: Date) {
  return untold(now) satisfies Partial<Identity>;
}

export function untoldClient(now: Date) {
  return {
    identity: null,
    description: null,
    enabled: null,
    redirectUris: [],
    ...untold(now),
  } satisfies Partial<Client>;
}

export function untoldSecret(now: Date) {
  return {
    description: null,
    hint: null,
    expiresAt: null,
    lastUsedAt: null,
    revokedAt: null,
    useCount: null,
    maxUses: null,
    retrievable: false,
    ...untold(now),
  } satisfies Partial<ClientSecret>;
}
