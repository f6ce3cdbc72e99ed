import type { Freshness } from './freshness.ts';
import type { IdentityId } from './ids.ts';
import type { JsonObject } from './json.ts';

export const IDENTITY_KINDS = ['MACHINE', 'USER', 'ACCOUNT'] as const;
export type IdentityKind = (typeof IDENTITY_KINDS)[number];

/** A person or a machine that acts. */
export interface Identity {
  readonly id: IdentityId;
  readonly name: string;
  readonly kind: IdentityKind;
  readonly createdAt: Date | null;
  readonly updatedAt: Date | null;
  /** What only this vendor has; never a secret value. */
  readonly attributes: JsonObject;
  readonly freshness: Freshness;
}
