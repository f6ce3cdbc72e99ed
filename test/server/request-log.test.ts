import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTestGateway, type TestGateway } from '../gateway.ts';
import {
  CreateClientDocument,
  CreateClientSecretDocument,
  CreateTenantDocument,
} from '../generated/graphql.ts';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway({ database: 'pglite' });
});
afterAll(() => gateway.close());
beforeEach(() => {
  gateway.log.length = 0;
});

/** The lines of requests, once there are so many. */
async function lines(count: number) {
  const ofRequests = () => gateway.log.filter(({ fields }) => 'durationMs' in fields);
  await expect.poll(ofRequests).toHaveLength(count);
  return ofRequests().map(({ fields }) => fields);
}

describe('the log has one line for each request', () => {
  test('with what it was, who asked and what became of it', async () => {
    const { headers } = await gateway.ask('query WhoAmI { viewer { name } }');
    expect(await lines(1)).toEqual([
      {
        requestId: headers.get('x-request-id'),
        method: 'POST',
        route: 'graphql',
        actor: expect.stringMatching(/^token:[0-9a-f-]{36}$/),
        operation: 'WhoAmI',
        type: 'query',
        status: 200,
        codes: [],
        durationMs: expect.any(Number),
      },
    ]);
  });

  test('with the codes of its errors', async () => {
    await gateway.ask('{ nonsense }');
    await gateway.ask('{ __typename }', {}, 'kf_wrong');
    const found = (await lines(2)).map(({ codes, actor }) => [codes, actor === null]);
    expect(found).toEqual([
      [['BAD_USER_INPUT'], false],
      [['UNAUTHENTICATED'], true],
    ]);
  });

  test('with at most 64 characters that the caller chose', async () => {
    await gateway.ask(`query ${'N'.repeat(1000)} { __typename }`);
    const [line] = await lines(1);
    expect(line?.['operation']).toBe('N'.repeat(64));
  });

  test('also for what is not GraphQL, without its address', async () => {
    await fetch(`${gateway.origin}/canary?token=canary`);
    await fetch(`${gateway.origin}/livez?canary`);
    expect((await lines(2)).map(({ route, status }) => [route, status])).toEqual([
      ['none', 404],
      ['livez', 200],
    ]);
    expect(JSON.stringify(gateway.log)).not.toContain('canary');
  });
});

describe('the log never has', () => {
  test('a token, a variable, a document or the value of a secret', async () => {
    const { createTenant } = await gateway.query(CreateTenantDocument, {
      input: { provider: 'local', name: 'canary-tenant' },
    });
    const tenant = 'tenant' in createTenant ? createTenant.tenant.id : '';
    const { createClient } = await gateway.query(CreateClientDocument, {
      input: { tenant, name: 'canary-client' },
    });
    const client = 'client' in createClient ? createClient.client.id : '';
    const { createClientSecret } = await gateway.query(CreateClientSecretDocument, {
      input: { client, description: 'canary-description' },
    });
    const value = 'issued' in createClientSecret ? createClientSecret.issued.value : '';
    expect(value).toMatch(/^kf_/);
    await gateway.ask('query ($value: Int!) { canary }', { value: 'canary-value' });
    await lines(4);
    const log = JSON.stringify(gateway.log);
    expect(log).not.toContain('canary');
    expect(log).not.toContain(value);
    expect(log).not.toContain(gateway.token);
  });
});
