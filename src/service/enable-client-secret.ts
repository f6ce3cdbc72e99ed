import type { ClientSecret } from '../domain/client-secret.ts';
import type { ClientSecretId } from '../domain/ids.ts';
import { required } from './capabilities.ts';
import type { Session } from './session.ts';
import { writeTo } from './write-to.ts';

export function enableClientSecret(
  session: Session,
  { id, idempotencyKey }: { id: ClientSecretId; idempotencyKey: string | null },
): Promise<ClientSecret> {
  return session.perform({
    ...writeTo('ENABLE_CLIENT_SECRET', 'ClientSecret', id),
    idempotencyKey,
    input: { id },
    act: (means) => required(means.provider, 'enableSecret', 'ENABLE_CLIENT_SECRET', id)(id, means.call),
  });
}
