import type { Freshness } from '../../../domain/freshness.ts';
import { mapPage, type Page } from '../../../domain/page.ts';

export interface Noun {
  readonly freshness: Freshness;
}

/** The same, and it says that it was read for an earlier request. */
export function nodeAsRemembered<T extends Noun>(node: T): T {
  return { ...node, freshness: { asOf: node.freshness.asOf, source: 'CACHE' } };
}

export function pageAsRemembered<T extends Noun>(page: Page<T>): Page<T> {
  return mapPage(page, nodeAsRemembered);
}
