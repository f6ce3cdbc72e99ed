import { getOperationAST, GraphQLError, OperationTypeNode, type DocumentNode } from 'graphql';
import type { OutgoingHttpHeaders } from 'node:http';
import type { Question } from './question.ts';
import type { Engine } from './yoga.ts';

/** A document, parsed and checked, with one operation that may be executed. */
export interface Prepared {
  readonly document: DocumentNode;
  readonly isQuery: boolean;
}

/** Why nothing was executed, and what HTTP says of it. */
export interface NotExecuted {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly errors: readonly GraphQLError[];
}

/**
 * The document of a question. Which of its operations is to be executed becomes known to the log. A document that is no
 * good is answered as GraphQL over HTTP, section 6.4, has it: with 200 to who wants JSON, since HTTP is not at fault, and
 * with 400 to who knows the media type of GraphQL.
 */
export function prepare(engine: Engine, question: Question): Prepared | NotExecuted {
  const { exchange, mediaType, params } = question;
  const document = parse(engine, params.query);
  const noGood = mediaType === 'application/json' ? 200 : 400;
  if (document instanceof GraphQLError) return notExecuted(noGood, [document]);
  const operation = getOperationAST(document, params.operationName);
  if (!operation) {
    return notExecuted(400, [new GraphQLError('Could not determine what operation to execute.')]);
  }
  exchange.facts.operationName = operation.name?.value ?? null;
  exchange.facts.operationType = operation.operation;
  if (operation.operation === OperationTypeNode.MUTATION && exchange.request.method === 'GET') {
    const error = new GraphQLError('Can only perform a mutation operation from a POST request.');
    return notExecuted(405, [error], { Allow: 'POST' });
  }
  const faults = engine.validate(engine.schema, document);
  if (faults.length > 0) return notExecuted(noGood, faults);
  return { document, isQuery: operation.operation === OperationTypeNode.QUERY };
}

function parse(engine: Engine, text: string): DocumentNode | GraphQLError {
  try {
    return engine.parse(text);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

function notExecuted(
  status: number,
  errors: readonly GraphQLError[],
  headers: OutgoingHttpHeaders = {},
): NotExecuted {
  return { status, headers, errors };
}
