import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import type { ProviderErrorCode } from '../../provider-kit/provider-error.ts';
import { refusalMessage } from '../../provider-kit/refusal-message.ts';
import { codeOfStatus, refusal } from '../../provider-kit/refusal.ts';
import type { UpstreamOptions } from '../../provider-kit/upstream.ts';
import { waitMs } from './limits.ts';

/** The body of an error; its `id` is optional (vendor facts, section 2). */
const body = z
  .object({ code: z.string().catch(''), id: z.uuid().nullable().catch(null) })
  .catch({ code: '', id: null });

export const HINTS: Readonly<Partial<Record<ProviderErrorCode, string>>> = {
  unauthenticated: 'Check accessToken: it may be wrong, reset or deleted, or of another region than the url.',
  forbidden: 'Give the gateway an access token of an Admin of the account.',
  malformed: 'Check the url.',
  conflict: 'Something else may have changed it at the same time: read it again, and try once more.',
  rate_limited: 'All access tokens of the account share its limit; see what else uses its API.',
};

/** What a reply means when it is no success. Nothing of the vendor's own text gets into it. */
export function classifier(clock: Clock): UpstreamOptions['classify'] {
  return (reply, request) => {
    const { code: told, id: vendorRequestId } = body.parse(reply.json);
    const code = codeOf(reply.status, told, request.method);
    if (code === null) return null;
    const message = refusalMessage(code, 'LaunchDarkly');
    return refusal(code, message, reply, request, {
      vendorRequestId,
      hint: HINTS[code] ?? null,
      fields: code === 'invalid_input' ? [{ path: [], message }] : [],
      ...(code === 'rate_limited' && { retryAfterMs: waitMs(reply, clock.now()) }),
    });
  };
}

function codeOf(status: number, told: string, method: string): ProviderErrorCode | null {
  // What is not in the vendor's form was not written by it, and proves nothing of what it has.
  if (status === 404) return told === 'not_found' ? 'not_found' : 'malformed';
  if (status === 400 || status === 422) return method === 'GET' ? 'rejected' : 'invalid_input';
  return codeOfStatus(status);
}
