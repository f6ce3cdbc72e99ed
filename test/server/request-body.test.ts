import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestGateway, type TestGateway } from '../gateway.ts';

const MAX_BYTES = 1_000_000;
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway({ database: 'pglite' });
});
afterAll(() => gateway.close());

async function send(init: RequestInit, search = '') {
  const response = await fetch(`${gateway.origin}/graphql${search}`, {
    method: 'POST',
    ...init,
    headers: {
      Authorization: `Bearer ${gateway.token}`,
      'Content-Type': 'application/json',
      ...(init.headers as Record<string, string>),
    },
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

/** A document of so many bytes that asks for nothing much. */
function bodyOf(bytes: number): string {
  const [head, tail] = ['{"query":"{ __typename }","extensions":{"padding":"', '"}}'];
  return `${head}${'x'.repeat(bytes - head.length - tail.length)}${tail}`;
}

describe('the body of a request', () => {
  test('may have a million bytes', async () => {
    const { status, body } = await send({ body: bodyOf(MAX_BYTES) });
    expect(body).toEqual({ data: { __typename: 'Query' } });
    expect(status).toBe(200);
  });

  test('is refused with 413 where it has one more', async () => {
    const { status, body } = await send({ body: bodyOf(MAX_BYTES + 1) });
    expect(status).toBe(413);
    expect(body.errors[0].extensions.code).toBe('BAD_USER_INPUT');
  });

  test('is refused with 413 where it does not say how long it is', async () => {
    const chunk = 'x'.repeat(MAX_BYTES / 2);
    const body = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 3; i++) controller.enqueue(new TextEncoder().encode(chunk));
        controller.close();
      },
    });
    expect((await send({ body, duplex: 'half' } as RequestInit)).status).toBe(413);
  });

  const unusable: readonly [name: string, init: RequestInit, status: number][] = [
    ['is empty', { body: '' }, 400],
    ['is not there', {}, 400],
    ['is half a JSON text', { body: '{"query":' }, 400],
    ['is no object', { body: '"{ __typename }"' }, 400],
    ['is a batch', { body: '[{"query":"{ __typename }"}]' }, 400],
    ['has no document', { body: '{"variables":{}}' }, 400],
    ['has a document that is no text', { body: '{"query":1}' }, 400],
    ['has variables that are no object', { body: '{"query":"{ __typename }","variables":"x"}' }, 400],
    ['is a form', { body: 'query=x', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }, 415],
    ['is of no type', { body: '{}', headers: { 'Content-Type': '' } }, 415],
    [
      'is in another charset',
      { body: '{}', headers: { 'Content-Type': 'application/json; charset=utf-16' } },
      415,
    ],
    ['comes with PUT', { method: 'PUT', body: '{}' }, 405],
    ['wants an answer that there is not', { body: '{}', headers: { Accept: 'text/event-stream' } }, 406],
  ];

  test.each(unusable)('is refused where it %s', async (_, init, status) => {
    const answer = await send(init);
    expect(answer.status).toBe(status);
    expect(answer.body.errors).toHaveLength(1);
    expect(answer.body.errors[0].extensions).toEqual({
      code: 'BAD_USER_INPUT',
      retryable: false,
      requestId: answer.headers.get('x-request-id'),
    });
  });

  test('is not repeated in what is said of it', async () => {
    for (const body of [
      '{"query": canary',
      '{"query":{"canary":1}}',
      '{"query":"{ __typename }","variables":"canary"}',
    ]) {
      expect(JSON.stringify((await send({ body })).body)).not.toContain('canary');
    }
  });

  test('that never ends keeps nobody else waiting, and ends with its client', async () => {
    const slow = request(`${gateway.origin}/graphql`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${gateway.token}`,
        'Content-Type': 'application/json',
        'Content-Length': 100,
      },
    });
    slow.on('error', () => {});
    slow.write('{"query":');
    expect((await send({ body: bodyOf(100) })).status).toBe(200);
    slow.destroy();
    await expect.poll(() => gateway.log.filter(({ fields }) => fields['status'] === null)).toHaveLength(1);
  });
});

describe('a query by GET', () => {
  test('is answered', async () => {
    const query = encodeURIComponent(
      'query Named($first: Int!) { tenants(first: $first) { nodes { name } } }',
    );
    const variables = encodeURIComponent('{"first":1}');
    const search = `?query=${query}&variables=${variables}&operationName=Named`;
    const { status, body } = await send({ method: 'GET' }, search);
    expect(body.errors).toBeUndefined();
    expect(status).toBe(200);
  });

  test('with variables that are no JSON is refused', async () => {
    const { status, body } = await send(
      { method: 'GET' },
      `?query=${encodeURIComponent('{ __typename }')}&variables={`,
    );
    expect(status).toBe(400);
    expect(body.errors[0].extensions.code).toBe('BAD_USER_INPUT');
  });

  test('changes nothing: a mutation is refused', async () => {
    const mutation = 'mutation { createTenant(input: { provider: "local", name: "by GET" }) { __typename } }';
    const { status, headers, body } = await send({ method: 'GET' }, `?query=${encodeURIComponent(mutation)}`);
    expect(status).toBe(405);
    expect(headers.get('allow')).toBe('POST');
    expect(body.errors[0].extensions.code).toBe('BAD_USER_INPUT');
    const { data } = await gateway.ask('{ tenants(providers: ["local"]) { nodes { name } } }');
    expect(data).toEqual({ tenants: { nodes: [] } });
  });
});
