import { performance } from 'node:perf_hooks';
import type { Log } from '../domain/log.ts';
import type { Exchange } from './exchange.ts';

const MAX_NAME = 64;

/** One line a request, once its answer is out or its client gone. No document, variable, address or header. */
export function logRequest(log: Log, { request, response, requestId, facts }: Exchange, route: string): void {
  const began = performance.now();
  response.once('close', () => {
    const answered = response.writableFinished;
    const fields = {
      requestId,
      method: request.method,
      route,
      actor: facts.actorId,
      operation: facts.operationName?.slice(0, MAX_NAME) ?? null,
      type: facts.operationType,
      status: answered ? response.statusCode : null,
      codes: facts.codes,
      durationMs: Math.round(performance.now() - began),
    };
    log.info(fields, answered ? 'answered' : 'the client left before its answer');
  });
}
