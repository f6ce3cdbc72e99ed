import type { GraphQLError } from 'graphql';
import { ERROR_CODES } from '../domain/gateway-error.ts';
import type { Log } from '../domain/log.ts';
import { formatError } from '../graphql/format-error.ts';
import { errorFields } from './error-fields.ts';
import type { Exchange } from './exchange.ts';

/** Every error at the top of an answer leaves as `formatError` has it; what nobody foresaw goes into the log. */
export function formatErrors(
  errors: readonly unknown[],
  { requestId, facts }: Exchange,
  log: Log,
): readonly GraphQLError[] {
  const formatted = errors.map((error) => formatError(error, requestId, facts.operationType));
  for (const { unforeseen } of formatted) {
    if (unforeseen !== null) log.error({ requestId, ...errorFields(unforeseen.cause) }, 'a field failed');
  }
  const codes = new Set(formatted.map(({ error }) => error.extensions['code']));
  facts.codes = ERROR_CODES.filter((code) => codes.has(code));
  return formatted.map(({ error }) => error);
}
