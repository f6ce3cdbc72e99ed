import {
  BulkheadRejectedError,
  DelegateBackoff,
  handleWhen,
  retry,
  timeout,
  TimeoutStrategy,
} from 'cockatiel';
import type { Clock } from '../domain/clock.ts';
import type { Log } from '../domain/log.ts';
import { createExchange } from './http-exchange.ts';
import { orAborted } from './or-aborted.ts';
import { privateCause } from './private-cause.ts';
import { ProviderError, withApplied } from './provider-error.ts';
import { createBreaker } from './upstream-breaker.ts';
import { UPSTREAM_LIMITS, type UpstreamLimits } from './upstream-limits.ts';
import { createLanes } from './upstream-lanes.ts';
import { createPauseGate } from './upstream-pause-gate.ts';
import { Tries } from './upstream-tries.ts';
import type { Upstream, UpstreamOptions } from './upstream.ts';

export interface ConnectOptions {
  readonly clock: Clock;
  readonly log?: Log;
  /** Where they differ from `UPSTREAM_LIMITS`. */
  readonly limits?: Partial<UpstreamLimits>;
}

/** Makes the `connect` of `World`. Nothing is opened before the first request. */
export function createConnect(options: ConnectOptions): (upstream: UpstreamOptions) => Upstream {
  const limits = { ...UPSTREAM_LIMITS, ...options.limits };

  return ({ origin, classify, sign, pauseAfter }) => {
    const exchange = createExchange({ origin, ...(sign && { sign }) }, limits);
    const breaker = createBreaker(limits, origin, options);
    const gate = createPauseGate(options.clock);
    const lanes = createLanes(limits);

    return {
      async send(request, call) {
        const { signal } = call;
        lanes.admit(call);
        const tries = new Tries(request);
        const deadlineMs = tries.isSafe ? limits.safeDeadlineMs : limits.unsafeDeadlineMs;
        const again = retryWithin(deadlineMs, tries, limits);
        const deadline = timeout(deadlineMs, TimeoutStrategy.Cooperative);

        const ask = async (ended: AbortSignal) => {
          gate.pass();
          const reply = await exchange(request, ended, () => tries.noteSent()).catch((error: unknown) => {
            throw failureOf(error, tries, { isLeft: signal.aborted, isLate: ended.aborted });
          });
          tries.noteAnswered();
          gate.close(pauseAfter?.(reply) ?? null);
          const refusal = classify(reply, request);
          if (refusal !== null) throw refusal;
          return reply;
        };
        // cockatiel 3.2.1 does not hand on the caller's signal while its breaker is half open, and its bulkhead comes
        // to a halt over one that is aborted in the queue: so it is given to the outermost and the innermost alone.
        const timed = () => deadline.execute((_, ended) => ask(ended), signal);
        const answer = () => again.execute(() => breaker.execute(() => lanes.execute(timed, call)), signal);

        return orAborted(answer, signal).catch((error: unknown) => {
          throw outcomeOf(error, tries);
        });
      },
    };
  };
}

/** A further try waits as long as the vendor says, and twice as long as the last, give or take; it begins within the deadline or not at all. */
function retryWithin(deadlineMs: number, tries: Tries, { maxTries, backoffMs }: UpstreamLimits) {
  // The timer of a deadline may go off almost a millisecond early.
  const end = performance.now() + deadlineMs - 1;
  const waitOf = (failure: unknown): number =>
    (failure instanceof ProviderError ? failure.retryAfterMs : null) ?? 0;
  return retry(
    handleWhen((failure) => tries.permitAnother(failure) && performance.now() + waitOf(failure) < end),
    {
      maxAttempts: maxTries - 1,
      backoff: new DelegateBackoff(({ attempt, result }) => {
        const told = 'error' in result ? waitOf(result.error) : 0;
        return told + backoffMs * 2 ** (attempt - 1) * (1 - Math.random() / 2);
      }),
    },
  );
}

/** What became of a try that got no reply which could be read. */
function failureOf(
  error: unknown,
  tries: Tries,
  { isLeft, isLate }: { isLeft: boolean; isLate: boolean },
): ProviderError {
  if (isLeft) return new ProviderError('aborted', 'The caller went away.');
  if (isLate) return new ProviderError('timeout', 'The vendor did not answer in time.');
  if (error instanceof ProviderError) return error;
  const message = tries.isSent ? 'The connection to the vendor broke.' : 'The vendor cannot be reached.';
  return new ProviderError('unavailable', message, { cause: privateCause(error) });
}

/** What the caller is told after the last try; anything that is no ProviderError is a bug and stays what it is. */
function outcomeOf(error: unknown, tries: Tries): unknown {
  if (error instanceof BulkheadRejectedError) {
    return new ProviderError('rate_limited', 'Too many requests wait for this vendor.');
  }
  if (!(error instanceof ProviderError) || !tries.inDoubt) return error;
  return withApplied(error, 'maybe');
}
