import { inspect, isDeepStrictEqual } from 'node:util';
import { ProviderError } from '../../src/provider-kit/provider-error.ts';

/**
 * 'kept': the answer holds what was given to the letter, and so does what is read from then on. 'refused': by the names
 * of the fields, and `state` is as it was. Anything else says what happened: that is never right.
 */
export async function keptOrRefused<Given extends object>(
  given: Given,
  run: (given: Given) => Promise<object>,
  { read, state }: { read(): Promise<object>; state(): Promise<unknown> },
  fields: readonly string[] = Object.keys(given),
): Promise<string> {
  const before = await state();
  try {
    const answer = await run(given);
    const isKept = holds(answer, given) && isDeepStrictEqual(await read(), answer);
    return isKept ? 'kept' : `${inspect(given)} became ${inspect(answer)}`;
  } catch (error) {
    if (!isDeepStrictEqual(await state(), before)) return `${inspect(given)} was refused and half done`;
    return isRefusal(error, fields) ? 'refused' : `${inspect(given)} met ${inspect(error)}`;
  }
}

/** Vendors keep texts without the space at their ends, and an empty one as none. */
function holds(answer: object, given: object): boolean {
  return Object.entries(given).every(([field, wanted]: [string, unknown]) => {
    const kept: unknown = Reflect.get(answer, field);
    if (field === 'attributes') return isWithin(kept, wanted);
    return isDeepStrictEqual(trimmed(kept), trimmed(wanted));
  });
}

function isWithin(kept: unknown, wanted: unknown): boolean {
  if (typeof kept !== 'object' || typeof wanted !== 'object') return false;
  const all: Record<string, unknown> = { ...kept };
  return Object.entries(wanted ?? {}).every(([key, value]) => isDeepStrictEqual(all[key], value));
}

function trimmed(value: unknown): unknown {
  return typeof value === 'string' ? value.trim() || null : value;
}

function isRefusal(error: unknown, fields: readonly string[]): boolean {
  if (!(error instanceof ProviderError)) return false;
  const { code, applied, fields: named } = error;
  const isOurs = named.every(
    ({ path: [field], message }) => message !== '' && (field === undefined || fields.includes(field)),
  );
  return code === 'invalid_input' && applied === 'no' && named.length > 0 && isOurs;
}
