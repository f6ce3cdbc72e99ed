import { MINUTE, SECOND } from '../../domain/duration.ts';
import { retryAfterMs } from '../../provider-kit/refusal.ts';
import type { UpstreamReply } from '../../provider-kit/upstream.ts';

/** Of the limits of the account and of each route; no reply can tell a reset that lies further ahead. */
const WINDOW_MS = 10 * SECOND;
/** A reset has been seen in the past. */
const FLOOR_MS = SECOND;
const LONGEST_PAUSE_MS = MINUTE;

/** Until the window is over, or all of it where the vendor does not say (vendor facts, section 2). */
function windowLeftMs({ headers }: UpstreamReply, now: Date): number {
  const reset = Number(headers['x-ratelimit-reset'] ?? NaN);
  return reset > 0 ? Math.min(Math.max(reset - now.getTime(), FLOOR_MS), WINDOW_MS) : WINDOW_MS;
}

/** How long a 429 asks to wait. */
export function waitMs(reply: UpstreamReply, now: Date): number {
  return retryAfterMs(reply.headers) ?? windowLeftMs(reply, now);
}

/** For how long the account takes nothing more. Null: it does; a route that takes nothing more is no reason to stop. */
export function pauseMs(reply: UpstreamReply, now: Date): number | null {
  const { status, headers } = reply;
  const isSpent = (limit: 'global' | 'route') => headers[`x-ratelimit-${limit}-remaining`] === '0';
  const isOfAll = isSpent('global') || (status === 429 && !isSpent('route'));
  if (!isOfAll) return null;
  return status === 429 ? Math.min(waitMs(reply, now), LONGEST_PAUSE_MS) : windowLeftMs(reply, now);
}
