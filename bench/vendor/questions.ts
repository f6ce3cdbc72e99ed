import { z } from 'zod';

/** Well: answers after its latency. Refusing: takes no connection. Silent: takes requests and never answers. */
const mode = z.enum(['well', 'refusing', 'silent']);
export type Mode = z.output<typeof mode>;

/** How big a vendor is to be. */
const size = z.object({ clients: z.number(), secrets: z.tuple([z.number(), z.number()]) });
export type Size = z.output<typeof size>;

/** What can be asked of the process that plays the vendors. */
export const vendorQuestion = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('open'), name: z.string(), size }),
  z.object({ kind: z.literal('set'), name: z.string(), latencyMs: z.number(), mode }),
  /** Answers with the requests since the last time, by vendor and path, and begins anew. */
  z.object({ kind: z.literal('take-counts') }),
]);
export type VendorQuestion = z.output<typeof vendorQuestion>;

/** What is configured of a vendor that was opened, and what is known to be in it. */
export const openedVendor = z.object({
  url: z.string(),
  tenant: z.string(),
  clientId: z.string(),
  clientSecret: z.string(),
  /** The ids of all clients that may be asked about, in the order in which they are listed. */
  clients: z.array(z.string()),
});
export type OpenedVendor = z.output<typeof openedVendor>;

/** By vendor, and there by method and path without ids. */
export const counts = z.record(z.string(), z.record(z.string(), z.number()));
export type Counts = z.output<typeof counts>;
