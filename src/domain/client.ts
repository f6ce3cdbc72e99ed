import type { Freshness } from './freshness.ts';
import type { ClientId, IdentityId } from './ids.ts';
import type { JsonObject } from './json.ts';

export const CLIENT_KINDS = [
  'CLIENT_CREDENTIALS',
  'HYBRID',
  'AUTHORIZATION_CODE',
  'UNIVERSAL_AUTH',
  'ACCESS_TOKEN',
  'OTHER',
] as const;
export type ClientKind = (typeof CLIENT_KINDS)[number];

/** What is registered to authenticate (RFC 6749 section 2). */
export interface Client {
  readonly id: ClientId;
  /** The identity that it acts for. Null: this vendor hangs clients on the tenant. */
  readonly identity: IdentityId | null;
  /** The `client_id` that a service presents. */
  readonly clientId: string;
  readonly name: string;
  readonly description: string | null;
  readonly kind: ClientKind;
  /** Null: this vendor cannot switch a client off. */
  readonly enabled: boolean | null;
  readonly redirectUris: readonly string[];
  readonly createdAt: Date | null;
  readonly updatedAt: Date | null;
  /** What only this vendor has; never a secret value. */
  readonly attributes: JsonObject;
  readonly freshness: Freshness;
}
