import { randomUUID } from 'node:crypto';
import { MINUTE, SECOND } from '../../domain/duration.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import {
  claimDueSweeps,
  failSweep,
  finishSweep,
  saveSweep,
  scheduleSweeps,
  type Sweep,
} from '../../store/inventory-sweeps.ts';
import type { Services } from '../services.ts';
import { faultOf } from './pass-over.ts';
import {
  CURSOR_REFUSED,
  encodeSweepPlace,
  givesCursor,
  parseSweepPlace,
  withoutCursor,
  type Fault,
} from './sweep-place.ts';
import { sweepTenant, sweepTenants, type Step } from './sweep-step.ts';

const AT_ONCE = { limit: 4, perProvider: 1 };
const LEASE_MS = 2 * MINUTE;
/** Well within the lease: what was seen by then has to be noted in it, too. A step that takes longer is tried smaller. */
const STEP_MS = MINUTE;
/** Then others have their turn, so that a large tenant keeps no small one waiting. */
const STEPS_IN_A_ROW = 10;
const ROUND_MS = 20 * SECOND;
const TURNS_IN_A_ROUND = 50;

/**
 * Looks through what the providers hold, as far as it is due, for a while. Reads alone, straight from the providers.
 * The row of a sweep is job and state in one, and whoever has its lease goes on where it is: after a crash, another
 * replica. A queue beside it would bring a driver, a schema and a polling of its own, and the state would still be here.
 */
export async function sweepDue(services: Services, signal: AbortSignal): Promise<void> {
  const { store, clock, log, providers } = services;
  const names = [...providers.keys()];
  const until = clock.now().getTime() + ROUND_MS;
  const lists = names.map((provider) => ({ provider, tenant: WHOLE_PROVIDER }));
  await scheduleSweeps(store, lists, clock.now());
  for (let turn = 0; turn < TURNS_IN_A_ROUND && clock.now().getTime() < until; turn += 1) {
    const now = clock.now();
    const due = signal.aborted ? [] : await claimDueSweeps(store, names, now, leaseFrom(now), AT_ONCE);
    if (due.length === 0) return;
    await Promise.all(
      due.map((sweep) =>
        goOn(services, sweep, signal).catch((error: unknown) => {
          const code = error instanceof Error ? error.name : typeof error;
          log.warn({ provider: sweep.provider, code }, 'a sweep could not go on');
        }),
      ),
    );
  }
}

/** In the place of a tenant: the list of them. */
const WHOLE_PROVIDER = '';

function leaseFrom(now: Date): Date {
  return new Date(now.getTime() + LEASE_MS);
}

/**
 * A few steps of one sweep, each saved before the next, so that no more than one is ever done twice; then others may go
 * on with it. Ends early where it is over or fails, or where it is in other hands.
 */
async function goOn(services: Services, claimed: Sweep, signal: AbortSignal): Promise<void> {
  const { store, clock } = services;
  const step = stepOf(services, claimed);
  let sweep: Sweep | null = claimed;
  for (let steps = 0; sweep !== null && steps < STEPS_IN_A_ROW && !signal.aborted; steps += 1) {
    sweep = await afterStep(services, sweep, step, signal);
  }
  if (sweep === null) return;
  const now = clock.now();
  await saveSweep(store, sweep, { cursor: sweep.cursor, leaseUntil: now, dueAt: now });
}

function stepOf(services: Services, { provider: name, tenant }: Sweep): Step {
  const provider = services.providers.get(name)?.provider;
  if (provider === undefined) throw new TypeError('a sweep of a provider that is not there');
  const isWhole = tenant === WHOLE_PROVIDER;
  return isWhole
    ? sweepTenants(services, provider)
    : sweepTenant(services, provider, { provider: name, tenant });
}

/** Null: there is nothing more to do for now. */
async function afterStep(
  services: Services,
  sweep: Sweep,
  step: Step,
  signal: AbortSignal,
): Promise<Sweep | null> {
  const { store, clock, sweepIntervalMs } = services;
  const requestId = `sweep-${randomUUID()}`;
  const call = { signal, requestId, isBackground: true, endsAt: performance.now() + STEP_MS };
  const about = { tries: sweep.attempts, since: sweep.startedAt, call };
  try {
    const next = await step(parseSweepPlace(sweep.cursor), about);
    const now = clock.now();
    if (!('isOver' in next)) {
      return await saveSweep(store, sweep, { cursor: encodeSweepPlace(next), leaseUntil: leaseFrom(now) });
    }
    const dueAt = new Date(now.getTime() + sweepIntervalMs * jitter());
    await finishSweep(store, sweep, now, dueAt, next.fault);
    return null;
  } catch (error) {
    if (error instanceof ProviderError && error.code === 'aborted') return sweep;
    await hold(services, sweep, error);
    if (error instanceof ProviderError) return null;
    throw error;
  }
}

/** So that not all tenants are due at once. */
function jitter(): number {
  return 0.9 + Math.random() / 5;
}

/** No vendor's. The log names it. */
const OUR_FAULT: Fault = {
  code: 'INTERNAL',
  message: 'Something went wrong in the gateway itself while it looked through this provider.',
};
const FIRST_PAUSE_MS = 5 * SECOND;
const LONGEST_PAUSE_MS = 15 * MINUTE;

/** It goes on where it is, after the pause that the vendor asks for, or one that doubles each time. */
async function hold({ store, clock }: Services, sweep: Sweep, error: unknown): Promise<void> {
  const at = clock.now();
  const doubled = FIRST_PAUSE_MS * 2 ** Math.min(sweep.attempts, 16);
  const asked = error instanceof ProviderError ? error.retryAfterMs : null;
  const dueAt = new Date(at.getTime() + (asked ?? Math.min(LONGEST_PAUSE_MS, doubled)));
  const place = parseSweepPlace(sweep.cursor);
  if (error instanceof ProviderError && error.code === 'invalid_input' && givesCursor(place)) {
    const cursor = encodeSweepPlace(withoutCursor(place));
    return void (await failSweep(store, sweep, { at, ...CURSOR_REFUSED }, { dueAt, cursor }));
  }
  const fault = error instanceof ProviderError ? faultOf(error, sweep.provider) : OUR_FAULT;
  await failSweep(store, sweep, { at, ...fault }, { dueAt, cursor: sweep.cursor });
}
