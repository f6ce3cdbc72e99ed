import type { ClientSecret } from '../domain/client-secret.ts';
import type { ClientSecretId } from '../domain/ids.ts';
import { required } from './capabilities.ts';
import { refuseToEndNewSecret } from './refuse-to-end-new-secret.ts';
import type { Session } from './session.ts';
import { writeTo } from './write-to.ts';

/**
 * `effectiveBy`: from then on it surely authenticates nobody. Rejects with ConflictError for the new secret of an
 * open rotation: when the old one ends, none would be left.
 */
export function revokeClientSecret(
  session: Session,
  {
    id,
    reason,
    idempotencyKey,
  }: { id: ClientSecretId; reason: string | null; idempotencyKey: string | null },
): Promise<{ secret: ClientSecret; effectiveBy: Date }> {
  return session.perform({
    ...writeTo('REVOKE_CLIENT_SECRET', 'ClientSecret', id),
    reason,
    idempotencyKey,
    input: { id, reason },
    act: async ({ provider, call, services }) => {
      const revoke = required(provider, 'revokeSecret', 'REVOKE_CLIENT_SECRET', id);
      await refuseToEndNewSecret(services, id);
      const secret = await revoke(id, call);
      const from = secret.revokedAt ?? services.clock.now();
      return { secret, effectiveBy: new Date(from.getTime() + provider.traits.revocationDelayMs) };
    },
  });
}
