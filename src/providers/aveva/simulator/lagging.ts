import type { Clock } from '../../../domain/clock.ts';

/** A value whose changes reach authentication late (vendor facts, section 3). */
export interface Lagging<T> {
  readonly value: T;
  /** What was known when it was changed. */
  readonly before: T;
  /** Null: never. */
  readonly changedAt: Date | null;
}

interface Delay {
  readonly clock: Clock;
  readonly revocationDelayMs: number;
}

export function settled<T>(value: T): Lagging<T> {
  return { value, before: value, changedAt: null };
}

export function changed<T>(lagging: Lagging<T>, value: T, delay: Delay): Lagging<T> {
  return { value, before: known(lagging, delay), changedAt: delay.clock.now() };
}

/** What authentication goes by now. */
export function known<T>({ value, before, changedAt }: Lagging<T>, { clock, revocationDelayMs }: Delay): T {
  const hasArrived = changedAt === null || clock.now().getTime() - changedAt.getTime() >= revocationDelayMs;
  return hasArrived ? value : before;
}
