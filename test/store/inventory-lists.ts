import type { InventoryClientFilter } from '../../src/store/inventory-client-list.ts';
import type { InventorySecretFilter } from '../../src/store/inventory-secret-filter.ts';
import type { Page, PageRequest } from '../../src/domain/page.ts';

export const ANY_CLIENT: InventoryClientFilter = {
  within: { everything: true },
  providers: null,
  tenant: null,
  kind: null,
  search: null,
};

export const ANY_SECRET: InventorySecretFilter = {
  within: { everything: true },
  providers: null,
  tenant: null,
  client: null,
  status: null,
  expiresWithinMs: null,
  expiresBefore: null,
  unusedForMs: null,
  search: null,
  asOf: null,
};

export const FIRST: PageRequest = { limit: 100, direction: 'forward', cursor: null, withTotal: false };

/** Everything from one end to the other, page by page; `between` happens after each page. */
export async function walk<T>(
  read: (request: PageRequest) => Promise<Page<T>>,
  { limit, direction }: Pick<PageRequest, 'limit' | 'direction'>,
  between: (page: number) => Promise<void> = async () => {},
): Promise<readonly T[]> {
  const pages: (readonly T[])[] = [];
  let cursor: string | null = null;
  for (;;) {
    const page: Page<T> = await read({ limit, direction, cursor, withTotal: false });
    const nodes = page.items.map(({ node }) => node);
    pages.push(direction === 'forward' ? nodes : nodes.toReversed());
    cursor = page.items.at(direction === 'forward' ? -1 : 0)?.cursor ?? null;
    if (!(direction === 'forward' ? page.hasNext : page.hasPrevious) || cursor === null) return pages.flat();
    await between(pages.length);
  }
}
