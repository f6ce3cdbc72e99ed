import type { Call } from './provider.ts';
import type { ProviderError } from './provider-error.ts';
import type { Quota } from './upstream-allowance.ts';

/** One HTTP request to the vendor. */
export interface UpstreamRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Absolute path, already encoded: build it with `path`. */
  readonly path: string;
  /** A list repeats its name. Encoded after RFC 3986: all but `A-Z a-z 0-9 - . _ ~`. */
  readonly query?: Readonly<Record<string, string | number | readonly string[] | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON with its content type. Undefined: no body and no content type. */
  readonly json?: unknown;
  /** Sent as `application/x-www-form-urlencoded`, in the place of `json`. */
  readonly form?: Readonly<Record<string, string>>;
  /**
   * Does it change nothing of what the caller asked to change (RFC 9110 section 9.2.1)? Then a failure leaves nothing
   * in doubt: `applied` is 'no'. Default: GET is, all others are not; a search by POST and a login say so.
   */
  readonly safe?: boolean;
  /**
   * May it be sent again after a failure of unknown effect? A safe request always may; one that changes something
   * only where the vendor makes the repetition harmless.
   */
  readonly repeatable?: boolean;
}

export interface UpstreamReply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed body. Undefined: empty. */
  readonly json: unknown;
}

export interface UpstreamOptions {
  /** Scheme, host and port. Requests and followed redirects never leave it. */
  readonly origin: string;
  /**
   * What a reply means when it is no success; null for a success. Decides about retry (`rate_limited`,
   * `unavailable`, `timeout`), and what opens the breaker (`unavailable`, `timeout`, `malformed`).
   */
  readonly classify: (reply: UpstreamReply, request: UpstreamRequest) => ProviderError | null;
  /** Headers that are made anew for each try: dates, nonces, signatures. */
  readonly sign?: (request: UpstreamRequest) => Readonly<Record<string, string>>;
  /**
   * For how many ms after this reply nothing more may be sent, because the vendor said so. Null: it did not. Until then
   * every request waits within its deadline, or is `rate_limited` without having been sent. Where this is left out, the
   * `Retry-After` of a `rate_limited` reply is heeded so, by reads after a read and by writes after a write.
   */
  readonly pauseAfter?: (reply: UpstreamReply) => number | null;
  /** How many more requests the vendor takes until when, as this reply says. Null: it does not. */
  readonly quotaAfter?: (reply: UpstreamReply) => Quota | null;
  /** How many requests that serve reads this vendor bears at once, where it is fewer than others do. */
  readonly concurrent?: number;
}

/**
 * The one HTTP client: retry > breaker > limit > deadline around each single request. Rejects with ProviderError
 * only: what `classify` made of a reply, or its own for what never became a reply.
 */
export interface Upstream {
  send(request: UpstreamRequest, call: Call): Promise<UpstreamReply>;
}
