import type { Clock } from '../src/domain/clock.ts';

export interface TestClock extends Clock {
  /** Goes on by so many milliseconds. */
  pass(ms: number): void;
}

/** A clock that stands still until it is told to go on. */
export function testClock(start = '2026-11-21T12:00:00.000Z'): TestClock {
  let now = new Date(start).getTime();
  return {
    now: () => new Date(now),
    pass: (ms) => {
      now += ms;
    },
  };
}
