import type { IdentityId } from '../domain/ids.ts';
import { required } from './capabilities.ts';
import { refuseWhileMore } from './refuse-while-used.ts';
import type { Session } from './session.ts';
import { writeTo } from './write-to.ts';

/** Rejects with ConflictError while clients act for the identity. */
export function deleteIdentity(
  session: Session,
  { id, idempotencyKey }: { id: IdentityId; idempotencyKey: string | null },
): Promise<void> {
  return session.perform({
    ...writeTo('DELETE_IDENTITY', 'Identity', id),
    idempotencyKey,
    input: { id },
    act: async ({ provider, call }) => {
      const deleteIt = required(provider, 'deleteIdentity', 'DELETE_IDENTITY');
      await refuseWhileMore(0, 'This identity has clients. Delete them first.', (page) =>
        provider.listClients([id], page, call),
      );
      return deleteIt(id, call);
    },
  });
}
