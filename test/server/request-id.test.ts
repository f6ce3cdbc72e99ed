import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestGateway, type TestGateway } from '../gateway.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway({ database: 'pglite' });
});
afterAll(() => gateway.close());

async function requestIds(given: string | null, path = '/graphql') {
  const response = await fetch(`${gateway.origin}${path}`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${gateway.token}`,
      'Content-Type': 'application/json',
      ...(given !== null && { 'X-Request-Id': given }),
    },
    body: JSON.stringify({ query: '{ nonsense }' }),
  });
  const { errors } = await response.json();
  return { header: response.headers.get('x-request-id'), body: errors[0].extensions.requestId };
}

describe('the request id', () => {
  test.each(['abc-123', 'a.b_c', 'x'.repeat(64)])('%s of the caller is kept', async (given) => {
    expect(await requestIds(given)).toEqual({ header: given, body: given });
  });

  test.each(['has blanks', 'x'.repeat(65), 'quote"', '<b>', 'é'])(
    '%s is replaced by a new one',
    async (given) => {
      const { header, body } = await requestIds(given);
      expect(header).toMatch(UUID);
      expect(body).toBe(header);
    },
  );

  test('is made where none is given, for each request anew', async () => {
    const [first, second] = [await requestIds(null), await requestIds(null)];
    expect(first.header).toMatch(UUID);
    expect(second.header).not.toBe(first.header);
  });

  test('stands in answers that never reach GraphQL too', async () => {
    expect(await requestIds('abc', '/nowhere')).toEqual({ header: 'abc', body: 'abc' });
  });

  test('stands in the audit trail', async () => {
    await fetch(`${gateway.origin}/graphql`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${gateway.token}`,
        'Content-Type': 'application/json',
        'X-Request-Id': 'order-66',
      },
      body: JSON.stringify({
        query: 'mutation { createTenant(input: { provider: "local", name: "Acme" }) { __typename } }',
      }),
    });
    const { data } = await gateway.ask('{ auditEvents(last: 2) { nodes { requestId } } }');
    expect(data).toEqual({ auditEvents: { nodes: [{ requestId: 'order-66' }, { requestId: 'order-66' }] } });
  });
});
