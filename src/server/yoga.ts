import { createYoga } from 'graphql-yoga';
import type { Log } from '../domain/log.ts';
import { createLoaders } from '../graphql/loaders.ts';
import { schema } from '../graphql/schema.ts';
import type { Session } from '../service/session.ts';
import type { Question } from './question.ts';
import { useErrorFormat } from './use-error-format.ts';
import { useGivenParams } from './use-given-params.ts';
import { useOperationFacts } from './use-operation-facts.ts';
import { useTokenLimit } from './use-token-limit.ts';

/** Answers on the exchange's response. Resolves when all that was begun is over, also when the client has left. */
export type Executor = (question: Question) => Promise<void>;

/** GraphQL alone: bodies, methods, who asks, and all other addresses are settled before it. */
export function createExecutor(log: Log): Executor {
  const yoga = createYoga<Question, { session: Session; loaders: ReturnType<typeof createLoaders> }>({
    schema,
    context: ({ session }) => ({ session, loaders: createLoaders(session) }),
    plugins: [useGivenParams(), useTokenLimit(), useOperationFacts(), useErrorFormat(log)],
    maskedErrors: false,
    logging: false,
    cors: false,
    graphiql: false,
    landingPage: false,
    multipart: false,
    maxRequestBodySize: false,
    // Off: no address ends with a space.
    healthCheckEndpoint: ' ',
  });
  return async (question) => {
    const { request, response } = question.exchange;
    // Settled already, before anything was done: it is not chosen again.
    request.headers.accept = question.mediaType;
    await yoga(request, response, question);
  };
}
