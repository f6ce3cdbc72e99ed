import { ConflictError } from '../domain/gateway-error.ts';
import type { Page, PageRequest } from '../domain/page.ts';
import { ProviderError } from '../provider-kit/provider-error.ts';
import type { Many } from '../provider-kit/provider.ts';

const ANY = { limit: 1, direction: 'forward', cursor: null, withTotal: false } as const;

/**
 * Nothing is deleted together with what stands on it: some vendors would, and silently. Rejects with ConflictError
 * where the list is not empty, and with ProviderError where it could not be read.
 */
export async function refuseWhileAnyIsThere(
  message: string,
  list: (page: PageRequest) => Many<Page<unknown>>,
): Promise<void> {
  const [answer] = await list(ANY);
  if (answer instanceof ProviderError) throw answer;
  if (answer !== undefined && answer.items.length > 0) throw new ConflictError(message);
}
