import type { Freshness } from './freshness.ts';
import type { ClientSecretId } from './ids.ts';
import type { JsonObject } from './json.ts';
import type { SecretValue } from './secret-value.ts';

export const CLIENT_SECRET_STATUSES = [
  'ACTIVE',
  'DISABLED',
  'EXPIRED',
  'EXHAUSTED',
  'REVOKED',
  'UNKNOWN',
] as const;
export type ClientSecretStatus = (typeof CLIENT_SECRET_STATUSES)[number];

/** One credential of a client. There is no field for its value. */
export interface ClientSecret {
  readonly id: ClientSecretId;
  readonly description: string | null;
  /** What tells it apart without giving it away: a prefix or the vendor's masked form. */
  readonly hint: string | null;
  readonly status: ClientSecretStatus;
  readonly createdAt: Date | null;
  readonly updatedAt: Date | null;
  /** Null: it does not expire. */
  readonly expiresAt: Date | null;
  /** Null: never used, or the vendor does not say. */
  readonly lastUsedAt: Date | null;
  /** Null: not revoked, or the vendor does not say when. */
  readonly revokedAt: Date | null;
  /** Null: the vendor does not count. */
  readonly useCount: number | null;
  /** Null: unlimited. */
  readonly maxUses: number | null;
  /** Can its value be revealed later? */
  readonly retrievable: boolean;
  /** What only this vendor has; never a secret value. */
  readonly attributes: JsonObject;
  readonly freshness: Freshness;
}

/** A secret together with its value: what issuing and revealing give, and nothing else does. */
export interface IssuedSecret {
  readonly secret: ClientSecret;
  readonly clientId: string;
  readonly value: SecretValue;
}

export const VERIFICATION_FAILURES = [
  'MISMATCH',
  'EXPIRED',
  'REVOKED',
  'DISABLED',
  'EXHAUSTED',
  'CLIENT_DISABLED',
] as const;
export type VerificationFailure = (typeof VERIFICATION_FAILURES)[number];

export type Verification =
  | { readonly valid: true; readonly secret: ClientSecret }
  /** `secret` is named only where the value was right; a mismatch tells nothing. */
  | { readonly valid: false; readonly reason: VerificationFailure; readonly secret: ClientSecret | null };

/** May this secret still authenticate, now or after being enabled again? */
export function isLive(status: ClientSecretStatus): boolean {
  return status === 'ACTIVE' || status === 'DISABLED' || status === 'UNKNOWN';
}
