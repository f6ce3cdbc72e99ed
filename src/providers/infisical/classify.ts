import { z } from 'zod';
import type { ProviderError, ProviderErrorCode } from '../../provider-kit/provider-error.ts';
import { refusal } from '../../provider-kit/refusal.ts';
import type { UpstreamReply, UpstreamRequest } from '../../provider-kit/upstream.ts';
import { clientAttributes, identityAttributes } from './input.ts';

export const LOGIN_PATH = '/api/v1/auth/universal-auth/login';
export const DETAILS_PATH = '/api/v1/identities/details';
const UNIVERSAL_AUTH = /^\/api\/v1\/auth\/universal-auth\/identities\/[^/]+$/;
const CLIENT_SECRETS = /\/client-secrets(\/|$)/;
const ONE_CLIENT_SECRET = /\/client-secrets\/[^/]+$/;

/** The body of an error. What is not in the vendor's form was not written by it. */
const body = z
  .object({
    error: z.string().catch(''),
    reqId: z
      .string()
      .regex(/^req-\w{1,40}$/)
      .nullable()
      .catch(null),
    message: z.array(z.object({ path: z.array(z.unknown()) })).catch([]),
  })
  .catch({ error: '', reqId: null, message: [] });

type Fault = z.output<typeof body> & Pick<UpstreamReply, 'status'> & Pick<UpstreamRequest, 'method' | 'path'>;

/** What a reply means when it is no success. Nothing of the vendor's own text gets into it. */
export function classify(reply: UpstreamReply, request: UpstreamRequest): ProviderError | null {
  const { status, headers, json } = reply;
  if (status < 400) return null;
  const { method, path } = request;
  const fault = { ...body.parse(json), status, method, path };
  const retryAfter = headers['retry-after'];
  const { code, message, hint }: Meaning =
    MEANINGS[retryAfter === undefined ? meaningOf(fault) : 'throttled'];
  return refusal(code, message, reply, request, {
    vendorRequestId: fault.reqId,
    fields: code === 'invalid_input' ? fieldsOf(fault, message) : [],
    hint: hint ?? null,
  });
}

/** Decided by status and `error`, never by the status alone (vendor facts, section 7). */
function meaningOf(fault: Fault): keyof typeof MEANINGS {
  const { status, error, method, path } = fault;
  if (status >= 500) return breakdownOf(fault);
  if (status === 429) return 'throttled';
  if (error === 'Not Found') return 'noSuchRoute';
  if (path === LOGIN_PATH) return 'loginRefused';
  // The build of 2024-10 says it with a 401, and newer ones say with a 403 that a token is over (sections 3 and 7).
  if (error === 'ValidationFailure' || status === 422) return 'inputRefused';
  if (error === 'TokenError' || status === 401) return 'tokenRefused';
  if (status === 403) return 'forbidden';
  if (status === 404) return error === 'NotFound' ? 'notFound' : 'foreign';
  if (status !== 400) return 'refused';
  // An identity without universal auth is a 400 to these (sections 5 and 6).
  if (CLIENT_SECRETS.test(path)) return 'notFound';
  if (UNIVERSAL_AUTH.test(path)) return method === 'GET' || method === 'DELETE' ? 'notFound' : 'refused';
  return method === 'DELETE' ? 'deleteProtected' : 'refused';
}

function breakdownOf({ status, error, reqId, method, path }: Fault): keyof typeof MEANINGS {
  const unforeseen = error === 'InternalServerError' || error === '';
  // To the build of 2024-10, which gives no request id, `details` is an id like others, and a client secret that
  // is not there a fault of its own (sections 2 and 6).
  const old = status === 500 && error !== '' && reqId === null && method === 'GET';
  if (old && (path === DETAILS_PATH || (unforeseen && ONE_CLIENT_SECRET.test(path)))) return 'tooOld';
  // A step of the database breaks on what it is given; a read gives it nothing but checked ids (section 7).
  return status === 500 && !unforeseen && method !== 'GET' ? 'inputUnstorable' : 'ill';
}

interface Meaning {
  readonly code: ProviderErrorCode;
  readonly message: string;
  readonly hint?: string;
}

const MEANINGS = {
  // The build of 2024-10 throttles with a 500, which only `retry-after` tells from others (section 8).
  throttled: { code: 'rate_limited', message: 'Infisical takes no more requests for now.' },
  noSuchRoute: { code: 'unsupported', message: 'This version of Infisical does not have this.' },
  tooOld: { code: 'unsupported', message: 'This version of Infisical cannot answer this.' },
  loginRefused: {
    code: 'unauthenticated',
    message: 'Infisical does not let the gateway log in.',
    hint: 'Check clientId and clientSecret: the secret may be wrong, revoked, expired or used up, its identity locked for some minutes, or the address of the gateway not trusted.',
  },
  tokenRefused: { code: 'unauthenticated', message: 'Infisical does not accept the token of the gateway.' },
  forbidden: {
    code: 'forbidden',
    message: 'The machine identity of the gateway may not do this in Infisical.',
    hint: 'Check organizationId; give it a role that permits this and is no less privileged than the identity it is done to.',
  },
  inputRefused: { code: 'invalid_input', message: 'is not what Infisical takes' },
  inputUnstorable: { code: 'invalid_input', message: 'is not what Infisical can store' },
  notFound: { code: 'not_found', message: 'Infisical has nothing with this id.' },
  deleteProtected: {
    code: 'conflict',
    message: 'Infisical protects this identity from being deleted.',
    hint: 'Set its attribute hasDeleteProtection to false first.',
  },
  refused: {
    code: 'rejected',
    message: 'Infisical refused this.',
    hint: 'A rule or the plan of the organisation forbids it; Infisical says which when it is tried there.',
  },
  foreign: { code: 'malformed', message: 'Something else than Infisical answered.', hint: 'Check the url.' },
  ill: { code: 'unavailable', message: 'Infisical answers that something is wrong with it.' },
} as const satisfies Record<string, Meaning>;

const FIELDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['ttl', ['expiresAt']],
  ['numUsesLimit', ['maxUses']],
  ['description', ['description']],
  ['name', ['name']],
  ...[...identityAttributes.keyof().options, ...clientAttributes.keyof().options].map(
    (name): [string, string[]] => [name, ['attributes', name]],
  ),
]);

/** Where the fields that the vendor's schema names stand in the operation's input. */
function fieldsOf({ message: issues }: Fault, message: string) {
  const paths = issues.map(({ path: [name] }) => FIELDS.get(String(name)) ?? []);
  return (paths.length === 0 ? [[]] : paths).map((path) => ({ path, message }));
}
