import { z } from 'zod';
import { SECOND } from '../../domain/duration.ts';
import type { ProviderError, ProviderErrorCode } from '../../provider-kit/provider-error.ts';
import { quotaOf } from '../../provider-kit/quota-of.ts';
import { requestId } from '../../provider-kit/reply-fields.ts';
import type { UpstreamReply, UpstreamRequest } from '../../provider-kit/upstream.ts';
import type { Quota } from '../../provider-kit/upstream-allowance.ts';
import { vendorRefusal } from '../../provider-kit/vendor-refusal.ts';
import { clientAttributes, identityAttributes } from './input.ts';

const ONE_SECRET = /\/client-secrets\/[^/]+$/;

/** The body of an error. What is not in the vendor's form was not written by it. */
const body = z
  .object({
    error: z.string().catch(''),
    reqId: requestId(/^req-\w{1,40}$/),
    message: z.array(z.object({ path: z.array(z.unknown()) })).catch([]),
  })
  .catch({ error: '', reqId: null, message: [] });

/** What a reply means when it is no success. Nothing of the vendor's own text gets into it. */
export function classify(reply: UpstreamReply, request: UpstreamRequest): ProviderError | null {
  if (reply.status < 400) return null;
  const fault = body.parse(reply.json);
  const paths = fault.message.map(({ path: [name] }) => PATHS.get(name) ?? []);
  const code = codeOf(fault, reply, request);
  return vendorRefusal(WORDS, code, reply, request, { vendorRequestId: fault.reqId, paths });
}

/** Decided by status and `error`, never by the status alone (vendor facts, section 7). */
function codeOf(
  { error, reqId }: z.output<typeof body>,
  { status, headers }: UpstreamReply,
  { method, path }: UpstreamRequest,
): ProviderErrorCode {
  // The build of 2024-10 throttles with a 500, which only `retry-after` tells from others (section 8).
  if (status === 429 || 'retry-after' in headers) return 'rate_limited';
  if (status >= 500) {
    const isUnforeseen = error === 'InternalServerError' || error === '';
    // To the build of 2024-10, which gives no request id, `details` is an id like others, and a client secret that
    // is not there a fault of its own (sections 2 and 6).
    const isOld = status === 500 && error !== '' && reqId === null && method === 'GET';
    if (isOld && (path.endsWith('/details') || (isUnforeseen && ONE_SECRET.test(path)))) return 'unsupported';
    // A step of the database breaks on what it is given; a read gives it nothing but checked ids (section 7).
    return status === 500 && !isUnforeseen && method !== 'GET' ? 'invalid_input' : 'unavailable';
  }
  if (error === 'Not Found') return 'unsupported';
  if (path.endsWith('/login')) return 'unauthenticated';
  // The build of 2024-10 says it with a 401, and newer ones say with a 403 that a token is over (sections 3 and 7).
  if (error === 'ValidationFailure' || status === 422) return 'invalid_input';
  if (error === 'TokenError' || status === 401) return 'unauthenticated';
  if (status === 403) return 'forbidden';
  if (status === 404) return error === 'NotFound' ? 'not_found' : 'malformed';
  if (status !== 400) return 'rejected';
  // An identity without universal auth is a 400 to all but what gives or changes it (sections 5 and 6).
  const isOfAuth = path.includes('/universal-auth/') && (method === 'GET' || method === 'DELETE');
  if (isOfAuth || path.includes('/client-secrets')) return 'not_found';
  return method === 'DELETE' ? 'conflict' : 'rejected';
}

/** Of the route or the category that the request counts in: which, the vendor does not say (vendor facts, section 8). */
export function quotaAfter({ headers }: UpstreamReply): Quota | null {
  return quotaOf(headers['x-ratelimit-remaining'], Number(headers['x-ratelimit-reset']) * SECOND);
}

const WORDS = {
  vendor: 'Infisical',
  hints: {
    unauthenticated:
      'Check clientId and clientSecret: the secret may be wrong, revoked, expired or used up, its identity locked for some minutes, or the address of the gateway not trusted.',
    forbidden:
      'Check organizationId; give the identity of the gateway a role that permits this and is no less privileged than the identity it is done to.',
    conflict: 'Infisical protects it: set its attribute hasDeleteProtection to false first.',
    rejected: 'A rule or the plan of the organisation forbids it; try it there, and Infisical says which.',
    malformed: 'Check the url.',
  },
};

const INPUT = { ttl: ['expiresAt'], numUsesLimit: ['maxUses'], name: ['name'], description: ['description'] };
const ATTRIBUTES = [identityAttributes, clientAttributes].flatMap(({ shape }) => Object.keys(shape));
/** Where what the vendor's schema names stands in the operation's input. */
const PATHS: ReadonlyMap<unknown, readonly string[]> = new Map([
  ...Object.entries(INPUT),
  ...ATTRIBUTES.map((name): [string, string[]] => [name, ['attributes', name]]),
]);
