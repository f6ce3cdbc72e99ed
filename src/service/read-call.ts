import type { Call } from '../provider-kit/provider.ts';
import type { Caller } from './caller.ts';

/** The one Call of all reads of a request. Its time begins with the first of them, so that no long write eats it. */
export function readCall({ requestId, signal, readBudgetMs = Infinity }: Caller): Call {
  let endsAt: number | null = null;
  return {
    signal,
    requestId,
    get endsAt() {
      return (endsAt ??= performance.now() + readBudgetMs);
    },
  };
}
