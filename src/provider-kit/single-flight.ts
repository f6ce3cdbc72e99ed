import { orAborted, refuseAborted } from './or-aborted.ts';
import type { Call } from './provider.ts';
import { ProviderError } from './provider-error.ts';

interface Flight<T> {
  readonly result: Promise<T>;
  readonly abort: AbortController;
  waiting: number;
}

/**
 * One run for all who ask while it is going on; they share its result or its error. A caller who leaves does not end
 * it for the others; when the last has left, it is aborted. Since a write may join it, no read keeps it waiting.
 */
export function singleFlight<T>(run: (call: Call) => Promise<T>): (call: Call) => Promise<T> {
  let flight: Flight<T> | null = null;

  const start = ({ requestId }: Call): Flight<T> => {
    const abort = new AbortController();
    return { result: run({ signal: abort.signal, requestId, isWrite: true }), abort, waiting: 0 };
  };

  return async (call) => {
    refuseAborted(call.signal);
    flight ??= start(call);
    const joined = flight;
    joined.waiting += 1;
    try {
      return await orAborted(() => joined.result, call.signal);
    } catch (error) {
      const isLast = joined.waiting === 1;
      if (!isLast || !(call.signal.reason instanceof ProviderError)) throw error;
      // Where its time is over, what the vendor was asked last tells whose fault that is. Who comes now begins another.
      flight = null;
      joined.abort.abort(call.signal.reason);
      return await joined.result;
    } finally {
      joined.waiting -= 1;
      if (joined.waiting === 0) {
        joined.abort.abort(call.signal.reason);
        if (flight === joined) flight = null;
      }
    }
  };
}
