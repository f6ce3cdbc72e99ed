import { z } from 'zod';
import type { ProviderError, ProviderErrorCode } from '../../provider-kit/provider-error.ts';
import { codeOfStatus } from '../../provider-kit/refusal.ts';
import { requestId } from '../../provider-kit/reply-fields.ts';
import type { UpstreamReply, UpstreamRequest } from '../../provider-kit/upstream.ts';
import { vendorRefusal } from '../../provider-kit/vendor-refusal.ts';

export const MAX_SECRETS = 2;
const MAX_RETRY_AFTER_MS = 120_000;

/** The body of an error. What has no `Code` is not in JSON, or was not written by the vendor. */
const body = z
  .object({ Code: z.string().catch(''), RequestId: requestId(/^[\w-]{1,64}$/) })
  .catch({ Code: '', RequestId: null });

/** What `Code` means, and what to do: the first form that it has (vendor facts, section 5). */
const MEANINGS: readonly (readonly [form: RegExp, code: ProviderErrorCode, hint?: string])[] = [
  [/Throttling/, 'rate_limited'],
  // Sent again, a read has another nonce. The write that had this one before may have taken effect.
  [/^(ServiceUnavailable|InternalError|SignatureNonceUsed)/, 'unavailable'],
  [/^InvalidTimeStamp/, 'unauthenticated', 'Set the clock of the gateway: it is 15 minutes off.'],
  [/^InvalidSecurityToken/, 'unauthenticated', 'Configure a new securityToken and the key it belongs to.'],
  [/^(InvalidAccessKeyId|IncompleteSignature|InvalidSignatureMethod|SignatureDoes)/, 'unauthenticated'],
  [/^(NoPermission|Forbidden)/, 'forbidden'],
  [/^Invalid(Api|Product|Protocol)\./, 'unsupported'],
  [/^ResourceNotFound|\.NotFound$/, 'not_found'],
  [/Limit|Quota/, 'limit_reached'],
  [/^(Missing|Invalid)/, 'invalid_input'],
];

const EIAM = {
  vendor: 'EIAM',
  hints: {
    unauthenticated: 'Check accessKeyId and accessKeySecret, and that the key is active.',
    forbidden: 'Allow it in a RAM policy, as the action eiam:ListApplications and so on.',
    unsupported: 'Check region or url.',
    malformed: 'Check region or url.',
  },
};

/** What a reply means when it is no success. Nothing of the vendor's own text gets into it. */
export function classify(reply: UpstreamReply, request: UpstreamRequest): ProviderError | null {
  if (reply.status < 400) return null;
  const { Code, RequestId: vendorRequestId } = body.parse(reply.json);
  const [, code = codeOf(reply, Code), hint] = MEANINGS.find(([form]) => form.test(Code)) ?? [];
  const retryAfterMs = Math.min(Number(reply.headers['x-acs-retry-after']), MAX_RETRY_AFTER_MS);
  const limit = request.headers?.['x-acs-action'] === 'CreateApplicationClientSecret' ? MAX_SECRETS : null;
  const told = { ...(hint && { hint }), ...(retryAfterMs > 0 && { retryAfterMs }) };
  return vendorRefusal(EIAM, code, reply, request, { vendorRequestId, limit, ...told });
}

/** For a `Code` that nobody published, or none: then a status does not say what is missing, or not allowed. */
function codeOf({ status, headers }: UpstreamReply, vendorCode: string): ProviderErrorCode {
  if (status < 500 && 'x-acs-retry-after' in headers) return 'rate_limited';
  if (status < 500 && status !== 429 && vendorCode !== '') return 'rejected';
  return status === 404 ? 'malformed' : (codeOfStatus(status) ?? 'rejected');
}
