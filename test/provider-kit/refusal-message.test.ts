import { expect, it } from 'vitest';
import { PROVIDER_ERROR_CODES } from '../../src/provider-kit/provider-error.ts';
import { refusalMessage } from '../../src/provider-kit/refusal-message.ts';

it('each code has its own words, which name the vendor', () => {
  const messages = PROVIDER_ERROR_CODES.map((code) => refusalMessage(code, 'Acme'));
  expect(new Set(messages).size).toBe(PROVIDER_ERROR_CODES.length);
  for (const message of messages) expect(message).toMatch(/\bAcme\b/);
});
