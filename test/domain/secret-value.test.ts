import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { SecretValue } from '../../src/domain/secret-value.ts';

const text = 'kf_do-not-print-me';
const value = new SecretValue(text);

test.each([
  ['as a string', String(value)],
  ['in a template', `${value}`],
  ['as JSON', JSON.stringify({ value })],
  ['inspected', inspect({ deep: { value } }, { depth: 9, showHidden: true })],
  ['in an error', inspect(new Error('x', { cause: value }))],
  ['its own properties', JSON.stringify(Object.getOwnPropertyNames(value))],
])('prints as [secret] %s', (_, printed) => {
  expect(printed).not.toContain(text);
});

test('only reveal gives the text', () => {
  expect(value.reveal()).toBe(text);
  expect(JSON.stringify(value)).toBe('"[secret]"');
});
