import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestGateway, type TestGateway } from '../gateway.ts';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway({ database: 'pglite' });
});
afterAll(() => gateway.close());

/** Of so many tokens: each inline fragment has four. */
function documentOf(tokens: number): string {
  return `{${' ... { __typename }'.repeat((tokens - 2) / 4)} }`;
}

describe('a document', () => {
  test('may have two thousand tokens', async () => {
    const { data } = await gateway.ask(documentOf(1998));
    expect(data).toEqual({ __typename: 'Query' });
  });

  test('is refused where it has more', async () => {
    const { data, errors } = await gateway.ask(documentOf(2002));
    expect(data).toBeNull();
    expect(errors[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    expect(errors[0]?.message).toContain('2000 tokens');
  });

  const faulty: readonly [name: string, document: string][] = [
    ['that is no GraphQL', '{'],
    ['that asks for what is not there', '{ nonsense }'],
    ['with a variable that is not given', 'query ($id: ID!) { node(id: $id) { id } }'],
  ];

  test.each(faulty)('%s is answered with a code of the contract', async (_, document) => {
    const { errors, headers } = await gateway.ask(document);
    expect(errors).not.toHaveLength(0);
    for (const { extensions } of errors) {
      expect(extensions).toEqual({
        code: 'BAD_USER_INPUT',
        retryable: false,
        requestId: headers.get('x-request-id'),
      });
    }
  });

  test('of many operations is refused where none of them is asked for', async () => {
    const { status, errors } = await gateway.ask('query A { __typename } query B { __typename }');
    expect(status).toBe(400);
    expect(errors[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });
});
