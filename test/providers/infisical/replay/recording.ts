import { readFileSync } from 'node:fs';
import { z } from 'zod';

const exchange = z.object({
  n: z.number(),
  step: z.string(),
  request: z.object({
    method: z.enum(['GET', 'POST', 'PATCH', 'DELETE']),
    path: z.string(),
    headers: z.record(z.string(), z.string()).default({}),
    body: z.string().nullable(),
  }),
  response: z.object({
    status: z.number(),
    headers: z.record(z.string(), z.string()),
    body: z.unknown(),
  }),
});

export type Exchange = z.output<typeof exchange>;

/**
 * What a self-hosted server of 2024-10-10 (commit 09d28156 of Infisical/infisical) answered; every fourth exchange is
 * missing, tokens and values are masked. Two lines hold no exchange: how it was recorded, and a decoded token.
 */
export const recording: readonly Exchange[] = readFileSync(
  new URL('../recordings/2024-10.jsonl', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line): unknown => JSON.parse(line))
  .filter((line) => typeof line === 'object' && line !== null && 'request' in line)
  .map((line) => exchange.parse(line));
