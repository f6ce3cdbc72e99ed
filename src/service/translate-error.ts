import {
  ConflictError,
  GatewayError,
  InvalidInputError,
  LimitReachedError,
  NotFoundError,
  ProviderRejectedError,
  ProviderUnavailableError,
  RateLimitedError,
  UnsupportedError,
} from '../domain/gateway-error.ts';
import type { Operation } from '../domain/operation.ts';
import { ProviderError } from '../provider-kit/provider-error.ts';

/** What is not there and what the actor may not read are told apart by nobody. */
export function notFound(cause?: unknown): NotFoundError {
  return new NotFoundError('There is nothing with this id, or you may not read it.', {
    hint: 'Take the id from a query of this gateway.',
    cause,
  });
}

/** `operation`: what was asked, for the one answer that names it. Null in a read. */
export function gatewayErrorOf(
  error: ProviderError,
  provider: string,
  operation: Operation | null,
): GatewayError {
  const details = { hint: error.hint, cause: error };
  switch (error.code) {
    case 'invalid_input':
      return new InvalidInputError(
        error.fields.map(({ path, message }) => ({
          path: operation === null ? path : ['input', ...path],
          message,
        })),
        details,
      );
    case 'not_found':
      return notFound(error);
    case 'conflict':
      return new ConflictError(error.message, details);
    case 'limit_reached':
      // How many there may be, some vendors do not say; and no number is better than a wrong one.
      return error.limit === null
        ? new ProviderRejectedError(error.message, provider, details)
        : new LimitReachedError(error.message, error.limit, details);
    case 'unsupported':
      return operation === null
        ? new ProviderRejectedError(error.message, provider, details)
        : new UnsupportedError(error.message, operation, details);
    case 'rejected':
    case 'forbidden':
      return new ProviderRejectedError(error.message, provider, details);
    case 'rate_limited':
      // Of a write that was repeated, it is the last try alone that took no effect.
      if (error.applied === 'maybe') return unavailable(error, provider);
      return new RateLimitedError(error.message, { provider, retryAfterMs: error.retryAfterMs }, details);
    case 'unauthenticated':
    case 'unavailable':
    case 'timeout':
    case 'malformed':
    case 'aborted':
      return unavailable(error, provider);
  }
}

function unavailable(error: ProviderError, provider: string): ProviderUnavailableError {
  const { message, hint, retryAfterMs } = error;
  const applied = error.applied === 'maybe' ? 'UNKNOWN' : 'NO';
  return new ProviderUnavailableError(message, { provider, applied, retryAfterMs }, { hint, cause: error });
}
