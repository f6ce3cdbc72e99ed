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
  answerBytes(response, status, Buffer.from(JSON.stringify(body)), headers);
}

/** Does nothing where an answer has begun or the client has left. */
export function answerBytes(
  response: ServerResponse,
  status: number,
  bytes: Buffer,
  headers: OutgoingHttpHeaders,
): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { ...headers, 'Content-Length': bytes.length }).end(bytes);
}
