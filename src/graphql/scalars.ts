import { GraphQLScalarType } from 'graphql';
import { DateTimeISOResolver, DurationResolver, JSONObjectResolver, URLResolver } from 'graphql-scalars';
import { builder } from './builder.ts';

/** `DateTimeISO` prints text, which costs half of what `DateTime` costs; the contract knows it by the shorter name. */
const DateTime = new GraphQLScalarType({
  ...DateTimeISOResolver.toConfig(),
  name: 'DateTime',
  description: 'A moment, RFC 3339: `2026-01-31T12:00:00.000Z`. Always UTC on output.',
});

const Duration = new GraphQLScalarType({
  ...DurationResolver.toConfig(),
  description:
    'A length of time, ISO 8601: `PT90M`, `P30D`. Years and months are refused: they have no fixed length.',
});

/** graphql-scalars makes objects without a prototype of literals, which database drivers do not take for JSON. */
const JSONObject = new GraphQLScalarType({
  ...JSONObjectResolver.toConfig(),
  parseLiteral: (node, variables) => structuredClone(JSONObjectResolver.parseLiteral(node, variables)),
});

builder.addScalarType('DateTime', DateTime);
builder.addScalarType('Duration', Duration);
builder.addScalarType('URL', URLResolver);
builder.addScalarType('JSONObject', JSONObject);
