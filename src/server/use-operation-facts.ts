import { getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Question } from './question.ts';

/** Which operation of the document was asked for. */
export function useOperationFacts(): Plugin<Question> {
  return {
    onParse:
      () =>
      ({ result, context }) => {
        if (result === null || result instanceof Error) return;
        const operation = getOperationAST(result, context.params.operationName);
        context.exchange.facts.operationName = operation?.name?.value ?? null;
        context.exchange.facts.operationType = operation?.operation ?? null;
      },
  };
}
