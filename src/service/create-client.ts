import type { Client } from '../domain/client.ts';
import type { IssuedSecret } from '../domain/client-secret.ts';
import { InvalidInputError } from '../domain/gateway-error.ts';
import { encodeGlobalId, type TenantId } from '../domain/ids.ts';
import type { NewClient } from '../provider-kit/provider.ts';
import { required } from './capabilities.ts';
import type { Session } from './session.ts';
import { writeTo } from './write-to.ts';

/** `issued`: the first secret, where the vendor makes one with the client. */
export function createClient(
  session: Session,
  { tenant, idempotencyKey, ...client }: NewClient & { tenant: TenantId; idempotencyKey: string | null },
): Promise<{ client: Client; issued: IssuedSecret | null }> {
  return session.perform({
    ...writeTo('CREATE_CLIENT', 'Tenant', tenant),
    idempotencyKey,
    input: { tenant, ...client },
    subjectOf: (created) => encodeGlobalId('Client', created.client.id),
    act: async ({ provider, call }) => {
      const create = required(provider, 'createClient', 'CREATE_CLIENT');
      const { identity } = client;
      if (identity !== null && (identity.provider !== tenant.provider || identity.tenant !== tenant.tenant)) {
        throw InvalidInputError.at('identity', 'belongs to another tenant; take an identity of this one');
      }
      return create(tenant, client, call);
    },
  });
}
