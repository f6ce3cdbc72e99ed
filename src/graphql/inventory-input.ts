import { parseDuration } from '../domain/duration.ts';
import { builder } from './builder.ts';
import { duration } from './input-fields.ts';
import { text } from './storable-input.ts';

/** Which way a list goes. */
export const OrderDirectionEnum = builder.enumType('OrderDirection', {
  description: 'Which way a list goes.',
  values: {
    ASC: { description: 'From the first to the last.' },
    DESC: { description: 'From the last to the first.' },
  },
});

export const providerNames = {
  description: 'At one of these providers, by their names. Left out: at all that you may read.',
  validate: {
    maxLength: [100, { message: 'must have at most 100 items' }] satisfies [number, { message: string }],
    items: { schema: text },
  },
};

/** Words that are looked for in what people call a thing. */
export function search(where: string) {
  return {
    description: `Each of these words, in 1 to 200 characters, has to begin a word of ${where}, whatever its case.`,
    validate: {
      schema: text.trim().min(1, 'must not be empty').max(200, 'must have at most 200 characters'),
    },
  };
}

const LONGEST = 'P36500D';

/** A time that is looked back or ahead. */
export function span(description: string) {
  const schema = duration.refine(
    (iso) => Number(parseDuration(iso)) <= Number(parseDuration(LONGEST)),
    `must be at most ${LONGEST}`,
  );
  return { type: 'Duration', description, validate: { schema } } as const;
}
