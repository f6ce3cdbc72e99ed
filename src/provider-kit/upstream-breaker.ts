import {
  BrokenCircuitError,
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
} from 'cockatiel';
import type { Clock } from '../domain/clock.ts';
import type { Log } from '../domain/log.ts';
import { ProviderError, type ProviderErrorCode } from './provider-error.ts';
import type { UpstreamLimits } from './upstream-limits.ts';

const ILL: ReadonlySet<ProviderErrorCode> = new Set(['unavailable', 'timeout', 'malformed']);

/** Keeps requests from a vendor that has failed too often in a row: they are `unavailable`, unsent. */
export function createBreaker(
  { failuresToBreak, breakMs }: UpstreamLimits,
  origin: string,
  { clock, log }: { readonly clock: Clock; readonly log?: Log },
): { execute<T>(run: () => Promise<T>): Promise<T> } {
  const policy: CircuitBreakerPolicy = circuitBreaker(
    // A probe that was aborted has proved nothing, so that it counts as failed.
    handleWhen((error) => isIll(error) || (policy.state === CircuitState.HalfOpen && !isAnswer(error))),
    { halfOpenAfter: breakMs, breaker: new ConsecutiveBreaker(failuresToBreak) },
  );
  let brokenAt = 0;
  policy.onBreak(() => {
    brokenAt = clock.now().getTime();
    log?.warn({ origin, breakMs }, 'vendor keeps failing: no requests for a while');
  });
  policy.onReset(() => log?.info({ origin }, 'vendor answers again'));

  return {
    async execute(run) {
      try {
        return await policy.execute(run);
      } catch (error) {
        if (!(error instanceof BrokenCircuitError)) throw error;
        const retryAfterMs = Math.max(0, brokenAt + breakMs - clock.now().getTime());
        throw new ProviderError('unavailable', 'The vendor has failed several times and is given a rest.', {
          retryAfterMs,
        });
      }
    },
  };
}

function isIll(error: Error): boolean {
  return error instanceof ProviderError && ILL.has(error.code);
}

function isAnswer(error: Error): boolean {
  return error instanceof ProviderError && error.code !== 'aborted';
}
