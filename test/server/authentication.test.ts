import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestGateway, type TestGateway } from '../gateway.ts';
import { CreateAccessTokenDocument, RevokeAccessTokenDocument } from '../generated/graphql.ts';
import { testClock } from '../test-clock.ts';

const DAY = 24 * 60 * 60 * 1000;
const clock = testClock();
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway({ database: 'pglite', clock });
});
afterAll(() => gateway.close());

async function post(headers: Record<string, string>, query = '{ __typename }') {
  const response = await fetch(`${gateway.origin}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return { response, body: await response.json() };
}

async function makeToken(): Promise<{ id: string; value: string }> {
  const { createAccessToken } = await gateway.query(CreateAccessTokenDocument, {
    input: { name: 'a service', roles: [{ role: 'READER' }], expiresIn: 'P1D' },
  });
  if (!('value' in createAccessToken)) throw new Error(createAccessToken.message);
  return { id: createAccessToken.accessToken.id, value: createAccessToken.value };
}

describe('without a good access token', () => {
  const cases: readonly [name: string, headers: () => Record<string, string>][] = [
    ['no header', () => ({})],
    ['another scheme', () => ({ Authorization: `Basic ${gateway.token}` })],
    ['no token', () => ({ Authorization: 'Bearer' })],
    ['a malformed token', () => ({ Authorization: 'Bearer two words' })],
    ['something that is no token of ours', () => ({ Authorization: 'Bearer abc' })],
    ['an unknown token', () => ({ Authorization: `Bearer ${gateway.token.slice(0, -1)}x` })],
    ['the token in another header', () => ({ 'X-Api-Key': gateway.token })],
  ];

  test.each(cases)('%s is answered with 401', async (_, headers) => {
    const { response, body } = await post(headers());
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect(body.errors).toHaveLength(1);
    expect(body.errors[0].extensions.code).toBe('UNAUTHENTICATED');
    expect(body.data).toBeUndefined();
  });

  test('nothing of the question is looked at, so nothing is told of the schema', async () => {
    const answers = await Promise.all(
      ['{ nonsense }', '{', '{ viewer { name } }'].map((query) => post({}, query)),
    );
    const texts = answers.map(({ body }) => JSON.stringify(body.errors[0].message));
    expect(new Set(texts).size).toBe(1);
    expect(answers.map(({ response }) => response.status)).toEqual([401, 401, 401]);
  });
});

describe('an access token', () => {
  test('is good under any spelling of the scheme', async () => {
    const { response } = await post({ Authorization: `bearer ${gateway.token}` });
    expect(response.status).toBe(200);
  });

  test('is no good once it is revoked', async () => {
    const { id, value } = await makeToken();
    expect((await gateway.ask('{ viewer { name } }', {}, value)).data).toEqual({
      viewer: { name: 'a service' },
    });
    await gateway.query(RevokeAccessTokenDocument, { input: { id } });
    const { status, errors } = await gateway.ask('{ viewer { name } }', {}, value);
    expect(status).toBe(401);
    expect(errors[0]?.extensions['code']).toBe('UNAUTHENTICATED');
  });

  test('is no good once it has expired', async () => {
    const { value } = await makeToken();
    clock.pass(DAY - 1);
    expect((await gateway.ask('{ __typename }', {}, value)).status).toBe(200);
    clock.pass(1);
    expect((await gateway.ask('{ __typename }', {}, value)).status).toBe(401);
  });

  test('costs one SQL statement a request', async () => {
    await gateway.ask('{ __typename }');
    gateway.statements.length = 0;
    await gateway.ask('{ __typename }');
    expect(gateway.statements).toHaveLength(1);
  });
});
