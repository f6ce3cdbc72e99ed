import type { Clock } from '../domain/clock.ts';
import { UnsentError } from './provider-error.ts';

/** Keeps requests from a vendor that has asked to be left alone for a while. */
export interface PauseGate {
  /**
   * Throws `rate_limited`, with how long it still lasts. `toldUntil`, in ms since the epoch: for who has waited until then
   * because he was told to, it is over with that.
   */
  pass(toldUntil: number): void;
  /** For so many ms from now, or for what is left of an earlier pause, whichever is longer. Null: changes nothing. */
  close(ms: number | null): void;
}

export function createPauseGate(clock: Clock): PauseGate {
  let until = -Infinity;
  return {
    pass(toldUntil) {
      const left = until - clock.now().getTime();
      if (left <= 0 || until <= toldUntil) return;
      throw new UnsentError('rate_limited', 'The vendor takes no more requests for now.', {
        retryAfterMs: left,
      });
    },
    close(ms) {
      if (ms !== null) until = Math.max(until, clock.now().getTime() + ms);
    },
  };
}
