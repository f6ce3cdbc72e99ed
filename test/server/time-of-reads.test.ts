import { afterAll, beforeAll, expect, test } from 'vitest';
import { serve, type Serving } from '../../src/server/serve.ts';
import type { Caller } from '../../src/service/caller.ts';
import { startTestGateway, type TestGateway } from '../gateway.ts';

let gateway: TestGateway;
let serving: Serving;
const callers: Caller[] = [];

beforeAll(async () => {
  gateway = await startTestGateway({ database: 'pglite' });
  const noting = {
    ...gateway.gateway,
    as: (caller: Caller) => {
      callers.push(caller);
      return gateway.gateway.as({ readBudgetMs: 0, ...caller });
    },
  };
  const log = { info() {}, warn() {}, error() {} };
  serving = await serve(noting, { host: '127.0.0.1', port: 0, log });
});
afterAll(async () => {
  await serving.close();
  await gateway.close();
});

async function ask(query: string): Promise<unknown> {
  const response = await fetch(`${serving.origin}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${gateway.token}` },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

test('that of a query begins when it is asked: what it waited is part of it, and then no vendor is asked', async () => {
  const before = performance.now();
  const requests = gateway.infisical.requests.length;
  expect(await ask('{ tenants(providers: ["infisical"]) { nodes { name } failures { message } } }')).toEqual({
    data: {
      tenants: { nodes: [], failures: [{ message: 'The time that one request may take is over.' }] },
    },
  });
  expect(callers.at(-1)?.readsFrom).toBeGreaterThanOrEqual(before);
  expect(gateway.infisical.requests.length).toBe(requests);
});

test('that below a mutation begins with the first of them', async () => {
  await ask('mutation { revokeAccessToken(input: { id: "x" }) { __typename } }');
  expect(callers.at(-1)?.readsFrom).toBeNull();
});
