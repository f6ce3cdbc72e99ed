import type { Plugin } from 'graphql-yoga';
import { ERROR_CODES } from '../domain/gateway-error.ts';
import type { Log } from '../domain/log.ts';
import { formatError } from '../graphql/format-error.ts';
import { errorFields } from './error-fields.ts';
import type { Question } from './question.ts';

/** Every error at the top of an answer leaves as `formatError` has it; what nobody foresaw goes into the log. */
export function useErrorFormat(log: Log): Plugin<Question, Question> {
  return {
    onResultProcess: (hook) => {
      const { result, serverContext } = hook;
      if (!('errors' in result) || result.errors === undefined) return;
      const { requestId, facts } = serverContext.exchange;
      const formatted = result.errors.map((error) => formatError(error, requestId, facts.operationType));
      for (const { unforeseen } of formatted) {
        if (unforeseen !== null) log.error({ requestId, ...errorFields(unforeseen.cause) }, 'a field failed');
      }
      const errors = formatted.map(({ error }) => error);
      facts.codes = ERROR_CODES.filter((code) =>
        errors.some(({ extensions }) => extensions['code'] === code),
      );
      hook.setResult({ ...result, errors });
    },
  };
}
