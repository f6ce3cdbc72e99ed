import { z } from 'zod';
import { MINUTE } from '../../domain/duration.ts';
import type { ProviderError, ProviderErrorCode } from '../../provider-kit/provider-error.ts';
import { refusalMessage } from '../../provider-kit/refusal-message.ts';
import { codeOfStatus, refusal } from '../../provider-kit/refusal.ts';
import type { UpstreamReply, UpstreamRequest } from '../../provider-kit/upstream.ts';

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
  const { code, message = refusalMessage(code, 'ZStack'), hint = null, retryAfterMs, isInDoubt } = meaning;
  const { method, safe = method === 'GET', headers } = request;
  return refusal(code, message, reply, request, {
    hint,
    fields: code === 'invalid_input' ? [{ path: [], message }] : [],
    vendorRequestId: headers?.['x-job-uuid'] ?? null,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(isInDoubt === true && !safe && { applied: 'maybe' }),
  });
}

/** Of the error and its causes, outermost first. Empty: ZStack reports none. */
function codesOf({ json }: UpstreamReply): readonly string[] {
  const codes: string[] = [];
  let at = link.safeParse(body.safeParse(json).data?.error);
  for (; at.success && codes.length < MOST_CAUSES; at = link.safeParse(at.data.cause))
    codes.push(at.data.code);
  return codes;
}

/** Codes that say no more than that it failed; then the cause may tell. */
const GENERIC: ReadonlySet<string> = new Set(['SYS.1000', 'SYS.1006']);

function meaningOf(codes: readonly string[], { path }: UpstreamRequest): Meaning {
  const code = codes.find((it) => !GENERIC.has(it)) ?? codes[0] ?? '';
  const known = BY_CODE.get(code) ?? (code.startsWith('LOGIN_CONTROL.') ? 'locked' : 'refused');
  // Only a login is refused for good. To log in anew over it elsewhere would do so at each request.
  const isOfLogin = known === 'loginRefused' || known === 'locked';
  return MEANINGS[isOfLogin && path !== LOGIN_PATH ? 'credentialRefused' : known];
}

function meaningOfStatus(status: number): Meaning | null {
  const known = BY_STATUS.get(status);
  if (known !== undefined) return MEANINGS[known];
  const code = codeOfStatus(status);
  return code && { code };
}

interface Meaning {
  readonly code: ProviderErrorCode;
  /** Where it is more than what the code says. */
  readonly message?: string;
  readonly hint?: string;
  readonly retryAfterMs?: number;
  /** May a write have taken effect all the same? Where it is not said, the code tells. */
  readonly isInDoubt?: boolean;
}

const UNACCEPTED = 'ZStack does not accept what the gateway works with.';

const MEANINGS = {
  loginRefused: {
    code: 'unauthenticated',
    hint: 'Check account and password, and whether the password has to be changed first. Then start the gateway again: by itself it does not try once more, so that the account is not locked.',
  },
  locked: {
    code: 'unauthenticated',
    message: 'ZStack has locked the account of the gateway, or wants a captcha of it.',
    hint: 'Unlock the account, or give the gateway an access key in the place of account and password.',
    retryAfterMs: 15 * MINUTE,
  },
  sessionOver: { code: 'unauthenticated', message: UNACCEPTED },
  credentialRefused: { code: 'forbidden', message: UNACCEPTED },
  forbidden: { code: 'forbidden', hint: 'Give the gateway an administrator’s account or access key.' },
  tooManySessions: {
    code: 'rate_limited',
    message: 'The account of the gateway has too many sessions in ZStack.',
    hint: 'Sessions end after two hours; an access key needs none.',
    retryAfterMs: MINUTE,
  },
  notFound: { code: 'not_found' },
  inputRefused: { code: 'invalid_input' },
  late: { code: 'timeout' },
  ill: { code: 'unavailable' },
  refused: { code: 'rejected', hint: 'ZStack says why when it is tried there.' },
  broken: { code: 'rejected', message: 'ZStack broke down over this.', isInDoubt: true },
  // To a job uuid that it has seen before it says the same, and then the first one counts (vendor facts, section 2).
  misread: { code: 'rejected', message: 'ZStack could not read this.', isInDoubt: true },
  keyRefused: {
    code: 'forbidden',
    message: 'ZStack does not let the gateway in.',
    hint: 'With an access key, the clock of the gateway may be 15 minutes off at most.',
  },
  noSuchCall: {
    code: 'unsupported',
    hint: 'Check url and product; ZStack may also be older than this call.',
  },
} as const satisfies Record<string, Meaning>;

const BY_CODE: ReadonlyMap<string, keyof typeof MEANINGS> = new Map([
  ['ID.1000', 'loginRefused'],
  ['ID.1001', 'sessionOver'],
  ['ID.1002', 'forbidden'],
  ['ID.1005', 'loginRefused'],
  ['ID.1006', 'tooManySessions'],
  ['SYS.1000', 'broken'],
  ['SYS.1001', 'late'],
  ['SYS.1003', 'notFound'],
  ['SYS.1007', 'inputRefused'],
  ['SYS.1010', 'ill'],
  ['SYS.1012', 'ill'],
  ['PORTAL.1002', 'ill'],
]);

const BY_STATUS: ReadonlyMap<number, keyof typeof MEANINGS> = new Map([
  [400, 'misread'],
  [403, 'keyRefused'],
  [404, 'noSuchCall'],
  [405, 'noSuchCall'],
]);
