import { z } from 'zod';
import { validationFailure, type Issue } from './refusal.ts';
import type { State } from './state.ts';

/** What was sent, as the schema takes it. Unknown fields are dropped without a word. */
export function read<T>(state: State, schema: z.ZodType<T>, sent: unknown): T {
  const { data, error } = schema.safeParse(sent, { reportInput: true });
  if (error === undefined) return data;
  throw validationFailure(state.generation, error.issues.map(issueOf));
}

/** In the form of zod 3, which the vendor answers in. */
function issueOf(issue: z.core.$ZodIssue): Issue {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
  switch (issue.code) {
    case 'invalid_type': {
      const { expected } = issue;
      const received = typeName(issue.input);
      const message = received === 'undefined' ? 'Required' : `Expected ${expected}, received ${received}`;
      return { code: 'invalid_type', expected, received, path, message };
    }
    case 'too_small': {
      const { origin: type, minimum } = issue;
      const message =
        type === 'number' ? `Number must be greater than or equal to ${minimum}` : atLeast(type, minimum);
      return { code: 'too_small', minimum, type, inclusive: true, exact: false, message, path };
    }
    case 'too_big': {
      const { origin: type, maximum } = issue;
      const message = `Number must be less than or equal to ${maximum}`;
      return { code: 'too_big', maximum, type, inclusive: true, exact: false, message, path };
    }
    default:
      return { code: 'custom', path, message: 'Invalid' };
  }
}

function atLeast(type: string, minimum: number | bigint): string {
  return type === 'array'
    ? `Array must contain at least ${minimum} element(s)`
    : `String must contain at least ${minimum} character(s)`;
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
