import { z } from 'zod';
import type { ProviderError, ProviderErrorCode } from '../../provider-kit/provider-error.ts';
import { refusalMessage } from '../../provider-kit/refusal-message.ts';
import { codeOfStatus, refusal } from '../../provider-kit/refusal.ts';
import { requestId } from '../../provider-kit/reply-fields.ts';
import type { UpstreamReply, UpstreamRequest } from '../../provider-kit/upstream.ts';

export const MAX_SECRETS = 2;
const MAX_RETRY_AFTER_MS = 120_000;

/** The body of an error. What has no `Code` is not in JSON, or was not written by the vendor. */
const body = z
  .object({ Code: z.string().catch(''), RequestId: requestId(/^[\w-]{1,64}$/) })
  .catch({ Code: '', RequestId: null });

const KEY = 'Check accessKeyId and accessKeySecret, and that the key is active.';
const ADDRESS = 'Check region or url.';

type Meaning = readonly [code: ProviderErrorCode, hint?: string];

/** What `Code` means, and what to do: the first form that it has (vendor facts, section 5). */
const MEANINGS: readonly (readonly [form: RegExp, meaning: Meaning])[] = [
  [/Throttling/, ['rate_limited']],
  // Sent again, a read has another nonce. The write that had this one before may have taken effect.
  [/^(ServiceUnavailable|InternalError|SignatureNonceUsed)/, ['unavailable']],
  [/^InvalidTimeStamp/, ['unauthenticated', 'Set the clock of the gateway: it is 15 minutes off.']],
  [/^InvalidSecurityToken/, ['unauthenticated', 'Configure a new securityToken and the key of it.']],
  [
    /^(InvalidAccessKeyId|IncompleteSignature|InvalidSignatureMethod|SignatureDoesNotMatch)/,
    ['unauthenticated', KEY],
  ],
  [/^(NoPermission|Forbidden)/, ['forbidden', 'Allow it in a RAM policy: eiam:ListApplications and so on.']],
  [/^Invalid(Api|Product|Protocol)\./, ['unsupported', ADDRESS]],
  [/^ResourceNotFound|\.NotFound$/, ['not_found']],
  [/Limit|Quota/, ['limit_reached']],
  [/^(Missing|Invalid)/, ['invalid_input']],
];

const FIELDS: ReadonlyMap<string, string> = new Map([
  ['ExpirationTime', 'expiresAt'],
  ['ApplicationName', 'name'],
  ['Description', 'description'],
]);

/** What a reply means when it is no success. Nothing of the vendor's own text gets into it. */
export function classify(reply: UpstreamReply, request: UpstreamRequest): ProviderError | null {
  if (reply.status < 400) return null;
  const { Code, RequestId: vendorRequestId } = body.parse(reply.json);
  const [, meaning = byStatus(reply, Code)] = MEANINGS.find(([form]) => form.test(Code)) ?? [];
  const [code, hint = null] = meaning;
  const message = refusalMessage(code, 'EIAM');
  const field = FIELDS.get(Code.replace(/^(Missing|Invalid)(Parameter\.)?/, ''));
  const retryAfterMs = Math.min(Number(reply.headers['x-acs-retry-after']), MAX_RETRY_AFTER_MS);
  return refusal(code, message, reply, request, {
    vendorRequestId,
    hint,
    fields: code === 'invalid_input' ? [{ path: field === undefined ? [] : [field], message }] : [],
    limit: code === 'limit_reached' && makesSecret(request) ? MAX_SECRETS : null,
    ...(retryAfterMs > 0 && { retryAfterMs }),
  });
}

/** For a `Code` that nobody published: then a 404 does not say what is missing. */
function byStatus({ status, headers }: UpstreamReply, vendorCode: string): Meaning {
  if (status === 404 && vendorCode === '') return ['malformed', ADDRESS];
  if (status < 500 && 'x-acs-retry-after' in headers) return ['rate_limited'];
  return [status === 404 ? 'rejected' : (codeOfStatus(status) ?? 'rejected')];
}

function makesSecret({ headers }: UpstreamRequest): boolean {
  return headers?.['x-acs-action'] === 'CreateApplicationClientSecret';
}
