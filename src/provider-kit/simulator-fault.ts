import type { ServerResponse } from 'node:http';
import type { ReceivedRequest } from './received-request.ts';

/** What the next matching requests meet. */
export interface Fault {
  /** Which requests; default all. */
  readonly match?: (request: ReceivedRequest) => boolean;
  /** How many of them; default 1. */
  readonly times?: number;
  readonly kind: FaultKind;
}

/** Replies that are spoilt on the way back: the vendor has acted. */
const SPOILING = ['reset-mid-body', 'half-json', 'empty', 'lost-reply'] as const;
export type Spoiling = (typeof SPOILING)[number];

/**
 * What the client gets in the vendor's place; the vendor does not act. `redirect` leads to another origin, which is
 * this server under its other name: a client that follows stands in the request log. `hang-up` ends the connection
 * without a word, `no-http` with a word of another protocol, and `endless` never comes to the end of its body.
 */
export type Substitute =
  | 'reset'
  | 'hang-up'
  | 'no-http'
  | 'html'
  | 'silence'
  | 'endless'
  | 'redirect'
  | 'huge'
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** An object is sent as JSON, a text as it is, as HTML. Undefined: no body. */
      readonly body?: unknown;
    };

/** A delayed request is otherwise served as it should be. */
export type FaultKind = Spoiling | Substitute | { readonly delayMs: number };

export function isSpoiling(kind: FaultKind | null): kind is Spoiling {
  return SPOILING.some((spoiling) => spoiling === kind);
}

const PAGE = '<!doctype html><title>Gateway</title><p>Something else answered.</p>';
const HUGE_BYTES = 9 * 1024 * 1024;

/** Answers in the vendor's place; `port` is the server's own. */
export function substitute(kind: Substitute, response: ServerResponse, port: number): void {
  if (kind === 'silence') return;
  if (kind === 'reset') response.socket?.resetAndDestroy();
  else if (kind === 'hang-up') response.socket?.end();
  else if (kind === 'no-http') response.socket?.end('SSH-2.0-OpenSSH_9.6\r\n');
  else if (kind === 'endless') response.writeHead(200, JSON_TYPE).write('[');
  else if (kind === 'html') response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
  else if (kind === 'redirect')
    response.writeHead(307, { location: `http://localhost:${port}/elsewhere` }).end();
  else if (kind === 'huge') response.writeHead(200, JSON_TYPE).end(`["${'x'.repeat(HUGE_BYTES)}"]`);
  else {
    const { text, type } = bodyOf(kind.body);
    response.writeHead(kind.status, { ...type, ...kind.headers }).end(text);
  }
}

/** Sends the vendor's reply as the fault lets it through. */
export function spoil(kind: Spoiling, response: ServerResponse, status: number, text: string): void {
  const half = text.slice(0, Math.ceil(text.length / 2));
  if (kind === 'lost-reply') response.socket?.resetAndDestroy();
  else if (kind === 'empty') response.writeHead(status).end();
  else if (kind === 'half-json') response.writeHead(status, JSON_TYPE).end(half);
  else {
    response.writeHead(status, { ...JSON_TYPE, 'content-length': Buffer.byteLength(text) });
    response.write(half, () => response.socket?.resetAndDestroy());
  }
}

const JSON_TYPE = { 'content-type': 'application/json' };

/** Undefined: no body and no content type. */
export function bodyOf(body: unknown): { text: string; type: Record<string, string> } {
  if (body === undefined) return { text: '', type: {} };
  if (typeof body === 'string') return { text: body, type: { 'content-type': 'text/html' } };
  return { text: JSON.stringify(body), type: JSON_TYPE };
}
