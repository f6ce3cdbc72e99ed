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

/** A client, and the one secret that it has as long as it is there. */
export interface Slot {
  readonly client: Client;
  readonly secret: ClientSecret;
}

/**
 * The secret has no id of its own, and goes by its client's (vendor facts, section 7). Its dates are the client's, too:
 * when the value of a token was last reset is not told (section 4).
 */
export function slotOf({ provider, tenant }: TenantId, registered: Registered, now: Date): Slot {
  const { kind, id: secret, memberId, redirectUris, createdAt, updatedAt, hint, lastUsedAt } = registered;
  const of = { provider, tenant };
  const id = { ...of, client: joinId(kind, secret) };
  return {
    client: {
      ...UNTOLD_CLIENT,
      id,
      identity: memberId === null ? null : { ...of, identity: memberId },
      clientId: secret,
      name: registered.name?.trim() || secret,
      description: registered.description || null,
      kind: kind === 'oauth' ? 'AUTHORIZATION_CODE' : 'ACCESS_TOKEN',
      redirectUris,
      createdAt,
      updatedAt,
      attributes: filled(registered.attributes),
    },
    secret: {
      ...UNTOLD_SECRET,
      id: { ...id, secret },
      hint,
      status: 'ACTIVE',
      createdAt,
      updatedAt,
      lastUsedAt,
      freshness: { asOf: now, source: 'LIVE' },
    },
  };
}

/** Those that say something: an empty list says nothing here. */
export function filled(attributes: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  const told = Object.entries(attributes).filter(([, it]) => !Array.isArray(it) || it.length > 0);
  return attributesOf(Object.fromEntries(told));
}
