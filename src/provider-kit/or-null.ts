import { ProviderError, type ProviderErrorCode } from './provider-error.ts';

/** Null for an answer of this code. */
export async function orNull<T>(
  answer: Promise<T>,
  code: ProviderErrorCode = 'not_found',
): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ProviderError && error.code === code) return null;
    throw error;
  }
}
