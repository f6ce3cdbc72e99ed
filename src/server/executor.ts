import type { ExecutionResult } from 'graphql';
import type { Log } from '../domain/log.ts';
import { answerBytes } from './answer.ts';
import { formatErrors } from './format-errors.ts';
import { prepare } from './prepare.ts';
import type { Question } from './question.ts';
import { openYoga } from './yoga.ts';

/** Answers on the exchange's response. Resolves when all that was begun is over, also when the client has left. */
export type Executor = (question: Question) => Promise<void>;

/** GraphQL alone: bodies, methods, who asks, and all other addresses are settled before it. */
export function createExecutor(log: Log): Executor {
  const yoga = openYoga();
  return async (question) => {
    const { exchange, mediaType, params, session } = question;
    const send = (status: number, body: object, headers = {}) =>
      answerBytes(exchange.response, status, Buffer.from(JSON.stringify(body)), {
        ...headers,
        'Content-Type': `${mediaType}; charset=utf-8`,
      });
    const engine = yoga.getEnveloped({ session });
    const document = prepare(engine, question);
    if ('errors' in document) {
      const { status, headers, errors } = document;
      return send(status, { errors: formatErrors(errors, exchange, log) }, headers);
    }
    const { data, errors }: ExecutionResult = await engine.execute({
      schema: engine.schema,
      document,
      contextValue: await engine.contextFactory(),
      variableValues: params.variables,
      operationName: params.operationName,
    });
    if (errors === undefined) return send(200, { data });
    const formatted = formatErrors(errors, exchange, log);
    // Without data nothing was executed: the variables are not what the operation declares.
    if (data === undefined) return send(400, { errors: formatted });
    send(200, { errors: formatted, data });
  };
}
