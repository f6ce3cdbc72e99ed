import { z } from 'zod';

/** A closed loop: each connection asks, waits for the whole answer, and asks again. */
export const loadQuestion = z.object({
  origin: z.string(),
  method: z.enum(['GET', 'POST']),
  headers: z.record(z.string(), z.string()),
  /** Asked in turn. */
  asks: z.array(z.object({ path: z.string(), body: z.string().nullable() })).min(1),
  connections: z.number(),
  seconds: z.number(),
});
export type LoadQuestion = z.output<typeof loadQuestion>;

export const loadAnswer = z.object({
  requests: z.number(),
  seconds: z.number(),
  perSecond: z.number(),
  /** From the first byte sent to the last received. */
  p50Ms: z.number(),
  p99Ms: z.number(),
  /** Of bodies. */
  bytes: z.number(),
});
export type LoadAnswer = z.output<typeof loadAnswer>;
