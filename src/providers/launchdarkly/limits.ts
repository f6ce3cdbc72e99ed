import { MINUTE, SECOND } from '../../domain/duration.ts';
import { retryAfterMs } from '../../provider-kit/refusal.ts';
import type { UpstreamReply } from '../../provider-kit/upstream.ts';

const WINDOW_MS = 10 * SECOND;

/**
 * How long a reply asks to wait: as it says, else until the window is over, else for a window. A reset that is past
 * has been seen, and one further ahead than a window is the fault of a clock (vendor facts, section 2).
 */
export function waitMs({ headers }: UpstreamReply, now: Date): number {
  const reset = Number(headers['x-ratelimit-reset'] ?? NaN);
  const left = reset > 0 ? reset - now.getTime() : WINDOW_MS;
  return retryAfterMs(headers) ?? Math.min(Math.max(left, SECOND), WINDOW_MS);
}

/** For how long the account takes nothing more. Null: it does; that a route does not is no reason to stop all. */
export function pauseMs(reply: UpstreamReply, now: Date): number | null {
  const isSpent = (limit: 'global' | 'route') => reply.headers[`x-ratelimit-${limit}-remaining`] === '0';
  const isOfAll = isSpent('global') || (reply.status === 429 && !isSpent('route'));
  return isOfAll ? Math.min(waitMs(reply, now), MINUTE) : null;
}
