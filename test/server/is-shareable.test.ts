import { parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../../src/graphql/schema.ts';
import { isShareable } from '../../src/server/is-shareable.ts';

test.each<[isShared: boolean, what: string, document: string]>([
  [true, 'what providers hold', '{ tenants { nodes { id name clients { nodes { id } } } } }'],
  [true, 'an object by its id', 'query ($id: ID!) { node(id: $id) { id ... on ClientSecret { status } } }'],
  [true, 'a fragment of the root', '{ ...Some } fragment Some on Query { providers { name } }'],
  [false, 'a write', 'mutation { revokeClientSecret(input: { id: "x" }) { __typename } }'],
  [false, 'who asks', '{ viewer { name } }'],
  [false, 'who asks, beside others', '{ providers { name } viewer { name } }'],
  [false, 'who asks, in a fragment', '{ ...Me } fragment Me on Query { ... { viewer { name } } }'],
  [false, 'the audit trail', '{ auditEvents { nodes { id } } }'],
  [false, 'an event by its id', '{ node(id: "x") { ... on AuditEvent { action } } }'],
  [false, 'access tokens', '{ accessTokens { nodes { id } } }'],
  [false, 'rotations', '{ rotations { nodes { id } } }'],
  [false, 'the rotation of a secret', '{ node(id: "x") { ... on ClientSecret { rotation { state } } } }'],
  [false, 'how fresh it is', '{ node(id: "x") { ... on ClientSecret { freshness { source } } } }'],
])('shared %s: %s', (isShared, _, text) => {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  expect(isShareable(document)).toBe(isShared);
});

test('nothing is shared that says how old an answer may be', () => {
  expect(isShareable(parse('{ tenants(maxStaleness: "PT1S") { nodes { id } } }'))).toBe(false);
});
