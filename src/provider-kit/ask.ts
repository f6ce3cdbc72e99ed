import type { z } from 'zod';
import { parseReply } from './parse-reply.ts';
import type { Call } from './provider.ts';
import type { Upstream, UpstreamRequest } from './upstream.ts';

/** One request, and what is used of its reply. A reply that cannot be read leaves a request that is not safe in doubt. */
export async function ask<T>(
  upstream: Upstream,
  request: UpstreamRequest,
  reply: z.ZodType<T>,
  call: Call,
): Promise<T> {
  const { method, safe = method === 'GET' } = request;
  return parseReply(reply, await upstream.send(request, call), safe ? 'no' : 'maybe');
}
