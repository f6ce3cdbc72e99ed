import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import { MINUTE, SECOND } from '../../domain/duration.ts';
import type { ProviderErrorCode } from '../../provider-kit/provider-error.ts';
import { quotaOf } from '../../provider-kit/quota-of.ts';
import { codeOfStatus, retryAfterMs } from '../../provider-kit/refusal.ts';
import { requestId } from '../../provider-kit/reply-fields.ts';
import type { Quota } from '../../provider-kit/upstream-allowance.ts';
import type { UpstreamOptions, UpstreamReply } from '../../provider-kit/upstream.ts';
import { vendorRefusal } from '../../provider-kit/vendor-refusal.ts';

/** The body of an error; its `id` is optional (vendor facts, section 2). */
const body = z
  .object({ code: z.string().catch(''), id: requestId(/^[\da-f-]{36}$/) })
  .catch({ code: '', id: null });
const WINDOW_MS = 10 * SECOND;

export const WORDS = {
  vendor: 'LaunchDarkly',
  hints: {
    unauthenticated: 'Check accessToken: it may be wrong, reset, deleted, or of another region than the url.',
    forbidden: 'Give the gateway an access token of an Admin of the account.',
    malformed: 'Check the url.',
    conflict: 'Something else may have changed it at the same time: read it again, and try once more.',
    rate_limited: 'All access tokens of the account share its limit; see what else uses its API.',
  },
} as const;

/** What a reply means when it is no success. Nothing of the vendor's own text gets into it. */
export function classifier(clock: Clock): UpstreamOptions['classify'] {
  return (reply, request) => {
    const isUnconfirmed = request.method === 'DELETE' && reply.status !== 204 && reply.status < 400;
    if (isUnconfirmed) return vendorRefusal(WORDS, 'malformed', reply, request, { applied: 'maybe' });
    const { code: told, id: vendorRequestId } = body.parse(reply.json);
    const code = codeOf(reply.status, told, request.method);
    const wait = code === 'rate_limited' && { retryAfterMs: waitMs(reply, clock.now()) };
    return code && vendorRefusal(WORDS, code, reply, request, { vendorRequestId, ...wait });
  };
}

function codeOf(status: number, told: string, method: string): ProviderErrorCode | null {
  // What is not in the vendor's form was not written by it, and proves nothing of what it has.
  if (status === 404) return told === 'not_found' ? 'not_found' : 'malformed';
  if (status === 400 || status === 422) return method === 'GET' ? 'rejected' : 'invalid_input';
  return codeOfStatus(status);
}

/** How long a reply asks to wait: as it says, else until the window is over, as far as that can be (section 2). */
export function waitMs({ headers }: UpstreamReply, now: Date): number {
  const reset = Number(headers['x-ratelimit-reset'] ?? NaN);
  const left = reset > 0 ? reset - now.getTime() : WINDOW_MS;
  return retryAfterMs(headers) ?? Math.min(Math.max(left, SECOND), WINDOW_MS);
}

/** Of the whole account. */
export function quotaAfter(reply: UpstreamReply, now: Date): Quota | null {
  return quotaOf(reply.headers['x-ratelimit-global-remaining'], waitMs(reply, now));
}

/** For how long the account takes nothing more. Null: it does; that a route does not is no reason to stop all. */
export function pauseMs(reply: UpstreamReply, now: Date): number | null {
  const isSpent = (limit: 'global' | 'route') => reply.headers[`x-ratelimit-${limit}-remaining`] === '0';
  const isOfAll = isSpent('global') || (reply.status === 429 && !isSpent('route'));
  return isOfAll ? Math.min(waitMs(reply, now), MINUTE) : null;
}
