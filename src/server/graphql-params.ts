import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { Refusal } from './refusal.ts';
import { readJsonBody } from './request-body.ts';

const map = (name: string) =>
  z.record(z.string(), z.unknown(), `\`${name}\` has to be a JSON object.`).nullish();

const PARAMS = z.object(
  {
    query: z.string('`query` has to be a GraphQL document.'),
    operationName: z.string('`operationName` has to be a string.').nullish(),
    variables: map('variables'),
    extensions: map('extensions'),
  },
  'A request is one JSON object with `query`, and `variables` and `operationName` where they are needed.',
);

/** GraphQL over HTTP, section 5.1. */
export interface GraphqlParams {
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: Record<string, unknown>;
}

/** From the address of a GET or the body of a POST. Rejects with a Refusal. */
export async function readGraphqlParams(request: IncomingMessage): Promise<GraphqlParams> {
  const given = request.method === 'POST' ? await readJsonBody(request) : paramsOfAddress(request);
  const parsed = PARAMS.safeParse(given);
  if (!parsed.success)
    throw new Refusal(400, 'BAD_USER_INPUT', parsed.error.issues.map((i) => i.message).join(' '));
  const { query, operationName, variables } = parsed.data;
  return { query, ...(operationName ? { operationName } : {}), ...(variables ? { variables } : {}) };
}

function paramsOfAddress({ method, url = '/' }: IncomingMessage): Record<string, unknown> {
  if (method !== 'GET') {
    throw new Refusal(405, 'BAD_USER_INPUT', 'Ask with POST, or with GET for a query.', {
      Allow: 'GET, POST',
    });
  }
  const given = new URL(url, 'http://localhost').searchParams;
  const text = (name: string) => given.get(name) ?? undefined;
  return {
    query: text('query'),
    operationName: text('operationName'),
    variables: jsonOf('variables', text('variables')),
    extensions: jsonOf('extensions', text('extensions')),
  };
}

function jsonOf(name: string, text: string | undefined): unknown {
  try {
    return text === undefined || text === '' ? undefined : JSON.parse(text);
  } catch {
    throw new Refusal(400, 'BAD_USER_INPUT', `\`${name}\` is no valid JSON.`);
  }
}
