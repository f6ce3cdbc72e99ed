import { createYoga } from 'graphql-yoga';
import { schema } from '../graphql/schema.ts';
import { useTokenLimit } from './use-token-limit.ts';

/** What one request is parsed and checked with, and the schema that it is executed on. */
export type Engine = ReturnType<ReturnType<typeof openYoga>['getEnveloped']>;

/**
 * GraphQL alone, by `getEnveloped`: documents that were parsed and checked once are remembered. Its way through HTTP is
 * not taken: bodies, methods and who asks are settled before it, and to build a whatwg request and response for what is
 * known already costs more than most questions do.
 */
export function openYoga() {
  return createYoga({
    schema,
    plugins: [useTokenLimit()],
    maskedErrors: false,
    logging: false,
    cors: false,
    graphiql: false,
    landingPage: false,
    multipart: false,
  });
}
