import { ProviderError, type ProviderErrorCode } from '../../provider-kit/provider-error.ts';
import { gatewayErrorOf } from '../translate-error.ts';
import type { Fault } from './sweep-place.ts';

/** By the state of the vendor, which passes. All others are about what was asked, and come again. */
const WAITED_FOR: ReadonlySet<ProviderErrorCode> = new Set([
  'unauthenticated',
  'rate_limited',
  'unavailable',
  'timeout',
]);
/** So often the same step is tried before what fails in it is passed over. */
const TRIES = 5;

/**
 * What of these failures is passed over, so that one thing that cannot be read keeps no other back. Null: there is none.
 * Throws the first that is to be waited for. `tries`: how often this step has failed before; `hasCursor`: were they asked
 * for with a cursor, which a vendor may refuse?
 */
export function passOver(
  failures: readonly ProviderError[],
  { tries, hasCursor = false }: { readonly tries: number; readonly hasCursor?: boolean },
  provider: string,
): Fault | null {
  const isWaitedFor = ({ code }: ProviderError) =>
    code === 'aborted' || (code === 'invalid_input' && hasCursor) || (WAITED_FOR.has(code) && tries < TRIES);
  const first = failures.find(isWaitedFor);
  if (first !== undefined) throw first;
  // That something has gone in the meantime is no failure.
  const fault = failures.find(({ code }) => code !== 'not_found');
  return fault === undefined ? null : faultOf(fault, provider);
}

/** In public words. */
export function faultOf(error: ProviderError, provider: string): Fault {
  // Nothing of it is what somebody has put in.
  if (error.code === 'invalid_input') return { code: 'PROVIDER_REJECTED', message: error.message };
  const { code, message } = gatewayErrorOf(error, provider, null);
  return { code, message };
}
