import type { AccessToken } from '../domain/access-token.ts';
import type { RoleGrant } from '../domain/actor.ts';
import { InvalidInputError } from '../domain/gateway-error.ts';
import { encodeGlobalId } from '../domain/ids.ts';
import type { SecretValue } from '../domain/secret-value.ts';
import { insertAccessToken } from '../store/access-tokens.ts';
import { generateKey } from '../store/key-format.ts';
import { accessTokenRow } from './access-token-row.ts';
import { checkYear } from './secret-expiry.ts';
import type { Services } from './services.ts';
import type { Session } from './session.ts';

interface Input {
  readonly name: string;
  readonly roles: readonly RoleGrant[];
  /** Null: it does not expire. */
  readonly expiresInMs: number | null;
  readonly idempotencyKey: string | null;
}

/** Only who administers the whole gateway makes tokens for it. */
export function createAccessToken(
  session: Session,
  { idempotencyKey, ...input }: Input,
): Promise<{ accessToken: AccessToken; value: SecretValue }> {
  return session.perform({
    action: 'accessToken.create',
    operation: null,
    role: 'ADMIN',
    scope: { provider: null, tenant: null },
    subject: null,
    idempotencyKey,
    input,
    subjectOf: ({ accessToken }) => encodeGlobalId('AccessToken', accessToken),
    act: async ({ services }) => {
      checkRoles(services, input.roles);
      const now = services.clock.now();
      const expiresAt = input.expiresInMs === null ? null : new Date(now.getTime() + input.expiresInMs);
      if (expiresAt !== null) checkYear('expiresIn', expiresAt);
      const value = generateKey();
      const row = accessTokenRow(services.store, value, { ...input, now, expiresAt });
      return { accessToken: await insertAccessToken(services.store, row), value };
    },
  });
}

function checkRoles({ providers }: Services, roles: readonly RoleGrant[]): void {
  const fields = roles.flatMap(({ provider, tenant }, i) => {
    const path = ['input', 'roles', String(i)];
    if (provider !== null && !providers.has(provider)) {
      return [{ path: [...path, 'provider'], message: 'is not the name of a provider of this gateway' }];
    }
    if (provider === null && tenant !== null) {
      return [{ path: [...path, 'provider'], message: 'is needed with a tenant' }];
    }
    return [];
  });
  if (fields.length > 0) throw new InvalidInputError(fields);
}
