import type { Clock } from '../../domain/clock.ts';
import type { ClientSecretId, TenantId } from '../../domain/ids.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import type { Call } from '../../provider-kit/provider.ts';
import type { Api, ClientSecretData, UniversalAuth } from './api.ts';

/** The one organisation that the configured machine identity belongs to, and the way to it. */
export interface Organization {
  readonly api: Api;
  readonly clock: Clock;
  readonly id: TenantId;
  /** What the gateway logs in with, as far as the vendor shows it. */
  readonly own: { readonly clientId: string; readonly secretPrefix: string };
}

/**
 * A secret of just this identity: the build of 2024-10 gives any identity's under any other's path, and answers for
 * one that is not there as if it were ill. Of that one the list is asked: what it does not hold is revoked or gone,
 * so that nothing which is alive is ever taken for missing (vendor facts, section 6). Else rejects with `not_found`.
 */
export async function findSecret(
  { api }: Organization,
  { client, secret }: ClientSecretId,
  auth: UniversalAuth,
  call: Call,
): Promise<ClientSecretData> {
  const found = await api.getClientSecret(client, secret, call).catch(async (error: unknown) => {
    if (!(error instanceof ProviderError && error.code === 'unsupported')) throw error;
    return (await api.listClientSecrets(client, call)).find(({ id }) => id === secret);
  });
  if (found?.identityUAId === auth.id) return found;
  throw new ProviderError('not_found', 'Infisical has nothing with this id.');
}
