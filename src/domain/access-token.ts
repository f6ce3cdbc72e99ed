import type { RoleGrant } from './actor.ts';

/** What a caller of the gateway authenticates with. There is no field for its value. */
export interface AccessToken {
  readonly id: string;
  readonly name: string;
  /** Its first characters. */
  readonly hint: string;
  readonly roles: readonly RoleGrant[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}
