import { expect, test } from 'vitest';
import { PROVIDER_ERROR_CODES, ProviderError } from '../../src/provider-kit/provider-error.ts';
import { gatewayErrorOf } from '../../src/service/translate-error.ts';

test.each(PROVIDER_ERROR_CODES)('%s keeps to itself what is private', (code) => {
  const error = new ProviderError(code, 'In public words.', { cause: new Error('canary') });
  const { message, hint } = gatewayErrorOf(error, 'acme', 'CREATE_CLIENT');
  expect(`${message} ${hint}`).not.toContain('canary');
});

test('a limit is told where the vendor tells it, and never made up', () => {
  const reached = (limit: number | null) =>
    gatewayErrorOf(new ProviderError('limit_reached', 'No more.', { limit }), 'acme', 'CREATE_CLIENT');
  expect(reached(10)).toMatchObject({ code: 'LIMIT_REACHED', limit: 10 });
  expect(reached(null)).toMatchObject({ code: 'PROVIDER_REJECTED', message: 'No more.' });
});

test('a write that may have been done says so, whatever its last try was refused for', () => {
  const error = new ProviderError('rate_limited', 'Too many.', { applied: 'maybe', retryAfterMs: 7000 });
  expect(gatewayErrorOf(error, 'acme', 'REVOKE_CLIENT_SECRET')).toMatchObject({
    code: 'PROVIDER_UNAVAILABLE',
    applied: 'UNKNOWN',
    retryAfterMs: 7000,
  });
});
