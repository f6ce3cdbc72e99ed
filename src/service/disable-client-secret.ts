import type { ClientSecret } from '../domain/client-secret.ts';
import type { ClientSecretId } from '../domain/ids.ts';
import { required } from './capabilities.ts';
import { refuseToEndNewSecret } from './refuse-to-end-new-secret.ts';
import type { Session } from './session.ts';
import { writeTo } from './write-to.ts';

/** Rejects with ConflictError for the new secret of an open rotation: when the old one ends, none would be left. */
export function disableClientSecret(
  session: Session,
  { id, idempotencyKey }: { id: ClientSecretId; idempotencyKey: string | null },
): Promise<ClientSecret> {
  return session.perform({
    ...writeTo('DISABLE_CLIENT_SECRET', 'ClientSecret', id),
    idempotencyKey,
    input: { id },
    act: async ({ provider, call, services }) => {
      const disable = required(provider, 'disableSecret', 'DISABLE_CLIENT_SECRET', id);
      await refuseToEndNewSecret(services, id);
      return disable(id, call);
    },
  });
}
