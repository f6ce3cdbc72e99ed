import type { ClientId } from '../domain/ids.ts';
import { required } from './capabilities.ts';
import { refuseWhileMore } from './refuse-while-used.ts';
import type { Session } from './session.ts';
import { writeTo } from './write-to.ts';

/** Rejects with ConflictError while the client has a secret that can still authenticate, and that the vendor lets go by itself. */
export function deleteClient(
  session: Session,
  { id, idempotencyKey }: { id: ClientId; idempotencyKey: string | null },
): Promise<void> {
  return session.perform({
    ...writeTo('DELETE_CLIENT', 'Client', id),
    idempotencyKey,
    input: { id },
    act: async ({ provider, call }) => {
      const deleteIt = required(provider, 'deleteClient', 'DELETE_CLIENT', id);
      await refuseWhileMore(
        provider.traits.minActiveSecrets,
        'This client has secrets that still work. Revoke them first.',
        (page) => provider.listSecrets([id], { ...page, status: ['ACTIVE', 'DISABLED', 'UNKNOWN'] }, call),
      );
      return deleteIt(id, call);
    },
  });
}
