import { randomUUID } from 'node:crypto';
import type { SimulatorReply, SimulatorRequest } from '../../../provider-kit/simulator.ts';
import type { Dialect } from '../config.ts';
import { clientRoutes } from './client-routes.ts';
import { directoryRoutes } from './directory-routes.ts';
import { answerOf, badRequest, forbidden, noSuchRoute, readOnly, Refusal, unauthorized } from './refusal.ts';
import type { Asked, Route } from './route.ts';
import { secretRoutes } from './secret-routes.ts';
import type { State } from './state.ts';
import { configuration, DISCOVERY, issueToken, TOKEN } from './token-endpoint.ts';
import { toWire } from './wire.ts';

/** Neither the tenant nor its regions are on the pages of v1-preview. */
const ROUTES: Readonly<Record<Dialect, readonly Route[]>> = {
  v1: [...directoryRoutes, ...clientRoutes, ...secretRoutes('v1')],
  'v1-preview': [...directoryRoutes.slice(2), ...clientRoutes, ...secretRoutes('v1-preview')],
};

/** Where a request came in. */
export interface Door {
  origin: string;
  /** Does this region take changes? */
  readonly isWritable: boolean;
}

/** In this order: route, token, tenant, region, role, body, deed. */
export function handle(state: State, door: Door, request: SimulatorRequest): SimulatorReply {
  if (request.path === DISCOVERY && request.method === 'GET') return configuration(door.origin);
  if (request.path === TOKEN && request.method === 'POST') return issueToken(state, request);
  try {
    return answer(state, door, request);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const reply = answerOf(error);
    return request.method === 'HEAD' ? { ...reply, body: undefined } : reply;
  }
}

/** A HEAD is answered as its GET is, without the body. */
function answer(state: State, door: Door, request: SimulatorRequest): SimulatorReply {
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const [, dialect, tenantId = '', rest = ''] =
    /^\/api\/([^/]+)\/Tenants\/([^/]+)(.*)$/.exec(request.path) ?? [];
  if (dialect !== state.dialect) throw noSuchRoute();
  const route = ROUTES[state.dialect].find((it) => it.method === method && it.path.test(rest));
  if (route === undefined) throw noSuchRoute();
  const { client: caller, tenant } = callerOf(state, request.headers['authorization']);
  if (tenant.id !== decodeURIComponent(tenantId)) throw forbidden(rest !== '' && rest !== '/Regions');
  if (method !== 'GET' && !door.isWritable) throw readOnly();
  const params = Object.entries(route.path.exec(rest)?.groups ?? {}).map(([name, text]) => [
    name,
    decodeURIComponent(text),
  ]);
  const asked: Asked = {
    state,
    tenant,
    caller,
    params: Object.fromEntries(params),
    query: request.query,
    body: parsed(request),
  };
  const { status, body, total } = route.answer(asked);
  const isVerbose = request.headers['accept-verbosity'] === 'verbose';
  return {
    status,
    headers: {
      'operation-id': randomUUID(),
      ...(total !== undefined && { 'total-count': String(total) }),
    },
    body: request.method === 'HEAD' ? undefined : toWire(body, state.dialect, isVerbose),
  };
}

function callerOf({ tokens, clock, dialect }: State, authorization = '') {
  const found = tokens.get(/^Bearer (.+)$/.exec(authorization)?.[1] ?? '');
  // In 2019 this was the one error without a body.
  if (found === undefined || found.expiresAt <= clock.now()) throw unauthorized(dialect === 'v1');
  return found;
}

function parsed({ body, headers }: SimulatorRequest): unknown {
  if (body === '') return undefined;
  if (!headers['content-type']?.startsWith('application/json')) throw badRequest('The body is no JSON.');
  try {
    return JSON.parse(body);
  } catch {
    throw badRequest('The body is no JSON.');
  }
}
