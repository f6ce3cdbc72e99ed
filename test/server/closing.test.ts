import { once } from 'node:events';
import { Agent, request, type ClientRequest, type IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { serve, type Serving } from '../../src/server/serve.ts';
import { recordingLog, startTestGateway, type TestGateway } from '../gateway.ts';

const SLOW = '{ tenants(providers: ["infisical"]) { nodes { name } failures { code } } }';
const CREATE = `mutation ($tenant: ID!) {
  createIdentity(input: { tenant: $tenant, name: "made all the same" }) { __typename }
}`;
let gateway: TestGateway;
let serving: Serving;

beforeEach(async () => {
  gateway = await startTestGateway({ database: 'pglite' });
  serving = await serve(gateway.gateway, { host: '127.0.0.1', port: 0, log: recordingLog(gateway.log) });
});
afterEach(() => gateway.close());

function post(query: string, variables: object = {}, agent = new Agent()): ClientRequest {
  const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${gateway.token}` };
  const sent = request(`${serving.origin}/graphql`, { method: 'POST', headers, agent });
  sent.on('error', () => {});
  sent.end(JSON.stringify({ query, variables }));
  return sent;
}

async function answerTo(sent: ClientRequest): Promise<IncomingMessage> {
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
  return response;
}

/** What has come to the vendor, once it is more than `before`. */
async function untilVendorIsAsked(path: RegExp): Promise<void> {
  await expect.poll(() => gateway.infisical.requests.some((request) => path.test(request.path))).toBe(true);
}

async function tenantId(): Promise<string> {
  const { data } = await gateway.ask<{ tenants: { nodes: { id: string }[] } }>(
    '{ tenants(providers: ["infisical"]) { nodes { id } } }',
  );
  return data?.tenants.nodes[0]?.id ?? '';
}

describe('a client that leaves', () => {
  test('ends what is read for it, and leaves one line in the log', async () => {
    gateway.infisical.inject({ kind: 'silence', times: Infinity });
    const sent = post(SLOW);
    await untilVendorIsAsked(/./);
    sent.destroy();
    const left = () => gateway.log.filter(({ fields }) => 'route' in fields);
    await expect.poll(left).toHaveLength(1);
    expect(left()[0]).toMatchObject({ fields: { status: null, operation: null, type: 'query' } });
    const began = performance.now();
    await serving.close();
    expect(performance.now() - began).toBeLessThan(2000);
  });

  test('does not break off a write: it is done, and audited, before the server has ended', async () => {
    const tenant = await tenantId();
    gateway.infisical.inject({
      kind: { delayMs: 300 },
      match: ({ method, path }) => method === 'POST' && path === '/api/v1/identities',
    });
    const sent = post(CREATE, { tenant });
    await untilVendorIsAsked(/^\/api\/v1\/identities$/);
    sent.destroy();
    await serving.close();
    const { data } = await gateway.ask('{ auditEvents(last: 2) { nodes { action outcome } } }');
    expect(data).toEqual({
      auditEvents: {
        nodes: [
          { action: 'identity.create', outcome: 'STARTED' },
          { action: 'identity.create', outcome: 'SUCCEEDED' },
        ],
      },
    });
  });
});

describe('an end', () => {
  test('does not wait for connections on which nothing is asked', async () => {
    const agent = new Agent({ keepAlive: true });
    const { headers } = await answerTo(post('{ __typename }', {}, agent));
    expect(headers.connection).toBe('keep-alive');
    const began = performance.now();
    await serving.close();
    expect(performance.now() - began).toBeLessThan(2000);
    agent.destroy();
  });

  test('waits for what is being answered, and then closes its connection', async () => {
    gateway.infisical.inject({ kind: { delayMs: 300 } });
    const sent = post(SLOW, {}, new Agent({ keepAlive: true }));
    await untilVendorIsAsked(/./);
    const [response] = await Promise.all([answerTo(sent), serving.close()]);
    expect(response.statusCode).toBe(200);
    expect(response.headers.connection).toBe('close');
  });

  test('takes no new request', async () => {
    await serving.close();
    await expect(fetch(`${serving.origin}/livez`)).rejects.toThrow();
  });
});
