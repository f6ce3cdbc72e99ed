import type { Clock } from '../../../domain/clock.ts';
import type { Generation } from './refusal.ts';
import type { Route } from './route.ts';

const WINDOW_MS = 60_000;
const OVERALL = 600;
const LIMITS = {
  current: { read: 200, write: 90 },
  '2024-10': { read: 60, write: 200 },
} as const;

export interface Taken {
  readonly refused: boolean;
  /** Until the window is over. */
  readonly seconds: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Null: the route is exempt. */
export type RateLimiter = (address: string, route: Route) => Taken | null;

/**
 * Fixed windows of a minute for each address: in the cloud over all and by category (the free plan), in the recorded
 * build for each route (vendor facts, section 8).
 */
export function createRateLimiter(generation: Generation, clock: Clock): RateLimiter {
  const windows = new Map<string, { readonly endsAt: number; used: number }>();
  const take = (key: string, limit: number): Taken => {
    const now = clock.now().getTime();
    const open = windows.get(key);
    const window = open !== undefined && open.endsAt > now ? open : { endsAt: now + WINDOW_MS, used: 0 };
    windows.set(key, window);
    window.used += 1;
    const refused = window.used > limit;
    const seconds = Math.ceil((window.endsAt - now) / 1000);
    return { refused, seconds, headers: headersOf(limit, limit - window.used, seconds, refused) };
  };
  return (address, { method, path, counts }) => {
    if (counts === null) return null;
    const limit = LIMITS[generation][counts];
    if (generation === '2024-10') return take(`${address} ${method} ${path}`, limit);
    const overall = take(address, OVERALL);
    return overall.refused ? overall : take(`${address} ${counts}`, limit);
  };
}

function headersOf(limit: number, remaining: number, seconds: number, refused: boolean) {
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(Math.max(0, remaining)),
    'x-ratelimit-reset': String(seconds),
    ...(refused && { 'retry-after': String(seconds) }),
  };
}
