import { ProviderError, type ProviderErrorCode } from './provider-error.ts';
import type { UpstreamRequest } from './upstream.ts';

const PASSING: ReadonlySet<ProviderErrorCode> = new Set(['rate_limited', 'unavailable', 'timeout']);

/** What is known of the effect of one request, over all its tries. */
export class Tries {
  readonly #isSafe: boolean;
  readonly #isRepeatable: boolean;
  #sent = 0;
  #answered = 0;

  constructor({ method, safe = method === 'GET', repeatable = safe }: UpstreamRequest) {
    this.#isSafe = safe;
    this.#isRepeatable = safe || repeatable;
  }

  noteSent(): void {
    this.#sent += 1;
  }

  noteAnswered(): void {
    this.#answered += 1;
  }

  get isSafe(): boolean {
    return this.#isSafe;
  }

  get isSent(): boolean {
    return this.#sent > 0;
  }

  /** Did a try that changes something leave, without an answer that could be read? */
  get inDoubt(): boolean {
    return !this.#isSafe && this.#sent > this.#answered;
  }

  /** Is the failure one that passes, and would another try do no harm? */
  permitAnother(failure: Error): boolean {
    const passes = failure instanceof ProviderError && PASSING.has(failure.code);
    return passes && (this.#isRepeatable || !this.isSent);
  }
}
