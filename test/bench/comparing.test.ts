import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { parseCommandLine } from '../../bench/command-line.ts';
import { differenceOf } from '../../bench/difference.ts';
import { withoutMemory } from '../../bench/documents.ts';

test('answers are alike whatever the order of their fields', () => {
  expect(differenceOf({ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 })).toBeNull();
});

test('where answers differ first is told', () => {
  const of = (status: string) => ({ data: { nodes: [{ status: 'ACTIVE' }, { status }] } });
  expect(differenceOf(of('ACTIVE'), of('EXPIRED'))).toBe(
    'answer.data.nodes.1.status: "ACTIVE" and "EXPIRED"',
  );
  expect(differenceOf({ a: [1] }, { a: [1, 2] })).toBe('answer.a.1: undefined and 2');
  expect(differenceOf({ a: null }, { a: {} })).toBe('answer.a: null and {}');
});

test('without memory means so on every root field that has one, and on no other', () => {
  const schema = buildSchema(`
    type Query { tenant(id: ID, maxStaleness: String): Tenant  providers: [String!] }
    type Tenant { tenant(id: ID, maxStaleness: String): Tenant  name: String }
  `);
  const document = withoutMemory('{ tenant(id: "1") { name tenant { name } } providers }', schema);
  expect(document.replaceAll(/\s+/g, ' ')).toBe(
    '{ tenant(id: "1", maxStaleness: "PT0S") { name tenant { name } } providers }',
  );
});

test('what is asked for on the command line, or what is wrong with it', () => {
  const parse = (...args: string[]) => parseCommandLine(args, ['nested', 'point']);
  const defaults = { scenarios: [], rounds: 3, seconds: 4, connections: 32, json: null, profile: null };
  expect(parse()).toEqual(defaults);
  expect(parse('point', '--seconds', '0.5', '--json', 'out.json')).toEqual({
    ...defaults,
    scenarios: ['point'],
    seconds: 0.5,
    json: 'out.json',
  });
  expect(parse('nestd')).toMatch(/^There is no scenario nestd\.\n\nUsage: npm run bench/);
  expect(parse('--rounds', '0')).toMatch(/^--rounds, --seconds and --connections take numbers above 0/);
  expect(parse('--fast')).toMatch(/Usage: npm run bench/);
});
