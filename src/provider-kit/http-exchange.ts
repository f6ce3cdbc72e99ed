import { DecoratorHandler, errors, Pool, type Dispatcher } from 'undici';
import { orAborted } from './or-aborted.ts';
import { ProviderError } from './provider-error.ts';
import type { UpstreamLimits } from './upstream-limits.ts';
import type { UpstreamOptions, UpstreamReply, UpstreamRequest } from './upstream.ts';

/**
 * Sends one request and reads its reply. `onSent`: from now on the vendor may have it. Rejects with ProviderError
 * `malformed`, or with whatever error broke the connection.
 */
export type Exchange = (
  request: UpstreamRequest,
  signal: AbortSignal,
  onSent: () => void,
) => Promise<UpstreamReply>;

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const MAX_REDIRECTS = 3;

/** Connections to one origin, kept open between requests; what lies idle keeps no process alive. */
export function createExchange(
  { origin, sign }: Pick<UpstreamOptions, 'origin' | 'sign'>,
  limits: UpstreamLimits,
): Exchange {
  const connections = limits.concurrent + limits.concurrentOfWrites;
  const pool = new Pool(origin, { connections, maxResponseSize: limits.maxReplyBytes });

  return async (request, signal, onSent) => {
    const dispatcher = pool.compose(noting(onSent));
    const content = contentOf(request);
    const headers = { ...content.headers, ...sign?.(request) };
    let path = request.path + queryOf(request);
    for (let redirects = 0; ; redirects += 1) {
      const send = { ...content, headers, method: request.method, path, signal };
      // undici 7 heeds the signal only once it is connected.
      const reply = await orAborted(() => dispatcher.request(send), signal);
      const text = await readText(reply.body);
      const replied = joined(reply.headers);
      if (!REDIRECTS.has(reply.statusCode)) {
        return { status: reply.statusCode, headers: replied, json: parse(text, reply.statusCode) };
      }
      const next = pathWithin(origin, path, replied['location'] ?? '');
      if (next === null || request.method !== 'GET' || redirects === MAX_REDIRECTS) {
        throw malformed('The vendor leads elsewhere, which is not followed.', `HTTP ${reply.statusCode}`);
      }
      path = next;
    }
  };
}

function noting(onSent: () => void): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    const noted: Dispatcher.DispatchHandler = new DecoratorHandler(handler);
    const start = noted.onRequestStart?.bind(noted);
    // Called when there is a connection, before the first byte is written to it.
    noted.onRequestStart = (controller, context) => {
      onSent();
      start?.(controller, context);
    };
    return dispatch(options, noted);
  };
}

/** With its question mark, as it is sent and signed. Empty: there is none. */
export function queryOf({ query = {} }: Pick<UpstreamRequest, 'query'>): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((one) => `${encode(name)}=${encode(String(one))}`),
  );
  return given.length === 0 ? '' : `?${given.join('&')}`;
}

/** `encodeURIComponent` leaves five of the reserved characters of RFC 3986 as they are, and rejects half a surrogate pair. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function contentOf({ headers, json, form }: UpstreamRequest): {
  headers: Record<string, string>;
  body: string | null;
} {
  const common = { accept: 'application/json', 'user-agent': 'keyfold' };
  if (form !== undefined) {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    return { headers: { ...common, ...type, ...headers }, body: new URLSearchParams(form).toString() };
  }
  if (json === undefined) return { headers: { ...common, ...headers }, body: null };
  return {
    headers: { ...common, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(json),
  };
}

async function readText(body: Dispatcher.ResponseData['body']): Promise<string> {
  try {
    return await body.text();
  } catch (error) {
    if (!(error instanceof errors.ResponseExceededMaxSizeError)) throw error;
    throw malformed('The vendor gave an answer that is too large.', error.code);
  }
}

function joined(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const single = Object.entries(headers).map(
    ([name, value]) => [name, [value ?? []].flat().join(', ')] as const,
  );
  return Object.fromEntries(single);
}

/** Undefined for an empty body, and for an error's that is no JSON. */
function parse(text: string, status: number): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
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

function malformed(message: string, cause: string): ProviderError {
  return new ProviderError('malformed', message, { cause: new Error(cause) });
}
