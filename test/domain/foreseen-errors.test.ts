import { expect, test } from 'vitest';
import { NotFoundError } from '../../src/domain/gateway-error.ts';
import { ProviderError } from '../../src/provider-kit/provider-error.ts';

test.each([
  ['NotFoundError: Nothing is there.', new NotFoundError('Nothing is there.')],
  ['ProviderError: Nothing is there.', new ProviderError('not_found', 'Nothing is there.')],
])('%s: what is foreseen has no frames, which source maps would have to be read for', (stack, error) => {
  expect(error.stack).toBe(stack);
});
