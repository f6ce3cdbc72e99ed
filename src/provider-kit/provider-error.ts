import type { InvalidField } from '../domain/gateway-error.ts';

/** Everything that can go wrong at a provider. The list is closed: `service/translate-error` covers it whole. */
export const PROVIDER_ERROR_CODES = [
  'invalid_input', // the caller's input breaks a rule of this vendor; found before or by the vendor
  'not_found',
  'conflict',
  'limit_reached',
  'unsupported', // this object, version or plan of the vendor cannot do it
  'rejected', // the vendor said no, for a reason of its own
  'unauthenticated', // the vendor does not accept the gateway's own credential
  'forbidden', // the gateway's own credential may not do this at the vendor
  'rate_limited',
  'unavailable', // no answer, or an answer that says the vendor is ill
  'timeout',
  'malformed', // an answer that cannot be read
  'aborted', // the caller went away
] as const;
export type ProviderErrorCode = (typeof PROVIDER_ERROR_CODES)[number];

export interface ProviderErrorDetails {
  /** 'maybe': a write may have taken effect; it must not be sent again blindly. Default 'no'. */
  readonly applied?: 'no' | 'maybe';
  readonly retryAfterMs?: number | null;
  /** The vendor's own id of the request, for its support. */
  readonly vendorRequestId?: string | null;
  /** For `invalid_input`: which fields, relative to the operation's input (`['expiresAt']`). */
  readonly fields?: readonly InvalidField[];
  /** For `limit_reached`. */
  readonly limit?: number | null;
  /** What to do about it. Public. */
  readonly hint?: string | null;
  /** Private: for the log. Must hold no secret value. */
  readonly cause?: unknown;
}

/** `message` is public: the adapter's own words, never the vendor's text and never an input value. */
export class ProviderError extends Error {
  readonly code: ProviderErrorCode;
  readonly applied: 'no' | 'maybe';
  readonly retryAfterMs: number | null;
  readonly vendorRequestId: string | null;
  readonly fields: readonly InvalidField[];
  readonly limit: number | null;
  readonly hint: string | null;

  constructor(code: ProviderErrorCode, message: string, details: ProviderErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.name = 'ProviderError';
    // As of GatewayError: Node.js asks for the stack of what a connection is destroyed with.
    this.stack = `${this.name}: ${message}`;
    this.code = code;
    this.applied = details.applied ?? 'no';
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.vendorRequestId = details.vendorRequestId ?? null;
    this.fields = details.fields ?? [];
    this.limit = details.limit ?? null;
    this.hint = details.hint ?? null;
  }
}

/** Nothing was sent to the vendor, so that this tells nothing of how it fares. */
export class UnsentError extends ProviderError {}

/** One fault of the operation's input. */
export function invalidInput(field: string, message: string): ProviderError {
  return new ProviderError('invalid_input', `${field}: ${message}`, { fields: [{ path: [field], message }] });
}

/** The same error, where its thrower knew less about whether the write took effect. */
export function withApplied(error: ProviderError, applied: 'no' | 'maybe'): ProviderError {
  if (error.applied === applied) return error;
  const { code, message, retryAfterMs, vendorRequestId, fields, limit, hint, cause } = error;
  const details = { applied, retryAfterMs, vendorRequestId, fields, limit, hint, cause };
  return new ProviderError(code, message, details);
}
