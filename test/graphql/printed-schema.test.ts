import { readdir, readFile } from 'node:fs/promises';
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  parse,
  printSchema,
  validate,
  type GraphQLNamedType,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { schema } from '../../src/graphql/schema.ts';

const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
const own = types.filter(({ name }) => !['ID', 'String', 'Int', 'Float', 'Boolean'].includes(name));

/** Every place of a type that carries a description, as `Type.field(argument)`. */
function described(type: GraphQLNamedType): { at: string; description: string | null | undefined }[] {
  const places = [{ at: type.name, description: type.description }];
  if (isEnumType(type)) {
    for (const value of type.getValues()) places.push({ ...value, at: `${type.name}.${value.name}` });
  }
  if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) {
    for (const field of Object.values(type.getFields())) {
      const at = `${type.name}.${field.name}`;
      places.push({ at, description: field.description });
      if ('args' in field) for (const arg of field.args) places.push({ ...arg, at: `${at}(${arg.name})` });
    }
  }
  return places;
}

describe('the printed schema', () => {
  test('is the committed one', async () => {
    expect(`${printSchema(schema)}\n`).toBe(await readFile('schema/schema.graphql', 'utf8'));
  });

  test('describes every type, field, argument and value', () => {
    const places = own.flatMap(described);
    expect(places.length).toBeGreaterThan(400);
    expect(places.filter(({ description }) => !description?.trim()).map(({ at }) => at)).toEqual([]);
  });

  test('shows a secret value in two places alone', () => {
    const values = own
      .filter(isObjectType)
      .filter((type) => 'value' in type.getFields())
      .map(({ name }) => name);
    expect(values.toSorted()).toEqual(['CreateAccessTokenSuccess', 'IssuedClientSecret']);
  });

  test('answers every mutation with a union of its success and of errors that one fragment catches', () => {
    const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
    expect(mutations).toHaveLength(21);
    for (const { name, type, args } of mutations) {
      const typeName = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
      expect(String(type)).toBe(`${typeName}Result!`);
      expect(args.map((arg) => `${arg.name}: ${String(arg.type)}`)).toEqual([`input: ${typeName}Input!`]);
      const union = schema.getType(`${typeName}Result`);
      const members = union && 'getTypes' in union ? union.getTypes() : [];
      const successes = members.filter(
        (member) => !member.getInterfaces().some((it) => it.name === 'GatewayError'),
      );
      expect(successes.map((success) => success.name)).toEqual([`${typeName}Success`]);
      expect(members.map((member) => member.name)).toContain('InvalidInputError');
    }
  });

  test('takes every document that comes with it', async () => {
    const names = await readdir('schema/operations');
    expect(names.length).toBeGreaterThan(5);
    const faults = names.map(async (name) => {
      const document = parse(await readFile(`schema/operations/${name}`, 'utf8'));
      return validate(schema, document).map(({ message }) => `${name}: ${message}`);
    });
    expect((await Promise.all(faults)).flat()).toEqual([]);
  });
});
