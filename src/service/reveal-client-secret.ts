import type { IssuedSecret } from '../domain/client-secret.ts';
import type { ClientSecretId } from '../domain/ids.ts';
import { required } from './capabilities.ts';
import type { Session } from './session.ts';
import { writeTo } from './write-to.ts';

export function revealClientSecret(
  session: Session,
  { id, reason }: { id: ClientSecretId; reason: string },
): Promise<IssuedSecret> {
  return session.perform({
    ...writeTo('REVEAL_CLIENT_SECRET', 'ClientSecret', id),
    reason,
    input: { id },
    act: (means) => required(means.provider, 'revealSecret', 'REVEAL_CLIENT_SECRET', id)(id, means.call),
  });
}
