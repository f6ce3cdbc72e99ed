import { DelegateBackoff, handleWhen, retry } from 'cockatiel';
import { errors } from 'undici';
import type { Clock } from '../domain/clock.ts';
import { MINUTE } from '../domain/duration.ts';
import type { Log } from '../domain/log.ts';
import { createExchange, late } from './http-exchange.ts';
import { aborted, orAborted, refuseAborted } from './or-aborted.ts';
import { privateCause } from './private-cause.ts';
import { ProviderError, withApplied, type ProviderErrorCode } from './provider-error.ts';
import type { Call } from './provider.ts';
import { createAllowance, type Load, type Quota } from './upstream-allowance.ts';
import { BREAKER_STATES, createBreaker, type Breaker, type BreakerState } from './upstream-breaker.ts';
import { UPSTREAM_LIMITS, type UpstreamLimits } from './upstream-limits.ts';
import { retryAfterMs } from './refusal.ts';
import { createPauseGate, type PauseGate } from './upstream-pause-gate.ts';
import { createPlaces, type Places } from './upstream-places.ts';
import { Tries } from './upstream-tries.ts';
import type { Upstream, UpstreamOptions, UpstreamReply, UpstreamRequest } from './upstream.ts';

/** However long a vendor wants to be left alone: it may have meant something else, and is asked again. */
const LONGEST_PAUSE_MS = MINUTE;
/** What does not show that the vendor bears so many requests. */
const UNBORNE: ReadonlySet<ProviderErrorCode> = new Set([
  'rate_limited',
  'unavailable',
  'timeout',
  'malformed',
]);

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
 *     pause      not while the vendor has asked for none: of all, or of reads or writes alone
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
  const gates = { reads: createPauseGate(clock), writes: createPauseGate(clock) };
  const allowance = createAllowance(concurrent, clock);
  const reads = createPlaces({ ...limits, places: () => allowance.places });
  const writes = createPlaces({
    places: () => Math.min(limits.concurrentOfWrites, allowance.places),
    concurrentOfBackground: limits.concurrentOfWrites,
    queued: limits.queuedOfWrites,
    requestsOfCall: Infinity,
  });

  /** An adapter that knows how far a pause reaches says so; one that does not, leaves it to those of its kind. */
  const heedPause = (reply: UpstreamReply, refusal: ProviderError | null, gate: PauseGate) => {
    const told = pauseAfter?.(reply) ?? null;
    if (pauseAfter !== undefined) for (const each of Object.values(gates)) each.close(told);
    else if (refusal?.code === 'rate_limited')
      gate.close(Math.min(retryAfterMs(reply.headers) ?? 0, LONGEST_PAUSE_MS));
  };

  const ask = async (request: UpstreamRequest, call: Call, tries: Tries, check: () => void) => {
    const { signal } = call;
    const gate = call.isWrite === true ? gates.writes : gates.reads;
    refuseAborted(signal);
    check();
    gate.pass(tries.toldUntil);
    const sentAt = allowance.moment;
    tries.noteBegun();
    const reply = await exchange(request, {
      signal,
      deadlineMs: tries.isSafe ? limits.safeDeadlineMs : limits.unsafeDeadlineMs,
      onSent: () => tries.noteSent(),
      onAbort: () => cutOff(signal, tries, limits),
    }).catch((error: unknown) => {
      throw failureOf(error, tries);
    });
    tries.noteAnswered();
    const refusal = classify(reply, request);
    heedPause(reply, refusal, gate);
    const quota = quotaAfter?.(reply) ?? null;
    allowance.note({ quota, load: loadOf(refusal, quota), sentAt });
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
        const again = retryAfter(error, startedAt, tries, signal, limits, clock);
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
  clock: Clock,
): ((attempt: () => Promise<UpstreamReply>) => Promise<UpstreamReply>) | null {
  // The timer of a deadline may go off almost a millisecond early.
  const end = startedAt + (tries.isSafe ? safeDeadlineMs : unsafeDeadlineMs) - 1;
  const waitsOf = (failure: unknown) => {
    const told = (failure instanceof ProviderError ? failure.retryAfterMs : null) ?? 0;
    return { told, own: backoffMs * 2 ** Math.max(0, tries.count - 1) };
  };
  const mayFollow = (failure: unknown): boolean => {
    const { told, own } = waitsOf(failure);
    tries.toldUntil = clock.now().getTime() + told;
    return !signal.aborted && tries.permitAnother(failure) && performance.now() + told + own < end;
  };
  if (!mayFollow(first)) return null;
  const policy = retry(handleWhen(mayFollow), {
    maxAttempts: maxTries - 1,
    backoff: new DelegateBackoff(({ result }) => {
      const { told, own } = waitsOf('error' in result ? result.error : null);
      return told + own * (1 - Math.random() / 2);
    }),
  });
  return (run) => policy.execute(({ attempt }) => (attempt === 0 ? Promise.reject(first) : run()), signal);
}

/** What became of a try that got no reply which could be read. A request that is none is a bug, and stays what it is. */
function failureOf(error: unknown, tries: Tries): unknown {
  if (error instanceof ProviderError || error instanceof errors.InvalidArgumentError) return error;
  const message = tries.isSent ? 'The connection to the vendor broke.' : 'The vendor cannot be reached.';
  return new ProviderError('unavailable', message, { cause: privateCause(error) });
}

/** A read whose time is over is the vendor's fault where the vendor has had its share of that time. */
function cutOff({ reason }: AbortSignal, tries: Tries, { safeDeadlineMs }: UpstreamLimits): ProviderError {
  const isLate = reason instanceof ProviderError && reason.code === 'timeout';
  return isLate && tries.openMs >= safeDeadlineMs / 2 ? late() : aborted();
}

/** One too many of which no more is said: what is left and how long to wait are heeded by themselves. */
function loadOf(refusal: ProviderError | null, quota: Quota | null): Load {
  if (refusal === null || !UNBORNE.has(refusal.code)) return 'borne';
  const isBare = refusal.code === 'rate_limited' && refusal.retryAfterMs === null && quota === null;
  return isBare ? 'too-much' : 'untold';
}

/** What the caller is told after the last try; anything that is no ProviderError is a bug and stays what it is. */
function outcomeOf(error: unknown, tries: Tries): unknown {
  if (!(error instanceof ProviderError) || !tries.inDoubt) return error;
  return withApplied(error, 'maybe');
}
