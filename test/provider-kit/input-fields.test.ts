import { expect, it } from 'vitest';
import { z } from 'zod';
import {
  attributesSchema,
  parseAttributes,
  refuseGiven,
  textOf,
} from '../../src/provider-kit/input-fields.ts';
import { failureOf } from './test-upstream.ts';

const thrown = (act: () => unknown) => failureOf(Promise.resolve().then(act));

it('refuses what is given, and names it', async () => {
  const reasons = { enabled: 'cannot be switched', redirectUris: 'has none' };
  for (const input of [
    {},
    { enabled: null },
    { redirectUris: [] },
    { enabled: undefined, redirectUris: null },
  ])
    expect(() => refuseGiven(input, reasons)).not.toThrow();
  for (const [field, value] of [['enabled', false] as const, ['redirectUris', ['x']] as const]) {
    expect(await thrown(() => refuseGiven({ [field]: value }, reasons))).toMatchObject({
      code: 'invalid_input',
      fields: [{ path: [field], message: reasons[field] }],
    });
  }
});

it('a text is trimmed, counted in characters, and kept from what no vendor stores', async () => {
  expect(textOf('name', '  𝒳𝒴  ', { max: 2 })).toBe('𝒳𝒴');
  expect(textOf('description', '', { max: 2 })).toBe('');
  for (const [text, required] of [['abc', false] as const, ['a\0', false] as const, ['  ', true] as const])
    expect((await thrown(() => textOf('name', text, { max: 2, required }))).fields).toMatchObject([
      { path: ['name'] },
    ]);
});

it('every fault of the attributes is told, with what there is, and without a value', async () => {
  const schema = attributesSchema('Acme', { size: z.int(), colour: z.string() });
  expect(parseAttributes(schema, null)).toEqual({});
  expect(parseAttributes(schema, { size: 3 })).toEqual({ size: 3 });
  const error = await thrown(() => parseAttributes(schema, { size: 'canary', canary: 1 }));
  expect(error.fields.map(({ path }) => path)).toEqual([['attributes', 'size'], ['attributes']]);
  expect(error.message).toContain('it has size, colour');
  expect(error.message).not.toContain('canary');
});
