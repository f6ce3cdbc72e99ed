import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from '../domain/log.ts';
import { answerRefusal } from './answer.ts';
import { errorFields } from './error-fields.ts';
import { openExchange, type Exchange } from './exchange.ts';
import { Refusal } from './refusal.ts';
import { logRequest } from './request-log.ts';
import { setSecurityHeaders } from './security-headers.ts';

export interface Route {
  /** Its name in the log. */
  readonly name: string;
  /** May reject with a Refusal. */
  readonly answer: (exchange: Exchange) => void | Promise<void>;
}

const NOWHERE: Route = {
  name: 'none',
  answer: () => {
    throw new Refusal(404, 'NOT_FOUND', 'Nothing is here. GraphQL is at /graphql.');
  },
};

/** One request from its first line to its last byte. Never rejects; resolves when nothing of it goes on. */
export async function handleRequest(
  request: IncomingMessage,
  response: ServerResponse,
  routeOf: (request: IncomingMessage) => Route | null,
  log: Log,
): Promise<void> {
  const exchange = openExchange(request, response);
  const route = routeOf(request) ?? NOWHERE;
  logRequest(log, exchange, route.name);
  setSecurityHeaders(response);
  response.setHeader('X-Request-Id', exchange.requestId);
  try {
    await route.answer(exchange);
  } catch (error) {
    if (error instanceof Refusal) return answerRefusal(exchange, error);
    log.error({ requestId: exchange.requestId, ...errorFields(error) }, 'a request failed');
    answerRefusal(
      exchange,
      new Refusal(500, 'INTERNAL', 'The gateway failed. Its log has more under the request id.'),
    );
  }
}
