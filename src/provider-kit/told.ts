import type { Client } from '../domain/client.ts';
import type { ClientSecret } from '../domain/client-secret.ts';
import { liveAt } from '../domain/freshness.ts';
import type { Identity } from '../domain/identity.ts';
import type { Tenant } from '../domain/tenant.ts';

/** What a vendor tells of a noun, at the least those of its fields that every vendor tells. */
type Told<Noun, Always extends keyof Noun> = Pick<Noun, Always> & Partial<Omit<Noun, Always | 'freshness'>>;

// Each is written out whole: objects that are spread together are slow to make, and each unlike the others to read.

/** A tenant of which the vendor tells so much at `now`. What it does not tell is null or empty. */
export function tenantTold(now: Date, told: Told<Tenant, 'id' | 'name'>): Tenant {
  return {
    id: told.id,
    name: told.name,
    description: told.description ?? null,
    enabled: told.enabled ?? null,
    createdAt: told.createdAt ?? null,
    updatedAt: told.updatedAt ?? null,
    attributes: told.attributes ?? {},
    freshness: liveAt(now),
  };
}

export function identityTold(now: Date, told: Told<Identity, 'id' | 'name' | 'kind'>): Identity {
  return {
    id: told.id,
    name: told.name,
    kind: told.kind,
    createdAt: told.createdAt ?? null,
    updatedAt: told.updatedAt ?? null,
    attributes: told.attributes ?? {},
    freshness: liveAt(now),
  };
}

export function clientTold(now: Date, told: Told<Client, 'id' | 'clientId' | 'name' | 'kind'>): Client {
  return {
    id: told.id,
    identity: told.identity ?? null,
    clientId: told.clientId,
    name: told.name,
    description: told.description ?? null,
    kind: told.kind,
    enabled: told.enabled ?? null,
    redirectUris: told.redirectUris ?? [],
    createdAt: told.createdAt ?? null,
    updatedAt: told.updatedAt ?? null,
    attributes: told.attributes ?? {},
    freshness: liveAt(now),
  };
}

export function secretTold(now: Date, told: Told<ClientSecret, 'id' | 'status'>): ClientSecret {
  return {
    id: told.id,
    description: told.description ?? null,
    hint: told.hint ?? null,
    status: told.status,
    createdAt: told.createdAt ?? null,
    updatedAt: told.updatedAt ?? null,
    expiresAt: told.expiresAt ?? null,
    lastUsedAt: told.lastUsedAt ?? null,
    revokedAt: told.revokedAt ?? null,
    useCount: told.useCount ?? null,
    maxUses: told.maxUses ?? null,
    retrievable: told.retrievable ?? false,
    attributes: told.attributes ?? {},
    freshness: liveAt(now),
  };
}
