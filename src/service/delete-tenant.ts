import type { TenantId } from '../domain/ids.ts';
import { required } from './capabilities.ts';
import { refuseWhileMore } from './refuse-while-used.ts';
import type { Session } from './session.ts';
import { writeTo } from './write-to.ts';

/** Rejects with ConflictError while the tenant has clients or identities. */
export function deleteTenant(
  session: Session,
  { id, idempotencyKey }: { id: TenantId; idempotencyKey: string | null },
): Promise<void> {
  return session.perform({
    ...writeTo('DELETE_TENANT', 'Tenant', id),
    idempotencyKey,
    input: { id },
    act: async ({ provider, call }) => {
      const deleteIt = required(provider, 'deleteTenant', 'DELETE_TENANT');
      await refuseWhileMore(0, 'This tenant has clients. Delete them first.', (page) =>
        provider.listClients([id], page, call),
      );
      await refuseWhileMore(0, 'This tenant has identities. Delete them first.', (page) =>
        provider.listIdentities([id], page, call),
      );
      return deleteIt(id, call);
    },
  });
}
