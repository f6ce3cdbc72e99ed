import type { Page } from '../domain/page.ts';

/**
 * The same page of what each of its items is asked for, all of them at once. What is not there any more is left out.
 * Rejects with the first failure.
 */
export async function pageOfFound<T, U>(
  page: Page<T>,
  find: (node: T) => Promise<U | null>,
): Promise<Page<U>> {
  const items = page.items.map(async ({ node, cursor }) => {
    const found = await find(node);
    return found === null ? [] : [{ node: found, cursor }];
  });
  return { ...page, items: (await Promise.all(items)).flat() };
}
