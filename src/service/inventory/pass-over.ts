import { ProviderError, type ProviderErrorCode } from '../../provider-kit/provider-error.ts';
import { gatewayErrorOf } from '../translate-error.ts';
import type { Fault } from './sweep-place.ts';

/** By the state of the vendor, which passes, or of a cursor. All others are about what was asked, and come again. */
const WAITED_FOR: ReadonlySet<ProviderErrorCode> = new Set([
  'unauthenticated',
  'rate_limited',
  'unavailable',
  'timeout',
  'invalid_input',
]);
/** A sweep gives a vendor nothing but its cursors. */
const CURSOR_REFUSED: Fault = {
  code: 'PROVIDER_REJECTED',
  message: 'The provider no longer knows where the last look had come to, so it begins anew.',
};
/** So often the same step is tried before what fails in it is passed over. */
const TRIES = 5;

/**
 * What of these failures is passed over, so that one thing that cannot be read keeps no other back. Null: there is none.
 * Throws the first that is to be waited for. `tries`: how often this step has failed before.
 */
export function passOver(failures: readonly ProviderError[], tries: number, provider: string): Fault | null {
  const first = failures.find(({ code }) => code === 'aborted' || (WAITED_FOR.has(code) && tries < TRIES));
  if (first !== undefined) throw first;
  // That something has gone in the meantime is no failure.
  const fault = failures.find(({ code }) => code !== 'not_found');
  return fault === undefined ? null : faultOf(fault, provider);
}

/** In words that say what becomes of it. */
export function faultOf(error: ProviderError, provider: string): Fault {
  if (error.code === 'invalid_input') return CURSOR_REFUSED;
  const { code, message } = gatewayErrorOf(error, provider, null);
  return { code, message };
}
