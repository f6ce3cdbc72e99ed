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
import { orAborted } from './or-aborted.ts';
import { accountOf, type Call } from './provider.ts';
import { ProviderError, UnsentError, type ProviderErrorCode } from './provider-error.ts';
import type { UpstreamLimits } from './upstream-limits.ts';

const ILL: ReadonlySet<ProviderErrorCode> = new Set(['unavailable', 'timeout', 'malformed']);

/** From well to ill: CLOSED lets all requests through, HALF_OPEN one that tries whether the vendor is well, OPEN none. */
export const BREAKER_STATES = ['CLOSED', 'HALF_OPEN', 'OPEN'] as const;
export type BreakerState = (typeof BREAKER_STATES)[number];

/** Keeps requests from a vendor that has failed too often in a row. */
export interface Breaker {
  readonly state: BreakerState;
  /**
   * Rejects at once with BrokenError, having run nothing, while it is open; while one request tries the vendor, all but
   * that one's own caller, who waits for what becomes of it. `check` throws BrokenError where it has opened since.
   */
  execute<T>(run: (check: () => void) => Promise<T>, call: Call): Promise<T>;
}

/** No further try is of any use. */
export class BrokenError extends UnsentError {
  constructor(retryAfterMs: number | null) {
    super('unavailable', 'The vendor has failed several times and is given a rest.', { retryAfterMs });
  }
}

export function createBreaker(
  { failuresToBreak, breakMs }: UpstreamLimits,
  origin: string,
  { clock, log }: { readonly clock: Clock; readonly log?: Log },
): Breaker {
  const policy: CircuitBreakerPolicy = circuitBreaker(
    // A probe that was aborted, or not sent at all, has proved nothing, so that it counts as failed.
    handleWhen((error) => isIll(error) || policy.state === CircuitState.HalfOpen),
    { halfOpenAfter: breakMs, breaker: new ConsecutiveBreaker(failuresToBreak) },
  );
  let brokenAt = 0;
  let breaks = 0;
  /** Who asked last while it was open: it is his request that tries the vendor. */
  let prober: object | null = null;
  policy.onBreak(() => {
    brokenAt = clock.now().getTime();
    breaks += 1;
    log?.warn({ origin, breakMs }, 'vendor keeps failing: no requests for a while');
  });
  policy.onReset(() => log?.info({ origin }, 'vendor answers again'));
  const broken = () => new BrokenError(Math.max(0, brokenAt + breakMs - clock.now().getTime()));

  return {
    get state() {
      return STATES[policy.state];
    },
    async execute(run, call) {
      const { state } = policy;
      const before = breaks;
      const checked = () =>
        run(() => {
          if (breaks > before && policy.state !== CircuitState.Closed) throw broken();
        });
      const isTried = state === CircuitState.HalfOpen;
      if (isTried && accountOf(call) !== prober) throw new BrokenError(null);
      if (state === CircuitState.Open) prober = accountOf(call);
      const asked = () => policy.execute(() => answerOf(checked));
      try {
        // cockatiel 3.2.1 does not hand on the signal while it is half open.
        const answer = await (isTried ? orAborted(asked, call.signal) : asked());
        if ('refusal' in answer) throw answer.refusal;
        return answer.reply;
      } catch (error) {
        throw error instanceof BrokenCircuitError ? broken() : error;
      }
    },
  };
}

const STATES: Readonly<Record<CircuitState, BreakerState>> = {
  [CircuitState.Closed]: 'CLOSED',
  [CircuitState.HalfOpen]: 'HALF_OPEN',
  [CircuitState.Open]: 'OPEN',
  [CircuitState.Isolated]: 'OPEN',
};

/** A vendor that refuses is well: for cockatiel, what is thrown is no success. */
async function answerOf<T>(
  run: () => Promise<T>,
): Promise<{ readonly reply: T } | { readonly refusal: ProviderError }> {
  try {
    return { reply: await run() };
  } catch (error) {
    if (isRefusal(error)) return { refusal: error };
    throw error;
  }
}

function isIll(error: unknown): boolean {
  return error instanceof ProviderError && ILL.has(error.code) && !(error instanceof UnsentError);
}

function isRefusal(error: unknown): error is ProviderError {
  return (
    error instanceof ProviderError &&
    !ILL.has(error.code) &&
    error.code !== 'aborted' &&
    !(error instanceof UnsentError)
  );
}
