import type { Client } from '../domain/client.ts';
import type { ClientId } from '../domain/ids.ts';
import type { ClientChanges } from '../provider-kit/provider.ts';
import { required } from './capabilities.ts';
import type { Session } from './session.ts';
import { writeTo } from './write-to.ts';

export function updateClient(
  session: Session,
  { id, changes, idempotencyKey }: { id: ClientId; changes: ClientChanges; idempotencyKey: string | null },
): Promise<Client> {
  return session.perform({
    ...writeTo('UPDATE_CLIENT', 'Client', id),
    idempotencyKey,
    input: { id, changes },
    act: (means) => required(means.provider, 'updateClient', 'UPDATE_CLIENT', id)(id, changes, means.call),
  });
}
