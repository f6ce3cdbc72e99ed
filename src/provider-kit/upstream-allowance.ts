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
  note(reply: NotedReply): void;
}

/** What the vendor answered to a request sent at that moment. */
export interface NotedReply {
  readonly quota: Quota | null;
  readonly load: Load;
  readonly sentAt: number;
}

/** Was the request borne, was it one too many, of which the vendor says no more; or does its reply tell neither? */
export type Load = 'borne' | 'too-much' | 'untold';

/**
 * No more than are left until the reset. One too many, of which no more is said, halves the places, once for all
 * requests that were on their way by then; each that is borne wins one back. There is always one, by which more is learned: how
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
    note({ quota, load, sentAt }) {
      if (quota !== null) [left, resetAt] = [quota.left, clock.now().getTime() + quota.resetMs];
      if (load === 'borne') borne = Math.min(most, borne + 1);
      else if (load === 'too-much' && sentAt === halvings) {
        borne = Math.max(1, Math.floor(borne / 2));
        halvings += 1;
      }
    },
  };
}
