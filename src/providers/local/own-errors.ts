import { InvalidInputError } from '../../domain/gateway-error.ts';
import { isStorableJson } from '../../domain/storable.ts';
import { isRead, type Layer } from '../../provider-kit/around.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import { errorCode } from '../../store/error-code.ts';

/** The writes whose input is kept. */
const KEEPING = /^(?:create|update)/;
const FOREIGN_KEY_VIOLATION = '23503';
/** The server refused the statement, so it did nothing. Where the connection broke (08) or the server ended (57), nobody knows. */
const REFUSED = /^(?!08|57)(?=.*\d)[0-9A-Z]{5}$/;

/** Whatever the database or the store rejects with leaves as a ProviderError, without statement or parameters. */
export const ownErrors: Layer = async (method, args, run) => {
  try {
    if (KEEPING.test(method)) refuseUnstorable(args);
    return await run();
  } catch (error) {
    throw error instanceof ProviderError ? error : providerError(error, isRead(method));
  }
};

/** PostgreSQL fails on U+0000, and keeps half a surrogate pair as another text. An id with one is merely nobody's. */
function refuseUnstorable(args: readonly unknown[]): void {
  const isId = (arg: unknown) => typeof arg === 'object' && arg !== null && 'tenant' in arg;
  if (args.every((arg) => isId(arg) || isStorableJson(arg))) return;
  const message = 'a text holds U+0000 or half a surrogate pair, which cannot be stored';
  throw new ProviderError('invalid_input', message, { fields: [{ path: [], message }] });
}

function providerError(error: unknown, isRead: boolean): ProviderError {
  if (error instanceof InvalidInputError)
    return new ProviderError('invalid_input', error.message, { fields: error.fields });
  const code = errorCode(error);
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
