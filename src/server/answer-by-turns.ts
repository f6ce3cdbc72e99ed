import type { DocumentNode } from 'graphql';
import { createAdmission, type Admit } from './admission.ts';
import type { Prepared } from './prepare.ts';
import type { Answer } from './shared-answers.ts';

/** Has it executed when it is its turn. */
export type AnswerByTurns = (prepared: Prepared, execute: () => Promise<Answer>) => Promise<Answer>;

/**
 * A query weighs what its document was answered with the last time; one that was never answered, nothing. Whatever
 * writes waits for no turn: who has to revoke has to revoke now.
 */
export function answerByTurns(admit: Admit = createAdmission()): AnswerByTurns {
  const lengths = new WeakMap<DocumentNode, number>();
  return async ({ document, isQuery }, execute) => {
    if (!isQuery) return execute();
    const answer = await admit(lengths.get(document) ?? 0, execute);
    lengths.set(document, answer.text.length);
    return answer;
  };
}
