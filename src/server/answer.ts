import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Exchange } from './exchange.ts';
import { acceptedMediaType } from './media-type.ts';
import type { Refusal } from './refusal.ts';

/** In the shape of a GraphQL answer, as every error body of this server. */
export function answerRefusal(exchange: Exchange, { status, code, message, headers }: Refusal): void {
  const { request, response, requestId, facts } = exchange;
  facts.codes = [code];
  const errors = [{ message, extensions: { code, retryable: false, requestId } }];
  const type = acceptedMediaType(request) ?? 'application/json';
  answerJson(response, status, { errors }, { ...headers, 'Content-Type': `${type}; charset=utf-8` });
}

/** Does nothing where an answer has begun or the client has left. */
export function answerJson(
  response: ServerResponse,
  status: number,
  body: object,
  headers: OutgoingHttpHeaders = { 'Content-Type': 'application/json' },
): void {
  answerText(response, status, JSON.stringify(body), headers);
}

/** Does nothing where an answer has begun or the client has left. */
export function answerText(
  response: ServerResponse,
  status: number,
  text: string,
  headers: OutgoingHttpHeaders,
): void {
  if (response.headersSent || response.destroyed) return;
  // As a text it goes out with the headers in one piece.
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(text) }).end(text);
}
