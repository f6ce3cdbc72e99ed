import { DAY, SECOND } from '../domain/duration.ts';
import { ProviderError, type ProviderErrorCode, type ProviderErrorDetails } from './provider-error.ts';
import type { UpstreamReply, UpstreamRequest } from './upstream.ts';

/** What HTTP itself says (RFC 9110 section 15), for a vendor that says no better. Null: a success. */
export function codeOfStatus(status: number): ProviderErrorCode | null {
  if (status < 400) return null;
  if (status >= 500) return 'unavailable';
  return CODES.get(status) ?? 'rejected';
}

const CODES: ReadonlyMap<number, ProviderErrorCode> = new Map([
  [401, 'unauthenticated'],
  [403, 'forbidden'],
  [404, 'not_found'],
  [405, 'unsupported'],
  [408, 'timeout'],
  [409, 'conflict'],
  [429, 'rate_limited'],
]);

/**
 * The error that a reply stands for. A vendor that is ill, or ran out of time, may have done what it was asked to
 * change; in all else it says that it did not. `retryAfterMs` comes from `Retry-After`, unless the details have it.
 */
export function refusal(
  code: ProviderErrorCode,
  message: string,
  { status, headers }: UpstreamReply,
  { method, safe = method === 'GET' }: UpstreamRequest,
  details: Omit<ProviderErrorDetails, 'cause'> = {},
): ProviderError {
  const inDoubt = (code === 'unavailable' || code === 'timeout') && !safe;
  return new ProviderError(code, message, {
    applied: inDoubt ? 'maybe' : 'no',
    retryAfterMs: retryAfterMs(headers),
    cause: new Error(`HTTP ${status}`),
    ...details,
  });
}

/**
 * Of `Retry-After`, in seconds or as a date (RFC 9110 section 10.2.3), which is one by the vendor's clock; a day at most,
 * since a longer one is no answer to anybody. Null: it does not say.
 */
export function retryAfterMs(headers: UpstreamReply['headers']): number | null {
  const { 'retry-after': text = '', date = '' } = headers;
  const ms = /^\d+$/.test(text) ? Number(text) * SECOND : Date.parse(text) - Date.parse(date);
  return ms > 0 ? Math.min(ms, DAY) : null;
}
