import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorCode } from '../domain/gateway-error.ts';
import { requestIdOf } from './request-id.ts';

/** One HTTP request and its answer, from the first line to the last byte. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  /** Aborts when the client leaves before its answer is complete. */
  readonly signal: AbortSignal;
  /** What becomes known on the way, for the log. */
  readonly facts: RequestFacts;
}

export interface RequestFacts {
  /** Null: nobody, or not asked. */
  actorId: string | null;
  /** Null: no operation, or one without a name. */
  operationName: string | null;
  operationType: string | null;
  codes: readonly ErrorCode[];
}

export function openExchange(request: IncomingMessage, response: ServerResponse): Exchange {
  const left = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) left.abort();
  });
  return {
    request,
    response,
    requestId: requestIdOf(request),
    signal: left.signal,
    facts: { actorId: null, operationName: null, operationType: null, codes: [] },
  };
}
