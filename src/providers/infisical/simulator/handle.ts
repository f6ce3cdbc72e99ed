import { createHash } from 'node:crypto';
import type { SimulatorReply, SimulatorRequest } from '../../../provider-kit/simulator.ts';
import { authenticate, type Caller } from './access-token.ts';
import { authenticationRoutes } from './authentication-routes.ts';
import { bodyOf, broken, Refusal, routeNotFound, throttled } from './refusal.ts';
import { clientSecretRoutes } from './client-secret-routes.ts';
import { findRoute } from './route.ts';
import { identityRoutes } from './identity-routes.ts';
import { organizationRoutes } from './organization-routes.ts';
import { universalAuthRoutes } from './universal-auth-routes.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { State } from './state.ts';

const ROUTES = [
  ...organizationRoutes,
  ...identityRoutes,
  ...universalAuthRoutes,
  ...clientSecretRoutes,
  ...authenticationRoutes,
];
const BODY_LIMIT = 1024 * 1024;
const NOBODY: Caller = { kind: 'nobody', role: 'no-access' };

/** In the vendor's order: route, token, body, limiter, schema, deed. */
export function handle(
  state: State,
  limiter: RateLimiter | null,
  requestId: string,
  request: SimulatorRequest,
): SimulatorReply {
  const headers: Record<string, string> = {};
  try {
    const reply = replyOf(200, headers, answer(state, limiter, request, headers));
    const unchanged = request.method === 'GET' && request.headers['if-none-match'] === headers['etag'];
    return unchanged ? { status: 304, headers } : reply;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return replyOf(error.status, headers, bodyOf(error, state.generation, requestId));
  }
}

/** Adds the limiter's headers to `headers`, for success and refusal alike. */
function answer(
  state: State,
  limiter: RateLimiter | null,
  request: SimulatorRequest,
  headers: Record<string, string>,
): object {
  const { path, query } = request;
  const url = query.size === 0 ? path : `${path}?${query.toString()}`;
  const found = findRoute(ROUTES, state, request.method === 'HEAD' ? 'GET' : request.method, path);
  if (found === null) throw routeNotFound(request.method, url);
  const { route, params } = found;
  const caller = route.needsToken ? authenticate(state, request.headers['authorization']) : NOBODY;
  const body = parseBody(request.headers['content-type'], request.body);
  const taken = limiter?.(request.headers['x-forwarded-for'] ?? 'direct', route) ?? null;
  Object.assign(headers, taken?.headers);
  if (taken?.refused === true) throw throttled(state.generation, taken.seconds);
  return route.answer(state, { url, params, query: Object.fromEntries(query), body, caller });
}

/** What the parser does not understand is a 500, not a 400, 413 or 415 (vendor facts, section 1). */
function parseBody(contentType: string | undefined, body: string): unknown {
  if (contentType === undefined && body === '') return null;
  if (Buffer.byteLength(body) > BODY_LIMIT) throw broken();
  const type = contentType?.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/x-www-form-urlencoded') return Object.fromEntries(new URLSearchParams(body));
  if (type !== 'application/json') throw broken();
  try {
    return JSON.parse(body);
  } catch {
    throw broken();
  }
}

/** Adds the type and the etag to `headers`. */
function replyOf(status: number, headers: Record<string, string>, body: object): SimulatorReply {
  const text = JSON.stringify(body);
  headers['content-type'] = 'application/json; charset=utf-8';
  headers['etag'] = `"${createHash('sha1').update(text).digest('base64')}"`;
  return { status, headers, body: text };
}
