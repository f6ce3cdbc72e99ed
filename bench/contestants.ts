import type { LoadQuestion } from './load/questions.ts';
import type { Running } from './processes.ts';

/** A server, and what it is asked. */
export interface Contestant {
  readonly name: string;
  readonly running: Running;
  readonly question: Omit<LoadQuestion, 'connections' | 'seconds'>;
}

/** Any GraphQL server; the same document with each of the variables in turn. */
export function graphqlContestant(
  name: string,
  running: Running,
  headers: Readonly<Record<string, string>>,
  document: string,
  variables: readonly object[],
): Contestant {
  const asks = variables.map((it) => ({
    path: '/graphql',
    body: JSON.stringify({ query: document, variables: it }),
  }));
  const json = { 'content-type': 'application/json', accept: 'application/json' };
  const question = {
    origin: running.origin,
    method: 'POST',
    headers: { ...json, ...headers },
    asks,
  } as const;
  return { name, running, question };
}

/** A server that has an address for each question. */
export function restContestant(
  name: string,
  running: Running,
  headers: Readonly<Record<string, string>>,
  paths: readonly string[],
): Contestant {
  const asks = paths.map((path) => ({ path, body: null }));
  const accept = { accept: 'application/json' };
  const question = {
    origin: running.origin,
    method: 'GET',
    headers: { ...accept, ...headers },
    asks,
  } as const;
  return { name, running, question };
}

/** The first of its answers, as it came; for what is compared, not measured. */
export async function answerOf({
  question: { origin, method, headers, asks },
}: Contestant): Promise<unknown> {
  const [{ path, body } = { path: '/', body: null }] = asks;
  const response = await fetch(origin + path, { method, headers, body });
  return response.json();
}
