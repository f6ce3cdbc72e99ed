import { errors, Pool, type Dispatcher } from 'undici';
import { contentOf, queryOf } from './http-content.ts';
import { onAbort } from './on-abort.ts';
import { ProviderError } from './provider-error.ts';
import type { UpstreamLimits } from './upstream-limits.ts';
import type { UpstreamOptions, UpstreamReply, UpstreamRequest } from './upstream.ts';

/** What ends an exchange before it has a reply, and whom to tell of what. */
export interface ExchangeEnds {
  readonly signal: AbortSignal;
  /** From now on. */
  readonly deadlineMs: number;
  /** From now on the vendor may have it. */
  readonly onSent: () => void;
  /** What to reject with when the signal aborts. */
  readonly onAbort: () => ProviderError;
}

/** Sends one request and reads its reply. Rejects with ProviderError `timeout` or `malformed`, or with whatever error broke the connection. */
export type Exchange = (request: UpstreamRequest, ends: ExchangeEnds) => Promise<UpstreamReply>;

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const MAX_REDIRECTS = 3;

/** Connections to one origin, kept open between requests; what lies idle keeps no process alive. */
export function createExchange(
  { origin, sign }: Pick<UpstreamOptions, 'origin' | 'sign'>,
  connections: number,
  { maxReplyBytes }: UpstreamLimits,
): Exchange {
  const pool = new Pool(origin, { connections, maxResponseSize: maxReplyBytes });
  return (request, ends) =>
    new Promise((resolve, reject) => {
      const { headers, body } = contentOf(request, sign?.(request));
      const options = {
        origin,
        method: request.method,
        path: request.path + queryOf(request),
        headers,
        body,
      };
      new OneExchange(pool, options, ends, resolve, reject).start();
    });
}

type Sent = Dispatcher.DispatchOptions & { readonly origin: string };

/**
 * Reads the reply straight from undici's dispatcher, which takes half the time of its `request`: no stream, no listener
 * and no scope for a body that is read whole anyway. It also heeds a signal before there is a connection, as that does not.
 */
class OneExchange implements Dispatcher.DispatchHandler {
  readonly #pool: Pool;
  readonly #ends: ExchangeEnds;
  readonly #resolve: (reply: UpstreamReply) => void;
  readonly #reject: (error: unknown) => void;
  readonly #timer: NodeJS.Timeout;
  #forget = () => {};
  #options: Sent;
  #controller: Dispatcher.DispatchController | null = null;
  #status = 0;
  #headers: UpstreamReply['headers'] = {};
  #chunks: Buffer[] = [];
  #redirects = 0;
  #isOver = false;

  constructor(
    pool: Pool,
    options: Sent,
    ends: ExchangeEnds,
    resolve: (reply: UpstreamReply) => void,
    reject: (error: unknown) => void,
  ) {
    [this.#pool, this.#options, this.#ends] = [pool, options, ends];
    [this.#resolve, this.#reject] = [resolve, reject];
    this.#timer = setTimeout(() => this.#cut(late()), ends.deadlineMs);
    this.#forget = onAbort(ends.signal, () => this.#cut(ends.onAbort()));
  }

  start(): void {
    if (!this.#isOver) this.#pool.dispatch(this.#options, this);
  }

  /** There is a connection, and not a byte is written to it yet. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#isOver) return controller.abort(new errors.RequestAbortedError());
    this.#controller = controller;
    this.#ends.onSent();
  }

  onResponseStart(
    _: unknown,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    this.#status = status;
    this.#headers = joined(headers);
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.#isOver) return;
    try {
      if (REDIRECTS.has(this.#status)) return this.#follow();
      this.#end();
      this.#resolve({
        status: this.#status,
        headers: this.#headers,
        json: parse(this.#chunks, this.#status),
      });
    } catch (error) {
      this.#end();
      this.#reject(error);
    }
  }

  onResponseError(_: unknown, error: Error): void {
    if (this.#isOver) return;
    this.#end();
    const isTooLarge = error instanceof errors.ResponseExceededMaxSizeError;
    this.#reject(isTooLarge ? malformed('The vendor gave an answer that is too large.', error.code) : error);
  }

  #follow(): void {
    const { method, path, origin } = this.#options;
    const next = pathWithin(origin, path, this.#headers['location'] ?? '');
    if (next === null || method !== 'GET' || this.#redirects === MAX_REDIRECTS)
      throw malformed('The vendor leads elsewhere, which is not followed.', `HTTP ${this.#status}`);
    this.#redirects += 1;
    this.#chunks = [];
    this.#controller = null;
    this.#options = { ...this.#options, path: next };
    this.start();
  }

  #cut(error: ProviderError): void {
    if (this.#isOver) return;
    this.#end();
    this.#reject(error);
    this.#controller?.abort(error);
  }

  #end(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#forget();
  }
}

/** What came several times, as one. */
function joined(headers: Readonly<Record<string, string | string[] | undefined>>): UpstreamReply['headers'] {
  const all: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name] ?? '';
    all[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return all;
}

/** Undefined for an empty body, and for an error's that is no JSON. */
function parse(chunks: readonly Buffer[], status: number): unknown {
  const [first] = chunks;
  if (first === undefined) return undefined;
  const text = (chunks.length === 1 ? first : Buffer.concat(chunks)).toString();
  if (text === '') return undefined;
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch {
    if (status >= 400) return undefined;
    // The parser's own message quotes the text.
    throw malformed(
      'The vendor gave an answer that cannot be read.',
      `HTTP ${status}, ${text.length} characters`,
    );
  }
}

/** Null: it leads to another origin, or to nowhere. */
function pathWithin(origin: string, from: string, location: string): string | null {
  const base = new URL(from, origin);
  if (location === '' || !URL.canParse(location, base)) return null;
  const next = new URL(location, base);
  return next.origin === base.origin ? `${next.pathname}${next.search}` : null;
}

export function late(): ProviderError {
  return new ProviderError('timeout', 'The vendor did not answer in time.');
}

function malformed(message: string, cause: string): ProviderError {
  return new ProviderError('malformed', message, { cause: new Error(cause) });
}
