import type { ClientSecret } from '../domain/client-secret.ts';
import type { ClientId } from '../domain/ids.ts';
import { MAX_PAGE_SIZE } from '../domain/page.ts';
import { ProviderError } from '../provider-kit/provider-error.ts';
import type { Call, Provider } from '../provider-kit/provider.ts';

/** Every secret that the vendor lists for a client, page by page. Rejects with ProviderError. */
export async function listAllSecrets(
  provider: Provider,
  of: ClientId,
  call: Call,
): Promise<readonly ClientSecret[]> {
  const secrets: ClientSecret[] = [];
  for (let cursor: string | null = null, more = true; more;) {
    const request = {
      limit: MAX_PAGE_SIZE,
      direction: 'forward',
      cursor,
      withTotal: false,
      status: null,
    } as const;
    const [page] = await provider.listSecrets([of], request, call);
    if (page instanceof ProviderError) throw page;
    secrets.push(...(page?.items ?? []).map(({ node }) => node));
    cursor = page?.items.at(-1)?.cursor ?? null;
    more = page?.hasNext === true && cursor !== null;
  }
  return secrets;
}
