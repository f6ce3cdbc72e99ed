import type { Call } from '../provider-kit/provider.ts';
import type { Caller } from './caller.ts';

/** The one Call of all reads of a request. */
export function readCall({ requestId, signal, readBudgetMs = Infinity, readsFrom = null }: Caller): Call {
  let endsAt = readsFrom === null ? null : readsFrom + readBudgetMs;
  return {
    signal,
    requestId,
    get endsAt() {
      return (endsAt ??= performance.now() + readBudgetMs);
    },
  };
}
