import { DelegateBackoff, handleWhen, retry } from 'cockatiel';
import type { Clock } from '../domain/clock.ts';
import type { Log } from '../domain/log.ts';
import { createExchange, late } from './http-exchange.ts';
import { aborted, orAborted, refuseAborted } from './or-aborted.ts';
import { privateCause } from './private-cause.ts';
import { ProviderError, withApplied } from './provider-error.ts';
import type { Call } from './provider.ts';
import { createAllowance } from './upstream-allowance.ts';
import { BREAKER_STATES, createBreaker, type Breaker, type BreakerState } from './upstream-breaker.ts';
import { UPSTREAM_LIMITS, type UpstreamLimits } from './upstream-limits.ts';
import { createPauseGate } from './upstream-pause-gate.ts';
import { createPlaces, type Places } from './upstream-places.ts';
import { Tries } from './upstream-tries.ts';
import type { Upstream, UpstreamOptions, UpstreamReply, UpstreamRequest } from './upstream.ts';

export interface ConnectOptions {
  readonly clock: Clock;
  readonly log?: Log;
  /** Where they differ from `UPSTREAM_LIMITS`. */
  readonly limits?: Partial<UpstreamLimits>;
}

/** The `connect` of `World`. */
export interface Connect {
  (options: UpstreamOptions): Upstream;
  /** The worst of the breakers of all that it has connected. */
  readonly breaker: () => BreakerState;
  /** See `Places`; of all that it has connected, where there is least. */
  readonly room: (isWrite: boolean) => number;
}

/** Nothing is opened before the first request. */
export function createConnect(options: ConnectOptions): Connect {
  const limits = { ...UPSTREAM_LIMITS, ...options.limits };
  const breakers: Breaker[] = [];
  const places: { readonly reads: Places; readonly writes: Places }[] = [];
  const connect = (own: UpstreamOptions) => {
    const breaker = createBreaker(limits, own.origin, options);
    breakers.push(breaker);
    const { upstream, ...its } = connectTo(own, breaker, limits, options.clock);
    places.push(its);
    return upstream;
  };
  const breaker = () => BREAKER_STATES.findLast((state) => breakers.some((it) => it.state === state));
  return Object.assign(connect, {
    breaker: () => breaker() ?? 'CLOSED',
    room: (isWrite: boolean) =>
      Math.min(...places.map(({ reads, writes }) => (isWrite ? writes : reads).room)),
  });
}

/**
 * Around each request, from the outside in:
 *
 *     retry      again, where that may help and does no harm
 *     breaker    not to a vendor that has failed too often in a row
 *     places     so many at once as the vendor bears, by turns among the callers; writes have their own
 *     pause      not while the vendor has asked for none
 *     exchange   one request and its reply, within a deadline
 *
 * A request that succeeds at once passes them all and pays for none that it does not need.
 */
