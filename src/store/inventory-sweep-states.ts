import { and, asc, eq, inArray, or, sql } from 'drizzle-orm';
import type { Reach } from '../domain/actor.ts';
import type { ErrorCode } from '../domain/gateway-error.ts';
import type { Store } from './database.ts';
import { inventorySweeps } from './tables/inventory.ts';
import { withinReach } from './within-reach.ts';

/** How the sweeps of a provider fare. */
export interface SweepState {
  readonly provider: string;
  /** Of the failures that there are, the one that has lasted longest. Null: there is none. */
  readonly failure: { readonly code: ErrorCode; readonly message: string; readonly since: Date } | null;
  /** Have its list of tenants and each of these been looked through to the end at least once? */
  readonly isWhole: boolean;
}

/** Of the lists of tenants and of the tenants within reach. A provider that nothing is scheduled for has none. */
export async function findSweepStates(
  { db }: Store,
  providers: readonly string[],
  within: Reach,
): Promise<readonly SweepState[]> {
  if (providers.length === 0) return [];
  const { provider, failureCode, failureMessage, failedSince, finishedAt, tenant } = inventorySweeps;
  const readable = or(eq(tenant, ''), withinReach(within, inventorySweeps));
  const isWorst = [asc(provider), asc(failedSince), sql`${finishedAt} asc nulls first`];
  const rows = await db
    .selectDistinctOn([provider], {
      provider,
      code: failureCode,
      message: failureMessage,
      since: failedSince,
      finishedAt,
    })
    .from(inventorySweeps)
    .where(and(inArray(provider, [...providers]), within.everything ? undefined : readable))
    .orderBy(...isWorst);
  return rows.map(({ provider: name, code, message, since, finishedAt: end }) => ({
    provider: name,
    failure: code === null || message === null || since === null ? null : { code, message, since },
    isWhole: end !== null,
  }));
}
