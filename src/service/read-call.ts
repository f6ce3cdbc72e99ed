import type { Call } from '../provider-kit/provider.ts';
import type { Caller } from './caller.ts';

/** The one Call of all reads of a request. */
export interface ReadCall extends Call {
  /** Their time begins anew with the next of them, where it begins with the first. */
  restart(): void;
}

export function readCall({ requestId, signal, readBudgetMs = Infinity, readsFrom = null }: Caller): ReadCall {
  const fixed = readsFrom === null ? null : readsFrom + readBudgetMs;
  let endsAt = fixed;
  return {
    signal,
    requestId,
    get endsAt() {
      return (endsAt ??= performance.now() + readBudgetMs);
    },
    restart: () => {
      endsAt = fixed;
    },
  };
}
