import { idKey, type ClientId, type ClientSecretId, type IdentityId, type TenantId } from '../domain/ids.ts';
import type { Call, Many } from './provider.ts';
import { ProviderError } from './provider-error.ts';

/** So many wait for their turn at a vendor that has no room: one alone would be served a place at a time. */
const AT_LEAST = 4;

/**
 * Asks for each key by itself, for a vendor that cannot be asked for many. Equal keys are asked for once. As many are
 * asked for at once as the vendor has room for, and a few at least. Those that wait are keys and nothing else: all that a
 * request needs, held for each of hundreds, would keep the garbage collector busier than the vendor.
 * What `ask` rejects with is that key's answer, if it is a ProviderError; anything else is a bug and rejects the whole.
 */
export function each<Id extends TenantId | IdentityId | ClientId | ClientSecretId, T>(
  ids: readonly Id[],
  { room = () => Infinity }: Pick<Call, 'room'>,
  ask: (id: Id) => Promise<T>,
): Many<T> {
  const keys = new Map<string, { readonly id: Id; readonly places: number[] }>();
  ids.forEach((id, place) => {
    const key = idKey(id);
    const known = keys.get(key);
    if (known === undefined) keys.set(key, { id, places: [place] });
    else known.places.push(place);
  });
  const waiting = keys.values();
  const answers = Array.from<T | ProviderError>({ length: ids.length });
  let [left, begun] = [keys.size, 0];

  return new Promise((resolve, reject) => {
    const begin = () => {
      for (let more = Math.max(room(), AT_LEAST - begun); more > 0; more -= 1) {
        const { value, done } = waiting.next();
        if (done === true) return;
        begun += 1;
        const note = (answer: T | ProviderError) => {
          for (const place of value.places) answers[place] = answer;
          begun -= 1;
          left -= 1;
          if (left === 0) resolve(answers);
          else begin();
        };
        answerOf(() => ask(value.id)).then(note, fail);
      }
    };
    const fail = (bug: unknown) => {
      keys.clear();
      reject(bug);
    };
    if (left === 0) resolve([]);
    else begin();
  });
}

async function answerOf<T>(ask: () => Promise<T>): Promise<T | ProviderError> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ProviderError) return error;
    throw error;
  }
}
