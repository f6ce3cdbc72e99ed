import { expect, it } from 'vitest';
import { only } from '../../src/provider-kit/only.ts';
import { ProviderError } from '../../src/provider-kit/provider-error.ts';
import { SECRET } from './memory-provider.ts';
import { failureOf } from './test-upstream.ts';

it('the one answer, or why there is none', async () => {
  const failure = new ProviderError('unavailable', 'No.');
  expect(await only(Promise.resolve([SECRET]))).toBe(SECRET);
  expect(await failureOf(only(Promise.resolve([failure])))).toBe(failure);
  for (const nothing of [[null], []])
    expect((await failureOf(only(Promise.resolve(nothing)))).code).toBe('not_found');
});
