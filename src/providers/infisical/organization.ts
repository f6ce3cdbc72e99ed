import type { Client } from '../../domain/client.ts';
import type { Clock } from '../../domain/clock.ts';
import type { ClientSecretId, TenantId } from '../../domain/ids.ts';
import { orNull } from '../../provider-kit/or-null.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import type { Call } from '../../provider-kit/provider.ts';
import { remember } from '../../provider-kit/remember.ts';
import type { Api, ClientSecretData, Membership, UniversalAuth } from './api.ts';
import { isUuid } from './input.ts';
import { clientOf, hasUniversalAuth } from './translate.ts';

/** The one organisation that the configured machine identity belongs to, and the way to it. */
export interface Organization {
  readonly api: Api;
  readonly clock: Clock;
  readonly id: TenantId;
  /** What the gateway logs in with, as far as the vendor shows it. */
  readonly own: { readonly clientId: string; readonly secretPrefix: string };
}

/** Can this be in the organisation? What cannot is known to be missing without asking. */
export function holds({ id }: Organization, { tenant }: TenantId, ...ids: readonly string[]): boolean {
  return tenant === id.tenant && ids.every(isUuid);
}

/** From so many identities on, the list of all is the cheaper question. */
const MANY = 4;

/** How to find each of these identities: one by one, or all in one list. */
export function membershipsOf(
  { api, id }: Organization,
  identityIds: readonly string[],
  call: Call,
): (identityId: string) => Promise<Membership | null> {
  if (new Set(identityIds).size < MANY) return (identityId) => orNull(api.getIdentity(identityId, call));
  const all = remember((orgId) => api.listIdentities(orgId, call));
  return async (identityId) => (await all(id.tenant)).find((it) => it.identityId === identityId) ?? null;
}

/** Null where the identity has no universal auth. */
export async function findClient(
  { api, id }: Organization,
  membership: Membership | null,
  call: Call,
): Promise<Client | null> {
  if (membership === null || !hasUniversalAuth(membership)) return null;
  const auth = await orNull(api.getUniversalAuth(membership.identityId, call));
  return auth && clientOf(id, membership, auth);
}

/**
 * A secret of just this identity: the build of 2024-10 gives any identity's under any other's path, and answers for
 * one that is not there as if it were ill. Of that one the list is asked: what it does not hold is revoked or gone,
 * so that nothing which is alive is ever taken for missing (vendor facts, section 6).
 */
export async function findSecret(
  { api }: Organization,
  { client, secret }: ClientSecretId,
  auth: UniversalAuth,
  call: Call,
): Promise<ClientSecretData | null> {
  const found = await orNull(api.getClientSecret(client, secret, call)).catch(async (error: unknown) => {
    if (!(error instanceof ProviderError && error.code === 'unsupported')) throw error;
    return (await api.listClientSecrets(client, call)).find(({ id }) => id === secret) ?? null;
  });
  return found?.identityUAId === auth.id ? found : null;
}
