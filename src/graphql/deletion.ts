import type { NodeId } from '../domain/ids.ts';
import type { Session } from '../service/session.ts';
import { idOf } from './global-id.ts';
import { id, idempotencyKey } from './input-fields.ts';
import { mutation, PROVIDER_ERRORS } from './mutation.ts';

/** The mutation `delete<Type>`, which answers with the id that is no more. */
export function deletion<Type extends 'Tenant' | 'Identity' | 'Client'>(
  type: Type,
  deleteIt: (session: Session, of: { id: NodeId<Type>; idempotencyKey: string | null }) => Promise<void>,
  description: string,
): void {
  mutation(`delete${type}`, {
    description,
    errors: PROVIDER_ERRORS,
    input: (t) => ({ id: t.id({ ...id(type), required: true }), idempotencyKey: t.string(idempotencyKey) }),
    resolve: async (session, { id, idempotencyKey = null }) => {
      await deleteIt(session, { id: idOf(type, id), idempotencyKey });
      return { deletedId: id };
    },
    success: (t) => ({ deletedId: t.exposeID('deletedId', { description: 'The id that it had.' }) }),
  });
}
