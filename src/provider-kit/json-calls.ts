import type { z } from 'zod';
import { ask } from './ask.ts';
import type { Call } from './provider.ts';
import type { Upstream, UpstreamRequest } from './upstream.ts';

type More = Pick<UpstreamRequest, 'repeatable' | 'safe'>;

/** The calls of a vendor that speaks JSON, by their methods. Paths are built with `path`. */
export function jsonCalls(upstream: Upstream) {
  const send =
    (method: UpstreamRequest['method'], usual: More) =>
    <T>(to: string, json: object, reply: z.ZodType<T>, call: Call, more: More = usual) =>
      ask(upstream, { method, path: to, json, ...more }, reply, call);
  return {
    get: <T>(to: string, reply: z.ZodType<T>, call: Call, query: UpstreamRequest['query'] = {}) =>
      ask(upstream, { method: 'GET', path: to, query }, reply, call),
    post: send('POST', {}),
    /** These set what they name and nothing else, so that twice is once. */
    put: send('PUT', { repeatable: true }),
    patch: send('PATCH', { repeatable: true }),
  };
}
