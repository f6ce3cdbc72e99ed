import { ProviderError, type ProviderErrorCode } from './provider-error.ts';
import { BrokenError } from './upstream-breaker.ts';
import type { UpstreamRequest } from './upstream.ts';

const PASSING: ReadonlySet<ProviderErrorCode> = new Set(['rate_limited', 'unavailable', 'timeout']);

/** What is known of the effect of one request, over all its tries. */
export class Tries {
  /** Until when the last failure told to wait, in ms since the epoch. No further try begins before. */
  toldUntil = -Infinity;
  readonly #isSafe: boolean;
  readonly #isRepeatable: boolean;
  #begun = 0;
  #sent = 0;
  #answered = 0;
  #begunAt = Infinity;

  constructor({ method, safe = method === 'GET', repeatable = safe }: UpstreamRequest) {
    this.#isSafe = safe;
    this.#isRepeatable = safe || repeatable;
  }

  /** A connection is used or made; nothing is sent yet. */
  noteBegun(): void {
    this.#begun += 1;
    this.#begunAt = performance.now();
  }

  noteSent(): void {
    this.#sent += 1;
  }

  noteAnswered(): void {
    this.#answered += 1;
    this.#begunAt = Infinity;
  }

  /** How many there were so far. */
  get count(): number {
    return this.#begun;
  }

  get isSafe(): boolean {
    return this.#isSafe;
  }

  get isSent(): boolean {
    return this.#sent > 0;
  }

  /** For how long the vendor has had the try that is on its way, connecting included. Negative: there is none. */
  get openMs(): number {
    return performance.now() - this.#begunAt;
  }

  /** Did a try that changes something leave, without an answer that could be read? */
  get inDoubt(): boolean {
    return !this.#isSafe && this.#sent > this.#answered;
  }

  /** Is the failure one that passes, and would another try do no harm? */
  permitAnother(failure: unknown): boolean {
    const passes =
      failure instanceof ProviderError && PASSING.has(failure.code) && !(failure instanceof BrokenError);
    return passes && (this.#isRepeatable || !this.isSent);
  }
}
