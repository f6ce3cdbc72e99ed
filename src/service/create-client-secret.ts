import type { IssuedSecret } from '../domain/client-secret.ts';
import { encodeGlobalId, type ClientId } from '../domain/ids.ts';
import type { NewSecret } from '../provider-kit/provider.ts';
import { required } from './capabilities.ts';
import { resolveExpiry, type ExpiryInput } from './secret-expiry.ts';
import type { Session } from './session.ts';
import { writeTo } from './write-to.ts';

type Input = Omit<NewSecret, 'expiresAt'> & ExpiryInput & { client: ClientId; idempotencyKey: string | null };

export function createClientSecret(
  session: Session,
  { client, expiresAt, expiresInMs, idempotencyKey, ...secret }: Input,
): Promise<IssuedSecret> {
  return session.perform({
    ...writeTo('CREATE_CLIENT_SECRET', 'Client', client),
    idempotencyKey,
    input: { client, expiresAt, expiresInMs, ...secret },
    subjectOf: (issued) => encodeGlobalId('ClientSecret', issued.secret.id),
    act: async ({ provider, call, services }) => {
      const create = required(provider, 'createSecret', 'CREATE_CLIENT_SECRET', client);
      const expiry = resolveExpiry({ expiresAt, expiresInMs }, provider.traits, services.clock.now());
      return create(client, { ...secret, expiresAt: expiry }, call);
    },
  });
}
