import type { SimulatorReply, SimulatorRequest } from '../../../provider-kit/simulator.ts';
import { accountRoutes } from './account-routes.ts';
import type { Taken } from './limiter.ts';
import { oauthClientRoutes } from './oauth-client-routes.ts';
import { invalidRequest, notFound, Refusal, replyOf, unauthorized } from './refusal.ts';
import type { Asked } from './route.ts';
import { tokenOfValue, type AccessToken, type State } from './state.ts';
import { tokenRoutes } from './token-routes.ts';

const ROUTES = [...oauthClientRoutes, ...tokenRoutes, ...accountRoutes];
const CURRENT = 20240415;
/** Those that are over count as the oldest. */
const VERSIONS: ReadonlySet<string> = new Set(['20240415', '20220603', '20210729', '20191212', '20160426']);

/** Who sends a request, where it goes, what it says, and whether there were too many: in this order. */
export function handle(
  state: State,
  take: ((route: string) => Taken) | null,
  request: SimulatorRequest,
): SimulatorReply {
  const headers: Record<string, string> = {};
  try {
    const caller = authenticate(state, request);
    const version = versionOf(request, caller);
    const { route, id } = routeOf(request);
    const taken = take?.(`${request.method} ${String(route.path)}`);
    Object.assign(headers, taken?.headers);
    if (taken?.isRefused === true) throw new Refusal('rate_limited', 'Too many requests');
    const answer = route.methods[request.method];
    if (answer === undefined) throw new Refusal('method_not_allowed', 'Method not allowed');
    const { status = 200, body } = answer(state, {
      id,
      query: request.query,
      body: bodyOf(request),
      caller,
      isPaged: version >= CURRENT,
    } satisfies Asked);
    return { status, headers, body };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...replyOf(error), headers };
  }
}

/** By the bare token: any word before it is taken for a part of it. */
function authenticate(state: State, { headers }: SimulatorRequest): AccessToken {
  const caller = tokenOfValue(state, headers['authorization'] ?? '');
  if (caller === null) throw unauthorized();
  return caller;
}

/** A header that comes twice is one with a comma. Without any, the token in use decides (vendor facts, section 1). */
function versionOf({ headers }: SimulatorRequest, { defaultApiVersion }: AccessToken): number {
  const version = headers['ld-api-version'];
  if (version === undefined) return defaultApiVersion;
  if (version.includes(',')) throw invalidRequest('Too many values for parameter');
  if (!VERSIONS.has(version)) throw invalidRequest('Unknown API version');
  return Number(version);
}

function routeOf({ path }: SimulatorRequest) {
  for (const route of ROUTES) {
    const match = route.path.exec(path);
    if (match !== null) return { route, id: decodeURIComponent(match[1] ?? '') };
  }
  throw notFound();
}

/** What is posted has to say that it is JSON, also where it is empty (section 4). */
function bodyOf({ method, headers, body }: SimulatorRequest): unknown {
  if (method === 'GET' || method === 'DELETE') return null;
  if (headers['content-type']?.split(';')[0] !== 'application/json')
    throw invalidRequest('Content-Type must be application/json');
  try {
    return body === '' ? null : JSON.parse(body);
  } catch {
    throw invalidRequest('Invalid JSON');
  }
}
