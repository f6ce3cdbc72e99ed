import type { ClientSecret } from '../domain/client-secret.ts';
import { ConflictError } from '../domain/gateway-error.ts';
import type { ClientSecretId } from '../domain/ids.ts';
import type { SecretChanges } from '../provider-kit/provider.ts';
import { findOpenRotations } from '../store/rotations.ts';
import { required } from './capabilities.ts';
import { checkExpiry } from './secret-expiry.ts';
import type { Services } from './services.ts';
import type { Session } from './session.ts';
import { writeTo } from './write-to.ts';

export function updateClientSecret(
  session: Session,
  {
    id,
    changes,
    idempotencyKey,
  }: { id: ClientSecretId; changes: SecretChanges; idempotencyKey: string | null },
): Promise<ClientSecret> {
  return session.perform({
    ...writeTo('UPDATE_CLIENT_SECRET', 'ClientSecret', id),
    idempotencyKey,
    input: { id, changes },
    act: async ({ provider, call, services }) => {
      const update = required(provider, 'updateSecret', 'UPDATE_CLIENT_SECRET', id);
      if (changes.expiresAt !== undefined) await refuseToMoveEnd(services, id);
      if (changes.expiresAt)
        checkExpiry('expiresAt', changes.expiresAt, provider.traits, services.clock.now());
      return update(id, changes, call);
    },
  });
}

/** How long each secret of an open rotation lives is the rotation's to say. */
async function refuseToMoveEnd({ store }: Services, id: ClientSecretId): Promise<void> {
  if ((await findOpenRotations(store, [id])).length === 0) return;
  throw new ConflictError('This secret is part of an open rotation, which decides when it ends.', {
    hint: 'Complete or cancel that rotation first.',
  });
}
