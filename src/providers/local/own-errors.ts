import { InvalidInputError } from '../../domain/gateway-error.ts';
import type { Layer } from '../../provider-kit/around.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import { errorCode } from '../../store/error-code.ts';

const FOREIGN_KEY_VIOLATION = '23503';
/** A text, or a JSON text, with a character that PostgreSQL cannot store: U+0000. */
const UNSTORABLE: ReadonlySet<string | null> = new Set(['22021', '22P05']);
/** The server refused the statement, so it did nothing. Where the connection broke (08) or the server ended (57), nobody knows. */
const REFUSED = /^(?!08|57)(?=.*\d)[0-9A-Z]{5}$/;

/** Whatever the database or the store rejects with leaves as a ProviderError, without statement or parameters. */
export const ownErrors: Layer = async (method, _, run) => {
  try {
    return await run();
  } catch (error) {
    throw error instanceof ProviderError ? error : providerError(error, /^(?:get|list)/.test(method));
  }
};

function providerError(error: unknown, isRead: boolean): ProviderError {
  if (error instanceof InvalidInputError)
    return new ProviderError('invalid_input', error.message, { fields: error.fields });
  const code = errorCode(error);
  if (UNSTORABLE.has(code))
    return new ProviderError('invalid_input', 'A text holds the character U+0000, which cannot be stored.');
  return new ProviderError('unavailable', 'The database of the gateway does not answer as it should.', {
    applied: isRead || REFUSED.test(code ?? '') ? 'no' : 'maybe',
    cause: new Error(`database error ${code ?? 'without a code'}`),
  });
}

/** `onViolation` where something still refers to the row, or what the row refers to is not there. */
export async function withoutOrphans<T>(
  run: () => Promise<T>,
  onViolation: () => ProviderError | Promise<ProviderError>,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw errorCode(error) === FOREIGN_KEY_VIOLATION ? await onViolation() : error;
  }
}

export function noSuch(noun: string): ProviderError {
  return new ProviderError('not_found', `There is no such ${noun}.`);
}

/** `what`: how many of each noun. Those of which there are none are left out. */
export function stillHas(
  noun: string,
  what: Readonly<Record<string, number>>,
  remedy: string,
): ProviderError {
  const counts = Object.entries(what)
    .filter(([, n]) => n > 0)
    .map(([name, n]) => `${n} ${name}${n === 1 ? '' : 's'}`);
  return new ProviderError('conflict', `This ${noun} has ${counts.join(' and ') || 'something'}. ${remedy}`);
}
