import type { AccessToken } from '../domain/access-token.ts';
import { encodeGlobalId } from '../domain/ids.ts';
import { markTokenRevoked } from '../store/access-tokens.ts';
import { isUuid } from '../store/uuid.ts';
import type { Session } from './session.ts';
import { notFound } from './translate-error.ts';

/** The next request with it is refused. Revoking twice is revoking once. */
export function revokeAccessToken(
  session: Session,
  { id, idempotencyKey }: { id: string; idempotencyKey: string | null },
): Promise<AccessToken> {
  return session.perform({
    action: 'accessToken.revoke',
    operation: null,
    role: 'ADMIN',
    scope: { provider: null, tenant: null },
    subject: encodeGlobalId('AccessToken', { id }),
    idempotencyKey,
    input: { id },
    act: async ({ services }) => {
      const revoked = isUuid(id) ? await markTokenRevoked(services.store, id, services.clock.now()) : null;
      if (revoked === null) throw notFound();
      return revoked;
    },
  });
}
