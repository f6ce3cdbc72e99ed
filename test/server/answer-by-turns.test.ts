import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { answerByTurns } from '../../src/server/answer-by-turns.ts';
import type { Answer } from '../../src/server/shared-answers.ts';

const weights: number[] = [];
const byTurns = answerByTurns((weight, work) => {
  weights.push(weight);
  return work();
});
const QUERY = { document: parse('{ viewer { name } }'), isQuery: true };
const MUTATION = { document: parse('mutation { revokeClientSecret { __typename } }'), isQuery: false };
const answerOf = (length: number) => async (): Promise<Answer> => ({
  status: 200,
  text: 'x'.repeat(length),
  isWhole: true,
});

test('a query weighs what its document was answered with the last time', async () => {
  for (const length of [70_000, 20, 30]) await byTurns(QUERY, answerOf(length));
  expect(weights.splice(0)).toEqual([0, 70_000, 20]);
});

test('a mutation waits for no turn', async () => {
  const answer = await byTurns(MUTATION, answerOf(40));
  expect(answer.text).toHaveLength(40);
  expect(weights).toEqual([]);
});
