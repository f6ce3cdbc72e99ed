import type { z } from 'zod';
import { ProviderError } from './provider-error.ts';
import type { UpstreamReply } from './upstream.ts';

/** What is used of a reply. `applied`: may the request have changed something, whatever its answer means? */
export function parseReply<T>(schema: z.ZodType<T>, { json }: UpstreamReply, applied: 'no' | 'maybe'): T {
  const { data, success } = schema.safeParse(json);
  if (success) return data;
  throw new ProviderError('malformed', 'The vendor gave an answer that cannot be read.', { applied });
}
