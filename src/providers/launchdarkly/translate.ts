import type { Client } from '../../domain/client.ts';
import type { ClientSecret } from '../../domain/client-secret.ts';
import type { Identity } from '../../domain/identity.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { attributesOf } from '../../provider-kit/attributes.ts';
import { joinId } from '../../provider-kit/compound-id.ts';
import { UNTOLD_CLIENT, UNTOLD_IDENTITY, UNTOLD_SECRET } from '../../provider-kit/untold.ts';
import type { Member, Registered } from './api.ts';

export function identityOf({ provider, tenant }: TenantId, member: Member): Identity {
  const { id: identity, name, createdAt, attributes } = member;
  const id = { provider, tenant, identity };
  return { ...UNTOLD_IDENTITY, id, name, kind: 'USER', createdAt, attributes: filled(attributes) };
}

export function clientOf({ provider, tenant }: TenantId, registered: Registered): Client {
  const { kind, id, name, description, memberId, redirectUris, createdAt, updatedAt, attributes } =
    registered;
  return {
    ...UNTOLD_CLIENT,
    id: { provider, tenant, client: joinId(kind, id) },
    identity: memberId === null ? null : { provider, tenant, identity: memberId },
    clientId: id,
    name: name?.trim() || id,
    description: description || null,
    kind: kind === 'oauth' ? 'AUTHORIZATION_CODE' : 'ACCESS_TOKEN',
    redirectUris,
    createdAt,
    updatedAt,
    attributes: filled(attributes),
  };
}

/**
 * The one secret that a client has as long as it is there. It has no id of its own, and goes by its client's; its dates
 * are the client's, too, because when a value was last reset is not told (vendor facts, sections 4 and 7).
 */
export function secretOf({ provider, tenant }: TenantId, registered: Registered, now: Date): ClientSecret {
  const { kind, id: secret, hint, createdAt, updatedAt, lastUsedAt } = registered;
  const id = { provider, tenant, client: joinId(kind, secret), secret };
  const freshness = { asOf: now, source: 'LIVE' } as const;
  return { ...UNTOLD_SECRET, id, hint, status: 'ACTIVE', createdAt, updatedAt, lastUsedAt, freshness };
}

/** Those that say something: an empty list says nothing here. */
export function filled(attributes: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  const told = Object.entries(attributes).filter(([, it]) => !Array.isArray(it) || it.length > 0);
  return attributesOf(Object.fromEntries(told));
}
