import { getOperationAST, OperationTypeNode, type DocumentNode } from 'graphql';
import { createAdmission, type Admit } from './admission.ts';
import type { Answer } from './shared-answers.ts';

/** Has an operation of the document executed when it is its turn. */
export type AnswerByTurns = (
  document: DocumentNode,
  operationName: string | null | undefined,
  execute: () => Promise<Answer>,
) => Promise<Answer>;

/**
 * A query weighs what its document was answered with the last time; one that was never answered, nothing. Whatever
 * writes waits for no turn: who has to revoke has to revoke now.
 */
export function answerByTurns(admit: Admit = createAdmission()): AnswerByTurns {
  const lengths = new WeakMap<DocumentNode, number>();
  return async (document, operationName, execute) => {
    if (getOperationAST(document, operationName)?.operation !== OperationTypeNode.QUERY) return execute();
    const answer = await admit(lengths.get(document) ?? 0, execute);
    lengths.set(document, answer.text.length);
    return answer;
  };
}
