import type { Clock } from '../domain/clock.ts';

/** What the vendor says of how many more requests it takes. */
export interface Quota {
  readonly left: number;
  /** From now until it takes more again. */
  readonly resetMs: number;
}

/** How many requests at once the vendor bears, learned from its replies. */
export interface Allowance {
  readonly places: number;
  /** Stands for the moment at which a request is sent. */
  readonly moment: number;
  /** What the vendor answered to a request sent at that moment. `isTooMuch`: it was one too many, and no more is said. */
  note(reply: { readonly quota: Quota | null; readonly isTooMuch: boolean; readonly sentAt: number }): void;
}

/**
 * No more than are left until the reset. One too many, of which no more is said, halves the places, once for all
 * requests that were on their way by then; each success wins one back. There is always one, by which more is learned: how
 * long to send nothing at all is what `pauseAfter` says.
 */
export function createAllowance(most: number, clock: Clock): Allowance {
  let borne = most;
  let halvings = 0;
  let left = Infinity;
  let resetAt = -Infinity;
  return {
    get places() {
      const quota = left === Infinity || clock.now().getTime() >= resetAt ? Infinity : left;
      return Math.max(1, Math.min(borne, quota));
    },
    get moment() {
      return halvings;
    },
    note({ quota, isTooMuch, sentAt }) {
      if (quota !== null) [left, resetAt] = [quota.left, clock.now().getTime() + quota.resetMs];
      if (!isTooMuch) borne = Math.min(most, borne + 1);
      else if (sentAt === halvings) {
        borne = Math.max(1, Math.floor(borne / 2));
        halvings += 1;
      }
    },
  };
}
