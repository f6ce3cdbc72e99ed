import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isRequiredInputField,
  type GraphQLArgument,
  type GraphQLInputType,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { schema } from '../../src/graphql/schema.ts';
import { ask } from './ask.ts';
import { memorySession } from './memory-session.ts';

/** Every place of the contract that takes a text: the verb, the argument, and the way into it. */
const PLACES = (['query', 'mutation'] as const).flatMap((verb) => {
  const root = verb === 'query' ? schema.getQueryType() : schema.getMutationType();
  return Object.values(root?.getFields() ?? {}).flatMap(({ name, args }) =>
    args.flatMap((argument) =>
      waysTo(argument.type).map((way) => ({
        verb,
        field: name,
        args,
        path: [argument.name, ...way],
        place: [name, argument.name, ...way].join('.'),
      })),
    ),
  );
});

function waysTo(type: GraphQLInputType): string[][] {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return behind('0', waysTo(nullable.ofType));
  if (isInputObjectType(nullable)) {
    const fields = Object.values(nullable.getFields());
    return fields.flatMap((field) => behind(field.name, waysTo(field.type)));
  }
  return ['String', 'ID', 'JSONObject'].includes(getNamedType(nullable).name) ? [[]] : [];
}

function behind(step: string, ways: readonly string[][]): string[][] {
  return ways.map((way) => [step].concat(way));
}

/** The least that the type takes, with the text at the end of the way. */
function valueOf(type: GraphQLInputType, way: readonly string[] | null, text: string): unknown {
  const nullable = getNullableType(type);
  const [step, ...rest] = way ?? [];
  if (isListType(nullable)) return [valueOf(nullable.ofType, way === null ? null : rest, text)];
  if (isInputObjectType(nullable)) {
    const given = Object.values(nullable.getFields()).filter(
      (field) => field.name === step || isRequiredInputField(field),
    );
    return Object.fromEntries(
      given.map((field) => [field.name, valueOf(field.type, field.name === step ? rest : null, text)]),
    );
  }
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name;
  if (nullable.toString() === 'JSONObject') return { a: [{ [text]: 1 }] };
  return `https://example.com/${way === null ? '' : text}`;
}

async function faultsOf({ verb, field, args, path: [name, ...way] }: (typeof PLACES)[number], text: string) {
  const given = args.filter((argument) => argument.name === name || isRequired(argument));
  const variables = Object.fromEntries(
    given.map((argument) => [
      argument.name,
      valueOf(argument.type, argument.name === name ? way : null, text),
    ]),
  );
  const declared = given.map((argument) => `$${argument.name}: ${argument.type.toString()}`).join(', ');
  const passed = given.map((argument) => `${argument.name}: $${argument.name}`).join(', ');
  const invalid = verb === 'mutation' ? '... on InvalidInputError { fields { path message } }' : '';
  const session = memorySession();
  const answer = await ask<Record<string, { fields?: Fault[] } | null>>(
    `${verb}(${declared}) { ${field}(${passed}) { __typename ${invalid} } }`,
    variables,
    session,
  );
  expect(session.writes).toEqual([]);
  const thrown = answer.errors.flatMap(({ extensions }) => extensions?.['fields'] as Fault[]);
  const faults = [...thrown, ...(answer.data?.[field]?.fields ?? [])];
  return faults.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

interface Fault {
  readonly path: string[];
  readonly message: string;
}

function isRequired({ type }: GraphQLArgument): boolean {
  return getNullableType(type) !== type;
}

describe('a text that no database keeps', () => {
  test('is looked for in all that the contract takes', () => {
    expect(PLACES.length).toBeGreaterThan(80);
  });

  test.each(PLACES)('is refused as $place, by name', async (place) => {
    for (const text of ['\0', '\ud800']) {
      const faults = await faultsOf(place, text);
      expect(faults.filter((fault) => fault.startsWith(`${place.path.join('.')}: `))).toEqual([
        expect.stringMatching(
          /: (must not hold U\+0000 or half a surrogate pair|is not an id of this gateway)$/,
        ),
      ]);
    }
  });
});

test.each(['0000-01-01T00:00:00Z', '9999-12-31T23:59:59-01:00'])(
  'a moment beyond the years that a database keeps (%s) is refused in a filter',
  async (moment) => {
    for (const field of ['since', 'until']) {
      const { errors } = await ask(`{ auditEvents(filter: { ${field}: "${moment}" }) { totalCount } }`);
      expect(errors).toMatchObject([
        {
          message: `filter.${field}: must lie in the years from 1 to 9999`,
          extensions: { code: 'BAD_USER_INPUT' },
        },
      ]);
    }
  },
);
