import { idKey, type ClientId, type ClientSecretId, type IdentityId, type TenantId } from '../domain/ids.ts';
import type { Many } from './provider.ts';
import { ProviderError } from './provider-error.ts';

/**
 * Asks for each key by itself, for a vendor that cannot be asked for many. Equal keys are asked for once. All are asked
 * for at once: how many requests are on their way together is the upstream's.
 * What `ask` rejects with is that key's answer, if it is a ProviderError; anything else is a bug and rejects the whole.
 */
export function each<Id extends TenantId | IdentityId | ClientId | ClientSecretId, T>(
  ids: readonly Id[],
  ask: (id: Id) => Promise<T>,
): Many<T> {
  const answers = new Map<string, Promise<T | ProviderError>>();
  return Promise.all(
    ids.map((id) => {
      const key = idKey(id);
      const answer = answers.get(key) ?? settled(ask(id));
      answers.set(key, answer);
      return answer;
    }),
  );
}

async function settled<T>(answer: Promise<T>): Promise<T | ProviderError> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ProviderError) return error;
    throw error;
  }
}