function connectTo(
  options: UpstreamOptions,
  breaker: Breaker,
  limits: UpstreamLimits,
  clock: Clock,
): { readonly upstream: Upstream; readonly reads: Places; readonly writes: Places } {
  const { classify, pauseAfter, quotaAfter } = options;
  const concurrent = Math.min(limits.concurrent, options.concurrent ?? Infinity);
  const exchange = createExchange(options, concurrent + limits.concurrentOfWrites, limits);
  const gate = createPauseGate(clock);
  const allowance = createAllowance(concurrent, clock);
  const reads = createPlaces({ ...limits, places: () => allowance.places });
  const writes = createPlaces({
    places: () => limits.concurrentOfWrites,
    concurrentOfBackground: limits.concurrentOfWrites,
    queued: limits.queuedOfWrites,
    requestsOfCall: Infinity,
  });

  const ask = async (request: UpstreamRequest, { signal }: Call, tries: Tries, check: () => void) => {
    refuseAborted(signal);
    check();
    gate.pass();
    const sentAt = allowance.moment;
    const reply = await exchange(request, {
      signal,
      deadlineMs: tries.isSafe ? limits.safeDeadlineMs : limits.unsafeDeadlineMs,
      onSent: () => tries.noteSent(),
      onAbort: () => cutOff(signal, tries, limits),
    }).catch((error: unknown) => {
      throw failureOf(error, tries);
    });
    tries.noteAnswered();
    gate.close(pauseAfter?.(reply) ?? null);
    const refusal = classify(reply, request);
    const quota = quotaAfter?.(reply) ?? null;
    allowance.note({ quota, isTooMuch: quota === null && isBareThrottling(refusal), sentAt });
    if (refusal !== null) throw refusal;
    return reply;
  };

  const upstream: Upstream = {
    async send(request, call) {
      const { signal } = call;
      const places = call.isWrite === true ? writes : reads;
      refuseAborted(signal);
      places.admit(call);
      const startedAt = performance.now();
      const tries = new Tries(request);
      const attempt = () =>
        breaker.execute((check) => places.run(() => ask(request, call, tries, check), call), call);
      try {
        return await attempt();
      } catch (error) {
        const again = retryAfter(error, startedAt, tries, signal, limits);
        if (again === null) throw outcomeOf(error, tries);
        return await orAborted(() => again(attempt), signal).catch((last: unknown) => {
          throw outcomeOf(last, tries);
        });
      }
    },
  };
  return { upstream, reads, writes };
}

/**
 * A further try waits as long as the vendor says, and twice as long as the last, give or take; it begins within the
 * deadline or not at all. Null: there is to be none.
 */
function retryAfter(
  first: unknown,
  startedAt: number,
  tries: Tries,
  signal: AbortSignal,
  { safeDeadlineMs, unsafeDeadlineMs, maxTries, backoffMs }: UpstreamLimits,
): ((attempt: () => Promise<UpstreamReply>) => Promise<UpstreamReply>) | null {
  // The timer of a deadline may go off almost a millisecond early.
  const end = startedAt + (tries.isSafe ? safeDeadlineMs : unsafeDeadlineMs) - 1;
  const waitOf = (failure: unknown): number =>
    (failure instanceof ProviderError ? failure.retryAfterMs : null) ?? 0;
  const mayFollow = (failure: unknown): boolean =>
    !signal.aborted && tries.permitAnother(failure) && performance.now() + waitOf(failure) < end;
  if (!mayFollow(first)) return null;
  const policy = retry(handleWhen(mayFollow), {
    maxAttempts: maxTries - 1,
    backoff: new DelegateBackoff(({ attempt, result }) => {
      const told = 'error' in result ? waitOf(result.error) : 0;
      return told + backoffMs * 2 ** (attempt - 1) * (1 - Math.random() / 2);
    }),
  });
  return (run) => policy.execute(({ attempt }) => (attempt === 0 ? Promise.reject(first) : run()), signal);
}

/** What became of a try that got no reply which could be read. */
function failureOf(error: unknown, tries: Tries): ProviderError {
  if (error instanceof ProviderError) return error;
  const message = tries.isSent ? 'The connection to the vendor broke.' : 'The vendor cannot be reached.';
  return new ProviderError('unavailable', message, { cause: privateCause(error) });
}

/** A read whose time is over is the vendor's fault where the vendor has had its share of that time. */
function cutOff({ reason }: AbortSignal, tries: Tries, { safeDeadlineMs }: UpstreamLimits): ProviderError {
  const isLate = reason instanceof ProviderError && reason.code === 'timeout';
  return isLate && tries.openMs >= safeDeadlineMs / 2 ? late() : aborted();
}

/** Were there too many requests, and did the vendor not say for how long? */
function isBareThrottling(refusal: ProviderError | null): boolean {
  return refusal?.code === 'rate_limited' && refusal.retryAfterMs === null;
}

/** What the caller is told after the last try; anything that is no ProviderError is a bug and stays what it is. */
function outcomeOf(error: unknown, tries: Tries): unknown {
  if (!(error instanceof ProviderError) || !tries.inDoubt) return error;
  return withApplied(error, 'maybe');
}
