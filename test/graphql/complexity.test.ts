import { describe, expect, test } from 'vitest';
import { getIntrospectionQuery } from 'graphql';
import { encodeGlobalId } from '../../src/domain/ids.ts';
import { ask } from './ask.ts';
import { memorySession, TENANT } from './memory-session.ts';

const secret = `id externalId description hint status createdAt updatedAt expiresAt lastUsedAt revokedAt useCount
  maxUses retrievable attributes availableOperations freshness { asOf source } rotation { id state }`;

describe('a document that asks for much', () => {
  test('may ask for 50 clients with 20 secrets each, with every field', async () => {
    const { errors } = await ask(`{ tenants(first: 1) { nodes { clients(first: 50) { nodes {
      id name secrets(first: 20) { nodes { ${secret} } } } } } } }`);
    expect(errors).toEqual([]);
  });

  test('may ask for what every tenant holds, in pages of the usual size', async () => {
    const { errors } = await ask(`{ tenants { totalCount nodes { name clients { totalCount nodes {
      name secrets { nodes { id description hint status expiresAt lastUsedAt } } } } } } }`);
    expect(errors).toEqual([]);
  });

  test('may ask for some lists of records with their counts', async () => {
    const { errors } = await ask(
      '{ auditEvents(first: 100) { totalCount nodes { id action } } rotations(first: 100) { totalCount nodes { id state } } }',
    );
    expect(errors).toEqual([]);
  });

  test.each([
    [
      'few secrets of many clients of many tenants',
      '{ tenants(first: 100) { nodes { clients(first: 50) { nodes { secrets(first: 5) { nodes { id } } } } } } }',
      'asks for too many values to be fetched; 150000 are the most',
    ],
    [
      'one list of clients under many names',
      `{ node(id: "${encodeGlobalId('Tenant', TENANT)}") { ... on Tenant { ${Array.from(
        { length: 75 },
        (_, n) => `a${n}: clients(first: 100, after: "${n}") { __typename }`,
      ).join(' ')} } } }`,
      'asks for too many values to be fetched; 150000 are the most',
    ],
    ...['auditEvents', 'rotations', 'accessTokens'].map((list) => [
      `${list}, counted under many names`,
      `{ ${Array.from({ length: 10 }, (_, n) => `a${n}: ${list}(first: 1) { totalCount }`).join(' ')} }`,
      'asks for too many values to be fetched; 150000 are the most',
    ]),
    [
      'the same beside a size below zero',
      `{ low: tenants { nodes { clients(first: -1000000) { nodes { id } } } } ${Array.from({ length: 10 }, (_, n) => `a${n}: rotations { totalCount }`).join(' ')} }`,
      'asks for too many values to be fetched; 150000 are the most',
    ],
    [
      'tenants under many names',
      `{ ${Array.from({ length: 50 }, (_, n) => `a${n}: tenants(first: 1) { totalCount }`).join(' ')} }`,
      'asks for too many values to be fetched; 150000 are the most',
    ],
    [
      'a hundred times a hundred',
      '{ tenants(first: 100) { nodes { clients(first: 100) { nodes { secrets(first: 100) { nodes { id } } } } } } }',
      'asks for too many values to be fetched; 150000 are the most',
    ],
    [
      'the same from the end',
      '{ tenants(last: 100) { nodes { clients(last: 100) { nodes { secrets(last: 100) { nodes { id } } } } } } }',
      'asks for too many values to be fetched; 150000 are the most',
    ],
    [
      'the same field a thousand times',
      `{ ${Array.from({ length: 1001 }, (_, n) => `a${n}: __typename viewer${n}: viewer { name }`).join(' ')} }`,
      'asks for too many fields; 1000 are the most',
    ],
    [
      'a ring',
      `{ tenants { nodes { ${'clients { nodes { tenant { '.repeat(5)} id ${'} } }'.repeat(5)} } } }`,
      'asks for too many levels of fields; 15 are the most',
    ],
  ])('is refused: %s', async (_what, document, message) => {
    const session = memorySession();
    const { errors } = await ask(document, {}, session);
    expect(errors[0]).toMatchObject({
      message: `document: ${message}`,
      extensions: { code: 'BAD_USER_INPUT', hint: 'Ask for smaller pages, or in several requests.' },
    });
    expect(session.reads).toEqual([]);
  });

  test('a page that is too large is told so, and not that it costs too much', async () => {
    const { errors } = await ask('{ tenants(first: 100000) { nodes { id name } } }');
    expect(errors).toMatchObject([{ message: 'first: must be from 1 to 100' }]);
  });

  test('may ask what the schema is', async () => {
    expect((await ask(getIntrospectionQuery())).errors).toEqual([]);
  });
});
