import { randomUUID } from 'node:crypto';
import type { SimulatorReply, SimulatorRequest } from '../../../provider-kit/simulator.ts';
import { applicationOperations } from './applications.ts';
import { clientSecretOperations } from './client-secrets.ts';
import { directoryOperations } from './directory.ts';
import type { Operation, Operations } from './operation.ts';
import { Parameters } from './parameters.ts';
import { bodyOf, noSuchApi, Refusal, throttled } from './refusal.ts';
import { verify } from './signature.ts';
import type { State } from './state.ts';

const OPERATIONS: Operations = {
  ...directoryOperations,
  ...applicationOperations,
  ...clientSecretOperations,
};

/** In the vendor's order: signature, operation, permission, flow control, parameters, deed. */
export function handle(state: State, request: SimulatorRequest): SimulatorReply {
  const { accept = '', host = '' } = request.headers;
  const requestId = randomUUID().toUpperCase();
  try {
    return { status: 200, body: { RequestId: requestId, ...answer(state, request) } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const type = /\bjson\b/.test(accept) ? 'application/json' : 'text/xml';
    const headers = { 'content-type': `${type};charset=utf-8`, ...error.headers };
    return { status: error.status, headers, body: bodyOf(error, { host, requestId, accept }) };
  }
}

function answer(state: State, request: SimulatorRequest): object {
  verify(state, request);
  const action = request.headers['x-acs-action'] ?? '';
  const operation = operationOf(request, action);
  if (state.denied.has(action))
    throw new Refusal(403, 'NoPermission', `You are not authorized to do this action: eiam:${action}.`);
  const waitMs = state.flowControl(action);
  if (waitMs !== null) throw throttled(waitMs);
  return operation(state, new Parameters(request.query));
}

/** A read may also come as GET, but for what shows a value (vendor facts, section 1). */
function operationOf({ method, path, headers }: SimulatorRequest, action: string): Operation {
  const methods = /^(List|Get)/.test(action) ? ['GET', 'POST'] : ['POST'];
  const operation = Object.hasOwn(OPERATIONS, action) ? OPERATIONS[action] : undefined;
  const isThere = path === '/' && headers['x-acs-version'] === '2021-12-01' && methods.includes(method);
  if (operation === undefined || !isThere) throw noSuchApi();
  return operation;
}
