import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestGateway, type TestGateway } from '../gateway.ts';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway({ database: 'pglite' });
});
afterAll(() => gateway.close());

describe('every answer', () => {
  const paths = ['/graphql', '/livez', '/readyz', '/nowhere', '/graphql/', '/'];

  test.each(paths)('of %s is kept by nobody, framed by nobody and guessed at by nobody', async (path) => {
    const { headers } = await fetch(`${gateway.origin}${path}`);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  test('with data is so as well', async () => {
    const { headers } = await gateway.ask('{ __typename }');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

test.each(['/', '/nowhere', '/graphql/', '/graphql/../secret', '/health', '/%00'])(
  'nothing is at %s',
  async (path) => {
    const response = await fetch(`${gateway.origin}${path}`, { headers: { Accept: 'text/html' } });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const { errors } = await response.json();
    expect(errors[0].extensions.code).toBe('NOT_FOUND');
  },
);
