import { auditServer } from 'graphql-http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestGateway, type TestGateway } from '../gateway.ts';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway({ database: 'pglite' });
});
afterAll(() => gateway.close());

test('the server keeps to GraphQL over HTTP, to the last audit', async () => {
  const results = await auditServer({
    url: `${gateway.origin}/graphql`,
    fetchFn: (url: string, init?: RequestInit) =>
      fetch(url, {
        ...init,
        headers: { ...(init?.headers as object), Authorization: `Bearer ${gateway.token}` },
      }),
  });
  expect(results.length).toBeGreaterThan(60);
  expect(results.filter(({ status }) => status !== 'ok').map(({ name }) => name)).toEqual([]);
});
