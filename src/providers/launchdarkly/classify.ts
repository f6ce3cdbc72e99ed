import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import type { ProviderErrorCode } from '../../provider-kit/provider-error.ts';
import { codeOfStatus } from '../../provider-kit/refusal.ts';
import type { UpstreamOptions } from '../../provider-kit/upstream.ts';
import { vendorRefusal } from '../../provider-kit/vendor-refusal.ts';
import { waitMs } from './limits.ts';

/** The body of an error; its `id` is optional (vendor facts, section 2). */
const body = z
  .object({ code: z.string().catch(''), id: z.uuid().nullable().catch(null) })
  .catch({ code: '', id: null });

export const WORDS = {
  vendor: 'LaunchDarkly',
  hints: {
    unauthenticated:
      'Check accessToken: it may be wrong, reset or deleted, or of another region than the url.',
    forbidden: 'Give the gateway an access token of an Admin of the account.',
    malformed: 'Check the url.',
    conflict: 'Something else may have changed it at the same time: read it again, and try once more.',
    rate_limited: 'All access tokens of the account share its limit; see what else uses its API.',
  },
} as const;

/** What a reply means when it is no success. Nothing of the vendor's own text gets into it. */
export function classifier(clock: Clock): UpstreamOptions['classify'] {
  return (reply, request) => {
    const { status } = reply;
    // Whatever else said so, it was not the vendor (section 3).
    if (request.method === 'DELETE' && status !== 204 && status < 400)
      return vendorRefusal(WORDS, 'malformed', reply, request, { applied: 'maybe' });
    const { code: told, id: vendorRequestId } = body.parse(reply.json);
    const code = codeOf(status, told, request.method);
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
