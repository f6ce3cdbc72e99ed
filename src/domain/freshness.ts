export const FRESHNESS_SOURCES = ['LIVE', 'CACHE', 'INVENTORY'] as const;
export type FreshnessSource = (typeof FRESHNESS_SOURCES)[number];

/** How old what is told of a noun is, and where it comes from. */
export interface Freshness {
  /** It was so then. */
  readonly asOf: Date;
  readonly source: FreshnessSource;
}

/** As a provider tells it now. */
export function liveAt(now: Date): Freshness {
  return { asOf: now, source: 'LIVE' };
}
