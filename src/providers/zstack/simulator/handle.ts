import type { SimulatorReply, SimulatorRequest } from '../../../provider-kit/simulator.ts';
import { checkHeaders, logIn } from './authentication.ts';
import { clientSecret, createClient, deleteClient, listClients, updateClient } from './client-calls.ts';
import { acceptJob, jobAnswer } from './jobs.ts';
import { query } from './queries.ts';
import { failed, plain, Refusal } from './refusal.ts';
import type { State } from './state.ts';

interface Asked {
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** What stands in the path in the place of a parameter. */
  readonly uuid: string;
}

interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  readonly only?: State['product'];
  readonly answer: (state: State, asked: Asked) => object;
}

/** A GET answers itself, a POST is a job. */
const ROUTES: readonly Route[] = [
  { method: 'GET', path: /^\/get\/sso\/client$/, answer: listClients },
  {
    method: 'POST',
    path: /^\/create\/oauth2\/client$/,
    answer: (state, { body }) => createClient(state, body),
  },
  {
    method: 'POST',
    path: /^\/update\/oauth2\/client$/,
    answer: (state, { body }) => updateClient(state, body),
  },
  { method: 'POST', path: /^\/delete\/sso\/client$/, answer: (state, { body }) => deleteClient(state, body) },
  {
    method: 'GET',
    path: /^\/oauth2\/clients\/([^/]+)\/client-secret$/,
    only: 'zsphere',
    answer: (state, { uuid }) => clientSecret(state, uuid),
  },
  {
    method: 'GET',
    path: /^\/accounts$/,
    answer: ({ accounts }, asked) => query(accounts.values(), asked.query),
  },
  {
    method: 'GET',
    path: /^\/iam2\/virtual-ids$/,
    only: 'cloud',
    answer: ({ virtualIds }, asked) => query(virtualIds.values(), asked.query),
  },
];

export function handle(state: State, request: SimulatorRequest): SimulatorReply {
  try {
    return answerOf(state, request);
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    throw error;
  }
}

function answerOf(state: State, request: SimulatorRequest): SimulatorReply {
  const { method } = request;
  const path = /^\/zstack\/v1(\/.*)$/.exec(request.path)?.[1] ?? '';
  const job = /^\/api-jobs\/([^/]+)$/.exec(path)?.[1];
  if (job !== undefined && method === 'GET') return jobAnswer(state, job);
  if (path === '/accounts/login' && method === 'PUT')
    return { status: 200, body: logIn(state, parse(request.body)) };
  const there = ROUTES.filter(
    (route) => route.path.test(path) && (route.only ?? state.product) === state.product,
  );
  const route = there.find((it) => it.method === method);
  if (there.length === 0) throw plain(404, `no api mapping to ${path}`);
  if (route === undefined) throw plain(405, `The method[${method}] is not allowed for the path[${path}]`);
  const authenticate = checkHeaders(state, request);
  const run = () => {
    authenticate();
    if (!state.settings.isAdministrator) throw failed('ID.1002', 'Operation not permitted');
    const uuid = route.path.exec(path)?.[1] ?? '';
    return route.answer(state, { query: request.query, body: parse(request.body), uuid });
  };
  return method === 'GET' ? { status: 200, body: run() } : acceptJob(state, request, run);
}

function parse(body: string): unknown {
  if (body === '') return null;
  try {
    return JSON.parse(body);
  } catch {
    throw plain(400, 'the body is no JSON');
  }
}
