import type { IdentityId } from '../domain/ids.ts';
import type { Identity } from '../domain/identity.ts';
import type { IdentityChanges } from '../provider-kit/provider.ts';
import { required } from './capabilities.ts';
import type { Session } from './session.ts';
import { writeTo } from './write-to.ts';

export function updateIdentity(
  session: Session,
  {
    id,
    changes,
    idempotencyKey,
  }: { id: IdentityId; changes: IdentityChanges; idempotencyKey: string | null },
): Promise<Identity> {
  return session.perform({
    ...writeTo('UPDATE_IDENTITY', 'Identity', id),
    idempotencyKey,
    input: { id, changes },
    act: (means) => required(means.provider, 'updateIdentity', 'UPDATE_IDENTITY')(id, changes, means.call),
  });
}
