import type { Many } from './provider.ts';
import { ProviderError } from './provider-error.ts';

/** The answer to one key, for a write that begins with a read. Rejects with its error, or with `not_found`. */
export async function only<T>(answers: Many<T | null>): Promise<T> {
  const [answer = null] = await answers;
  if (answer instanceof ProviderError) throw answer;
  if (answer === null) throw new ProviderError('not_found', 'There is nothing with this id.');
  return answer;
}
