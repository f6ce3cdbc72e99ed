import { expect } from 'vitest';
import type { TestGateway } from '../gateway.ts';

/** The verb's document that shows every fault of its input. */
export const refusalOf = (verb: string) =>
  `mutation($input: ${verb.charAt(0).toUpperCase()}${verb.slice(1)}Input!) {
  ${verb}(input: $input) { ... on InvalidInputError { fields { path message } } }
}`;

/** Sends the document with the input, and gives back each fault with its path; undefined where the answer tells none. */
export function inputFaults(open: () => TestGateway) {
  return async (document: { toString(): string }, input: object) => {
    const { data, errors } = await open().ask<
      Record<string, { fields?: { path: string[]; message: string }[] }>
    >(document.toString(), { input });
    expect(errors).toEqual([]);
    return Object.values(data ?? {})[0]?.fields?.map(({ path, message }) => `${path.join('.')}: ${message}`);
  };
}
