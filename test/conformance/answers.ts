import { expect } from 'vitest';
import type { PageRequest } from '../../src/domain/page.ts';
import { SecretValue } from '../../src/domain/secret-value.ts';
import type {
  Call,
  NewSecret,
  Provider,
  Replacement,
  SecretPageRequest,
} from '../../src/provider-kit/provider.ts';
import { ProviderError } from '../../src/provider-kit/provider-error.ts';

/** The answer to the only key; its error is thrown. */
export async function one<T>(answers: Promise<readonly (T | ProviderError)[]>): Promise<T> {
  const [answer, ...rest] = await answers;
  if (answer instanceof ProviderError) throw answer;
  if (answer === undefined || rest.length > 0) throw new Error('expected one answer for one key');
  return answer;
}

/** The same, where something has to be there. */
export async function found<T>(answers: Promise<readonly (T | null | ProviderError)[]>): Promise<T> {
  const answer = await one(answers);
  if (answer === null) throw new Error('there is nothing');
  return answer;
}

/** What it rejects with; fails where that is no ProviderError, or where it resolves. */
export async function failureOf(outcome: Promise<unknown> | undefined): Promise<ProviderError> {
  const failure = await outcome?.then(
    () => 'it succeeded',
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(ProviderError);
  if (!(failure instanceof ProviderError)) throw failure;
  return failure;
}

export const FIRST_PAGE: SecretPageRequest = {
  limit: 100,
  direction: 'forward',
  cursor: null,
  withTotal: false,
  status: null,
};

export function pageRequest(given: Partial<PageRequest>): SecretPageRequest {
  return { ...FIRST_PAGE, ...given };
}

export const NEW_SECRET: NewSecret = {
  description: 'deploy bot',
  expiresAt: null,
  maxUses: null,
  value: null,
  retrievable: null,
};

/** The same without a description, where this vendor has no place for one. */
export function newSecretOf({ traits }: Provider): NewSecret {
  return traits.describesSecrets ? NEW_SECRET : { ...NEW_SECRET, description: null };
}

/** What the only slot of a client is filled with anew, by who makes the value. */
export const REPLACEMENTS: Readonly<Record<'caller' | 'vendor', Replacement>> = {
  caller: { value: new SecretValue('a value of the caller’s own'), oldEndsAt: null },
  vendor: { value: null, oldEndsAt: null },
};

/** Of what the suite itself wants to know. */
export const QUIET: Call = { signal: new AbortController().signal, requestId: 'suite' };
