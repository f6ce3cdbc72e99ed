import type { ErrorCode, GatewayError } from '../domain/gateway-error.ts';

/** A provider whose part of an answer is missing, or older than it should be, and why. */
export interface ProviderFailure {
  readonly provider: string;
  readonly code: ErrorCode;
  /** Public. */
  readonly message: string;
  /** May the same question, asked again, be answered whole? */
  readonly retryable: boolean;
  /** Null: it was asked just now. */
  readonly since: Date | null;
}

export function failureNow(provider: string, { code, message, retryable }: GatewayError): ProviderFailure {
  return { provider, code, message, retryable, since: null };
}
