import { ConflictError } from '../domain/gateway-error.ts';
import type { Page, PageRequest } from '../domain/page.ts';
import { ProviderError } from '../provider-kit/provider-error.ts';
import type { Many } from '../provider-kit/provider.ts';

/**
 * Nothing is deleted together with what stands on it: some vendors would, and silently. Rejects with ConflictError
 * where the list has more than so many, and with ProviderError where it could not be read.
 */
export async function refuseWhileMore(
  than: number,
  message: string,
  list: (page: PageRequest) => Many<Page<unknown>>,
): Promise<void> {
  const [answer] = await list({ limit: than + 1, direction: 'forward', cursor: null, withTotal: false });
  if (answer instanceof ProviderError) throw answer;
  if (answer !== undefined && answer.items.length > than) throw new ConflictError(message);
}
