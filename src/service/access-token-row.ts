import { randomUUID } from 'node:crypto';
import type { RoleGrant } from '../domain/actor.ts';
import type { SecretValue } from '../domain/secret-value.ts';
import type { Store } from '../store/database.ts';
import { prefixOf } from '../store/key-format.ts';
import type { accessTokens } from '../store/tables/gateway.ts';

type Row = typeof accessTokens.$inferSelect;

/** What is stored of a token: never its value. */
export function accessTokenRow(
  { keyring }: Store,
  value: SecretValue,
  about: {
    readonly name: string;
    readonly roles: readonly RoleGrant[];
    readonly now: Date;
    readonly expiresAt: Date | null;
  },
): Row {
  return {
    id: randomUUID(),
    name: about.name,
    prefix: prefixOf(value),
    digest: keyring.mac('access-token', value.reveal()),
    roles: about.roles,
    createdAt: about.now,
    expiresAt: about.expiresAt,
    lastUsedAt: null,
    revokedAt: null,
  };
}
