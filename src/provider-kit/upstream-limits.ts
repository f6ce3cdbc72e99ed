import { SECOND } from '../domain/duration.ts';

/** For each connection to a vendor. */
export interface UpstreamLimits {
  /**
   * For one try of a safe request, from connecting to the last byte. After as long no further try begins. One that its
   * caller's deadline cuts off is held against the vendor where it had half of this.
   */
  readonly safeDeadlineMs: number;
  /** The same for a request that changes something. */
  readonly unsafeDeadlineMs: number;
  readonly maxTries: number;
  /** The wait before the second try, doubled for each further one; up to half of it is taken off at random. */
  readonly backoffMs: number;
  /** So many failures in a row keep all requests back for `breakMs`; then one of them tries whether the vendor is well. */
  readonly failuresToBreak: number;
  readonly breakMs: number;
  /** Of requests that serve reads: how many at once, and how many calls wait for that. */
  readonly concurrent: number;
  readonly queued: number;
  /** Of these, how many at once for calls that nobody waits for. */
  readonly concurrentOfBackground: number;
  /** The same for requests that serve writes, so that no read keeps them waiting. */
  readonly concurrentOfWrites: number;
  readonly queuedOfWrites: number;
  /** How many requests the reads of one caller's request may take. */
  readonly requestsOfCall: number;
  readonly maxReplyBytes: number;
}

export const UPSTREAM_LIMITS: UpstreamLimits = {
  safeDeadlineMs: 2 * SECOND,
  unsafeDeadlineMs: 10 * SECOND,
  maxTries: 3,
  backoffMs: 100,
  failuresToBreak: 5,
  breakMs: 10 * SECOND,
  concurrent: 64,
  queued: 512,
  concurrentOfBackground: 2,
  concurrentOfWrites: 8,
  queuedOfWrites: 64,
  requestsOfCall: 500,
  maxReplyBytes: 8 * 1024 * 1024,
};
