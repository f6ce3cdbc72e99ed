import { and, eq, or, sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Reach } from '../domain/actor.ts';

/** The condition that keeps rows to what an actor has a role over. */
export function withinReach(
  within: Reach,
  columns: { readonly provider: PgColumn; readonly tenant: PgColumn },
): SQL | undefined {
  if (within.everything) return undefined;
  const scopes = within.scopes.map(({ provider, tenant }) =>
    and(eq(columns.provider, provider), tenant === null ? undefined : eq(columns.tenant, tenant)),
  );
  return scopes.length === 0 ? sql`false` : or(...scopes);
}
