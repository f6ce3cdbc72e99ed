import type { Log } from '../domain/log.ts';
import type { Definition, World } from './definition.ts';
import { deadline } from './layers/deadline.ts';
import { guard } from './layers/guard.ts';
import { markCalls } from './layers/mark-calls.ts';
import { observe, type HealthRecord } from './layers/observe.ts';
import { witnessed, type Witness } from './layers/witness.ts';
import type { Call, Provider } from './provider.ts';
import { singleFlight } from './single-flight.ts';
import type { BreakerState } from './upstream-breaker.ts';

export interface OpenedProvider {
  readonly provider: Provider;
  /** As of the last call to it. */
  health(): HealthRecord & { readonly breaker: BreakerState };
  /** Asks it anew, whatever comes of it; all who want that meanwhile share the one question. */
  probe(call: Call): Promise<void>;
}

export interface Rings {
  readonly log: Log;
  readonly witness: Witness;
  readonly readDeadlineMs: number;
  /** Of all that the world's `connect` has made for it. */
  readonly breaker: () => BreakerState;
  readonly room: (isWrite: boolean) => number;
}

/**
 * Opens a configured provider inside its rings. No network call is made. From the outside in:
 *
 *     deadline     every read answers in time
 *     observe      remembers how it fares, logs its faults
 *     witness      is shown what it answers
 *     guard        holds it to its contract
 *     markCalls    tells what serves a write, and how much the vendor takes at once
 *     the adapter  whose requests go through the rings of `http-upstream.ts`
 */
export function openProvider<Options extends { readonly kind: string }, Store>(
  definition: Definition<Options, Store>,
  options: Options,
  world: World<Store>,
  { log, witness, readDeadlineMs, breaker, room }: Rings,
): OpenedProvider {
  const adapter = definition.open(options, world);
  const guarded = guard(markCalls(adapter, room));
  const observed = observe(witnessed(guarded, witness, world.clock), { clock: world.clock, log });
  const provider = deadline(observed.provider, readDeadlineMs);
  return {
    provider,
    health: () => ({ ...observed.health(), breaker: breaker() }),
    probe: singleFlight(async (call) => {
      await provider.listTenants(FIRST, call).catch(() => undefined);
    }),
  };
}

const FIRST = { limit: 1, direction: 'forward', cursor: null, withTotal: false } as const;
