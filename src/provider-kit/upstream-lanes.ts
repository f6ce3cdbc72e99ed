import { bulkhead, type BulkheadPolicy } from 'cockatiel';
import type { Call } from './provider.ts';
import { ProviderError } from './provider-error.ts';
import type { UpstreamLimits } from './upstream-limits.ts';

/**
 * How many requests go to a vendor at once. Those that serve writes have a lane of their own. Those of reads share the
 * other, in which each caller has a few places at most; for these he waits outside of it.
 */
export interface Lanes {
  /** Throws `rate_limited` where a call has had its share. Counts the request, which may then be tried several times. */
  admit(call: Call): void;
  /** Rejects with BulkheadRejectedError where too many wait. */
  execute<T>(run: () => Promise<T>, call: Call): Promise<T>;
}

export function createLanes(limits: UpstreamLimits): Lanes {
  const reads = bulkhead(limits.concurrent, limits.queued);
  const writes = bulkhead(limits.concurrentOfWrites, limits.queuedOfWrites);
  // All reads of one caller's request are made with the same Call.
  const shares = new WeakMap<Call, { readonly places: BulkheadPolicy; left: number }>();
  const shareOf = (call: Call) => {
    const known = shares.get(call);
    if (known !== undefined) return known;
    const share = { places: bulkhead(limits.concurrentOfCall, Infinity), left: limits.requestsOfCall };
    shares.set(call, share);
    return share;
  };

  return {
    admit(call) {
      if (call.isWrite) return;
      const share = shareOf(call);
      if (share.left === 0) throw tooMuch();
      share.left -= 1;
    },
    execute(run, call) {
      if (call.isWrite) return writes.execute(run);
      return shareOf(call).places.execute(() => reads.execute(run));
    },
  };
}

function tooMuch(): ProviderError {
  return new ProviderError(
    'rate_limited',
    'This takes more requests to the vendor than one question may cost.',
    { hint: 'Ask for smaller pages, or in several requests.' },
  );
}
