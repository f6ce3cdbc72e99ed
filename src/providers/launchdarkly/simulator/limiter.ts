import type { Clock } from '../../../domain/clock.ts';

const WINDOW_MS = 10_000;

/** How many requests a window of 10 s takes. The vendor does not publish its numbers (vendor facts, section 2). */
export interface Limits {
  /** Of the whole account. */
  readonly global: number;
  /** Of each method and path pattern. */
  readonly route: number;
  /** Of the address that requests come from. Absent: any. */
  readonly address?: number;
}

export interface Taken {
  readonly isRefused: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

/** Counts what comes, in fixed windows. */
export function createLimiter(
  { global, route, address = Infinity }: Limits,
  clock: Clock,
): (route: string) => Taken {
  let end = -Infinity;
  const used = new Map<string, number>();
  const take = (key: string, limit: number) => {
    used.set(key, (used.get(key) ?? 0) + 1);
    return limit - (used.get(key) ?? 0);
  };
  return (key) => {
    const now = clock.now().getTime();
    if (now >= end) {
      used.clear();
      end = now - (now % WINDOW_MS) + WINDOW_MS;
    }
    if (take('address', address) < 0)
      return { isRefused: true, headers: { 'retry-after': String(Math.ceil((end - now) / 1000)) } };
    const [ofAll, ofRoute] = [take('', global), take(key, route)];
    return {
      isRefused: ofAll < 0 || ofRoute < 0,
      headers: {
        'x-ratelimit-global-remaining': String(Math.max(0, ofAll)),
        'x-ratelimit-route-remaining': String(Math.max(0, ofRoute)),
        'x-ratelimit-reset': String(end),
      },
    };
  };
}
