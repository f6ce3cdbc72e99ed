import { GraphQLError } from 'graphql';
import { formatDuration } from '../domain/duration.ts';
import {
  GatewayError,
  InvalidInputError,
  ProviderRejectedError,
  ProviderUnavailableError,
  RateLimitedError,
} from '../domain/gateway-error.ts';
import { isRequestError, withoutValues } from './request-error.ts';

export interface FormattedError {
  /** As the caller sees it: `extensions.code` is an ErrorCode. */
  readonly error: GraphQLError;
  /** What nobody has foreseen, for the log; the caller sees a mask. Null: all was foreseen. */
  readonly unforeseen: { readonly cause: unknown } | null;
}

/** What is said of an error below a mutation: the write, whether it succeeded or not, was over by then. */
const AFTER_WRITE = {
  retryable: false,
  hint:
    'The write was over before this was read: where it succeeded, it was carried out and stands. ' +
    'With its idempotencyKey the same call gives its result again; without one, do not send it again.',
} as const;

/**
 * Every error that stands at the top of an answer. Nothing that it says holds a value of the request.
 * `operationType`: of the operation that was asked for. Null: none.
 */
export function formatError(
  error: unknown,
  requestId: string,
  operationType: string | null = null,
): FormattedError {
  const formatted = formatAlone(error, requestId);
  const { path } = formatted.error;
  if (operationType !== 'mutation' || path === undefined || path.length < 2) return formatted;
  const { message, extensions } = formatted.error;
  return { ...formatted, error: inPlaceOf(error, message, { ...extensions, ...AFTER_WRITE }) };
}

function formatAlone(error: unknown, requestId: string): FormattedError {
  const gatewayError = gatewayErrorIn(error);
  if (gatewayError !== null) {
    const extensions = { ...detailsOf(gatewayError), requestId };
    return { error: inPlaceOf(error, gatewayError.message, extensions), unforeseen: null };
  }
  if (error instanceof GraphQLError && isRequestError(error)) {
    const { message, hint } = withoutValues(error);
    const extensions = {
      code: 'BAD_USER_INPUT',
      retryable: false,
      ...(hint !== null && { hint }),
      requestId,
    };
    return { error: inPlaceOf(error, message, extensions), unforeseen: null };
  }
  const message = 'Something went wrong here. The log of the gateway has it under this request id.';
  return {
    error: inPlaceOf(error, message, { code: 'INTERNAL', retryable: false, requestId }),
    unforeseen: { cause: (error instanceof GraphQLError ? error.originalError : null) ?? error },
  };
}

function gatewayErrorIn(error: unknown): GatewayError | null {
  if (error instanceof GatewayError) return error;
  return error instanceof GraphQLError ? gatewayErrorIn(error.originalError) : null;
}

/** At the same place of the document and the answer, with nothing of the old error but that. */
function inPlaceOf(error: unknown, message: string, extensions: Record<string, unknown>): GraphQLError {
  if (!(error instanceof GraphQLError)) return new GraphQLError(message, { extensions });
  const { nodes, source, positions, path } = error;
  return new GraphQLError(message, { nodes: nodes ?? null, source, positions, path, extensions });
}

function detailsOf(error: GatewayError): Record<string, unknown> {
  const { code, retryable, hint } = error;
  const waits = error instanceof ProviderUnavailableError || error instanceof RateLimitedError;
  const atProvider = waits || error instanceof ProviderRejectedError;
  return {
    code,
    retryable,
    ...(hint !== null && { hint }),
    ...(error instanceof InvalidInputError && { fields: error.fields }),
    ...(atProvider && error.provider !== null && { provider: error.provider }),
    ...(waits && error.retryAfterMs !== null && { retryAfter: formatDuration(error.retryAfterMs) }),
  };
}
