import { ProviderError, type ProviderErrorCode } from './provider-error.ts';
import { BrokenError } from './upstream-breaker.ts';
import type { UpstreamRequest } from './upstream.ts';

const PASSING: ReadonlySet<ProviderErrorCode> = new Set(['rate_limited', 'unavailable', 'timeout']);

/** What is known of the effect of one request, over all its tries. */
export class Tries {
  readonly #isSafe: boolean;
  readonly #isRepeatable: boolean;
  #sent = 0;
  #answered = 0;
  #sentAt = Infinity;

  constructor({ method, safe = method === 'GET', repeatable = safe }: UpstreamRequest) {
    this.#isSafe = safe;
    this.#isRepeatable = safe || repeatable;
  }

  noteSent(): void {
    this.#sent += 1;
    this.#sentAt = performance.now();
  }

  noteAnswered(): void {
    this.#answered += 1;
    this.#sentAt = Infinity;
  }

  get isSafe(): boolean {
    return this.#isSafe;
  }

  get isSent(): boolean {
    return this.#sent > 0;
  }

  /** For how long the vendor has had the try that is on its way. Negative: there is none. */
  get openMs(): number {
    return performance.now() - this.#sentAt;
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
