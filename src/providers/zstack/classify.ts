import { z } from 'zod';
import { DAY, MINUTE } from '../../domain/duration.ts';
import type { ProviderError, ProviderErrorCode } from '../../provider-kit/provider-error.ts';
import { codeOfStatus } from '../../provider-kit/refusal.ts';
import type { UpstreamReply, UpstreamRequest } from '../../provider-kit/upstream.ts';
import { vendorRefusal } from '../../provider-kit/vendor-refusal.ts';

export const LOGIN_PATH = '/zstack/v1/accounts/login';
export const JOBS_PATH = '/zstack/v1/api-jobs/';

const MOST_CODES = 8;
const body = z.object({ error: z.unknown().optional() }).catch({ error: null });
const link = z.object({ code: z.string(), cause: z.unknown().optional() });

/** `isInDoubt`: a write may have taken effect all the same. Where it is not said, the code tells. */
type Details = { readonly retryAfterMs?: number; readonly isInDoubt?: boolean };

/** By the first form that one of the codes has; so what may have been done comes first (vendor facts, section 5). */
const MEANINGS: readonly (readonly [form: RegExp, code: ProviderErrorCode, details?: Details])[] = [
  [/^SYS\.1001$/, 'timeout'],
  [/^(SYS\.101[02]|PORTAL\.1002)$/, 'unavailable'],
  // A lock or a captcha passes; what is wrong with the credentials does so only by somebody's hand.
  [/^LOGIN_CONTROL\./, 'unauthenticated', { retryAfterMs: 15 * MINUTE }],
  [/^ID\.100[05]$/, 'unauthenticated', { retryAfterMs: DAY }],
  [/^ID\.1001$/, 'unauthenticated'],
  [/^ID\.1002$/, 'forbidden'],
  [/^ID\.1006$/, 'rate_limited', { retryAfterMs: MINUTE }],
  [/^SYS\.1003$/, 'not_found'],
  [/^SYS\.1007$/, 'invalid_input'],
  [/^SYS\.1000$/, 'rejected', { isInDoubt: true }],
  // It says this to a job uuid that it has seen before, too; then the first one counts (vendor facts, section 2).
  [/^HTTP 400$/, 'rejected', { isInDoubt: true }],
  [/^HTTP 404$/, 'unsupported'],
];
/** These say no more than that it failed; then a cause may tell. */
const GENERIC = /^SYS\.100[06]$/;

const ZSTACK = {
  vendor: 'ZStack',
  hints: {
    unauthenticated:
      'Check account and password, whether the password has to be changed first, and whether the account is locked or wants a captcha. Then start the gateway anew: by itself it tries again only much later, so that the account is not locked.',
    forbidden:
      'Give the gateway an administrator’s account or access key. With an access key, its clock may be 15 minutes off at most.',
    rate_limited:
      'The account may have too many sessions. They end after two hours; an access key needs none.',
    rejected: 'ZStack says why when it is tried there.',
    unsupported: 'Check url and product; ZStack may also be older than this call.',
  },
};

/** What a reply means when it is no success. Nothing of the vendor's own text gets into it. */
export function classify(reply: UpstreamReply, request: UpstreamRequest): ProviderError | null {
  // What a job came to is no fault of asking for it, so that it is neither asked for again nor opens the breaker.
  const isOfJob = request.path.startsWith(JOBS_PATH) && (reply.status === 404 || codesOf(reply).length > 0);
  return isOfJob ? null : failureOf(reply, request);
}

/**
 * By the codes in the body: ZStack says with a 503 whatever it refuses, and a 200 may hold an error too. By the status
 * only where the answer is in no form of its own (vendor facts, section 5).
 */
export function failureOf(reply: UpstreamReply, request: UpstreamRequest): ProviderError | null {
  const [outer, ...causes] = codesOf(reply);
  const told = [outer ?? `HTTP ${reply.status}`, ...(GENERIC.test(outer ?? '') ? causes : [])];
  const otherwise = outer === undefined ? codeOfStatus(reply.status) : 'rejected';
  const meaning = MEANINGS.find(([form]) => told.some((it) => form.test(it)));
  const [, code = otherwise, { isInDoubt = false, ...wait } = {}] = meaning ?? [];
  if (code === null) return null;
  // Elsewhere than at a login it would be no use to log in anew over it, and that at each request.
  const isOfLogin = code === 'unauthenticated' && wait.retryAfterMs !== undefined;
  if (isOfLogin && request.path !== LOGIN_PATH) return vendorRefusal(ZSTACK, 'forbidden', reply, request);
  const vendorRequestId = request.headers?.['x-job-uuid'] ?? null;
  const doubt = isInDoubt && request.method === 'POST' && ({ applied: 'maybe' } as const);
  return vendorRefusal(ZSTACK, code, reply, request, { vendorRequestId, ...wait, ...doubt });
}

/** Of the error and its causes, outermost first. Empty: ZStack reports none. */
function codesOf({ json }: UpstreamReply): readonly string[] {
  const chain = (error: unknown, most: number): readonly string[] => {
    const { data } = link.safeParse(error);
    return data === undefined || most === 0 ? [] : [data.code, ...chain(data.cause, most - 1)];
  };
  return chain(body.parse(json).error, MOST_CODES);
}
