import { execute, type DocumentNode } from 'graphql';
import type { OutgoingHttpHeaders } from 'node:http';
import type { Log } from '../domain/log.ts';
import { createLoaders } from '../graphql/loaders.ts';
import type { Session } from '../service/session.ts';
import { answerByTurns } from './answer-by-turns.ts';
import { answerText } from './answer.ts';
import { formatErrors } from './format-errors.ts';
import { isShareable } from './is-shareable.ts';
import { prepare } from './prepare.ts';
import type { Question } from './question.ts';
import { createSharedAnswers, type Answer, type SharedAnswersOptions } from './shared-answers.ts';
import { openYoga, type Engine } from './yoga.ts';

/** Answers on the exchange's response. Resolves when all that was begun is over, also when the client has left. */
export type Executor = (question: Question) => Promise<void>;

/** GraphQL alone: bodies, methods, who asks, and all other addresses are settled before it. */
export function createExecutor(log: Log, sharing: SharedAnswersOptions): Executor {
  const yoga = openYoga();
  const byTurns = answerByTurns();
  const share = createSharedAnswers(sharing);

  return async (question) => {
    const { exchange, mediaType } = question;
    const send = ({ status, text }: Omit<Answer, 'isWhole'>, headers: OutgoingHttpHeaders = {}) =>
      answerText(exchange.response, status, text, {
        ...headers,
        'Content-Type': `${mediaType}; charset=utf-8`,
      });
    const engine = yoga.getEnveloped({});
    const prepared = prepare(engine, question);
    if ('errors' in prepared) {
      const { status, headers, errors } = prepared;
      return send({ status, text: JSON.stringify({ errors: formatErrors(errors, exchange, log) }) }, headers);
    }
    const { document, isQuery } = prepared;
    // What a query waits is part of its time: for its turn, and for what it was to share.
    const readsFrom = isQuery ? performance.now() : null;
    const ask = (signal: AbortSignal) => {
      const session = question.sessionUntil(signal, readsFrom);
      return byTurns(prepared, () => answerTo(engine, document, question, session, log));
    };
    const { signal } = exchange;
    send(await (isShareable(document) ? share(keyOf(question), signal, ask) : ask(signal)));
  };
}

async function answerTo(
  engine: Engine,
  document: DocumentNode,
  { exchange, params }: Question,
  session: Session,
  log: Log,
): Promise<Answer> {
  // By graphql itself: the executor that yoga brings along costs more and does nothing here that it does not.
  const { data, errors } = await execute({
    schema: engine.schema,
    document,
    contextValue: { session, loaders: createLoaders(session) },
    variableValues: params.variables,
    operationName: params.operationName,
  });
  if (errors === undefined) return { status: 200, text: JSON.stringify({ data }), isWhole: true };
  const formatted = formatErrors(errors, exchange, log);
  // Without data nothing was executed: the variables are not what the operation declares.
  const [status, body] =
    data === undefined ? [400, { errors: formatted }] : [200, { errors: formatted, data }];
  return { status, text: JSON.stringify(body), isWhole: false };
}

/** All that an answer depends on. */
function keyOf({ params, actor }: Question): string {
  const { query, operationName = null, variables = null } = params;
  return JSON.stringify([query, operationName, variables, actor.grants]);
}
