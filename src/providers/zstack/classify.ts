import { z } from 'zod';
import { DAY, MINUTE } from '../../domain/duration.ts';
import type { ProviderError, ProviderErrorCode } from '../../provider-kit/provider-error.ts';
import { codeOfStatus } from '../../provider-kit/refusal.ts';
import type { UpstreamReply, UpstreamRequest } from '../../provider-kit/upstream.ts';
import { vendorRefusal, type Hints } from '../../provider-kit/vendor-refusal.ts';

export const LOGIN_PATH = '/zstack/v1/accounts/login';
export const JOBS_PATH = '/zstack/v1/api-jobs/';

const MOST_CAUSES = 8;
const body = z.object({ error: z.unknown().optional() });
const link = z.object({ code: z.string(), cause: z.unknown().optional() });

/** What a reply means when it is no success. Nothing of the vendor's own text gets into it. */
export function classify(reply: UpstreamReply, request: UpstreamRequest): ProviderError | null {
  // What a job came to is no fault of asking for it, so that it is neither asked for again nor opens the breaker.
  const isOfJob = request.path.startsWith(JOBS_PATH) && (reply.status === 404 || codesOf(reply).length > 0);
  return isOfJob ? null : failureOf(reply, request);
}

/**
 * By the codes in the body, wherever they stand: ZStack says with a 503 whatever it refuses, and a 200 may hold an error
 * too. By the status only where the answer is in no form of its own (vendor facts, section 5).
 */
export function failureOf(reply: UpstreamReply, request: UpstreamRequest): ProviderError | null {
  const codes = codesOf(reply);
  const meaning = codes.length > 0 ? meaningOf(codes, request) : meaningOfStatus(reply.status);
  if (meaning === null) return null;
  const { code, isInDoubt = false, ...wait } = meaning;
  const doubt = isInDoubt && request.method === 'POST' ? ({ applied: 'maybe' } as const) : {};
  const vendorRequestId = request.headers?.['x-job-uuid'] ?? null;
  const details = { vendorRequestId, ...wait, ...doubt };
  return vendorRefusal({ vendor: 'ZStack', hints: HINTS }, code, reply, request, details);
}

/** Of the error and its causes, outermost first. Empty: ZStack reports none. */
function codesOf({ json }: UpstreamReply): readonly string[] {
  const codes: string[] = [];
  let at = link.safeParse(body.safeParse(json).data?.error);
  for (; at.success && codes.length < MOST_CAUSES; at = link.safeParse(at.data.cause))
    codes.push(at.data.code.replace(/^LOGIN_CONTROL\..*/, 'LOGIN_CONTROL'));
  return codes;
}

function meaningOf(codes: readonly string[], { path }: UpstreamRequest): Meaning {
  const [outer = ''] = codes;
  const known = GENERIC.has(outer) ? codes.filter((it) => MEANINGS.has(it)) : [outer];
  const told = known.find((it) => !GENERIC.has(it)) ?? known[0] ?? '';
  const meaning = MEANINGS.get(told) ?? { code: 'rejected' };
  const isOfLogin = meaning.code === 'unauthenticated' && meaning.retryAfterMs !== undefined;
  // Elsewhere than at a login it would be no use to log in anew over it, and that at each request.
  return isOfLogin && path !== LOGIN_PATH ? { code: 'forbidden' } : meaning;
}

function meaningOfStatus(status: number): Meaning | null {
  // It says this to a job uuid that it has seen before, too; then the first one counts (vendor facts, section 2).
  if (status === 400) return { code: 'rejected', isInDoubt: true };
  const code = status === 404 ? 'unsupported' : codeOfStatus(status);
  return code && { code };
}

interface Meaning {
  readonly code: ProviderErrorCode;
  readonly retryAfterMs?: number;
  /** May a write have taken effect all the same? Where it is not said, the code tells. */
  readonly isInDoubt?: boolean;
}

/** These say no more than that it failed; then the cause may tell. */
const GENERIC: ReadonlySet<string> = new Set(['SYS.1000', 'SYS.1006']);

const MEANINGS: ReadonlyMap<string, Meaning> = new Map([
  // A lock or a captcha passes; what is wrong with the credentials does so only by somebody's hand.
  ['LOGIN_CONTROL', { code: 'unauthenticated', retryAfterMs: 15 * MINUTE }],
  ['ID.1000', { code: 'unauthenticated', retryAfterMs: DAY }],
  ['ID.1005', { code: 'unauthenticated', retryAfterMs: DAY }],
  ['ID.1001', { code: 'unauthenticated' }],
  ['ID.1002', { code: 'forbidden' }],
  ['ID.1006', { code: 'rate_limited', retryAfterMs: MINUTE }],
  ['SYS.1000', { code: 'rejected', isInDoubt: true }],
  ['SYS.1001', { code: 'timeout' }],
  ['SYS.1003', { code: 'not_found' }],
  ['SYS.1007', { code: 'invalid_input' }],
  ['SYS.1010', { code: 'unavailable' }],
  ['SYS.1012', { code: 'unavailable' }],
  ['PORTAL.1002', { code: 'unavailable' }],
]);

const HINTS: Hints = {
  unauthenticated:
    'Check account and password, whether the password has to be changed first, and whether the account is locked or wants a captcha. Then start the gateway anew: by itself it tries again only much later, so that the account is not locked.',
  forbidden:
    'Give the gateway an administrator’s account or access key. With an access key, its clock may be 15 minutes off at most.',
  rate_limited: 'The account may have too many sessions. They end after two hours; an access key needs none.',
  rejected: 'ZStack says why when it is tried there.',
  unsupported: 'Check url and product; ZStack may also be older than this call.',
};
