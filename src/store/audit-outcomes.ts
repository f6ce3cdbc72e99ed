import { and, eq, gt, gte, inArray, lte, notExists, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { AuditEvent } from '../domain/audit-event.ts';
import type { Store } from './database.ts';
import { auditEvents } from './tables/gateway.ts';

/**
 * The last events of operations that began between `since` and `before`: those without any outcome, and of these
 * actions those with an unknown one. In no order, so that none that stays unknown keeps the others waiting.
 */
export async function findUnsettled(
  { db }: Store,
  about: {
    readonly actions: readonly string[];
    readonly since: Date;
    readonly before: Date;
    readonly limit: number;
  },
): Promise<readonly AuditEvent[]> {
  const later = alias(auditEvents, 'later');
  const more = db
    .select({ sequence: later.sequence })
    .from(later)
    .where(and(eq(later.operationId, auditEvents.operationId), gt(later.sequence, auditEvents.sequence)));
  const isUnknown = and(eq(auditEvents.outcome, 'UNKNOWN'), inArray(auditEvents.action, [...about.actions]));
  return db
    .select()
    .from(auditEvents)
    .where(
      and(
        gte(auditEvents.at, about.since),
        lte(auditEvents.at, about.before),
        or(eq(auditEvents.outcome, 'STARTED'), isUnknown),
        notExists(more),
      ),
    )
    .orderBy(sql`random()`)
    .limit(about.limit);
}

/** Those of the subjects that some operation is known to have issued. */
export async function issuedSubjects(
  { db }: Store,
  subjects: readonly string[],
): Promise<ReadonlySet<string>> {
  if (subjects.length === 0) return new Set();
  const rows = await db
    .select({ subject: auditEvents.subject })
    .from(auditEvents)
    .where(
      and(
        inArray(auditEvents.subject, [...subjects]),
        inArray(auditEvents.action, ['clientSecret.create', 'client.create']),
        eq(auditEvents.outcome, 'SUCCEEDED'),
      ),
    );
  return new Set(rows.flatMap(({ subject }) => subject ?? []));
}

/** Is it on record that the operation was carried out, and its result given? */
export async function hasSucceeded({ db }: Store, operationId: string): Promise<boolean> {
  const rows = await db
    .select({ id: auditEvents.id })
    .from(auditEvents)
    .where(and(eq(auditEvents.operationId, operationId), eq(auditEvents.outcome, 'SUCCEEDED')));
  return rows.length > 0;
}

/** Is it on record that the operation was begun? Where it is not, nothing was done. */
export async function wasBegun({ db }: Store, operationId: string): Promise<boolean> {
  const rows = await db
    .select({ id: auditEvents.id })
    .from(auditEvents)
    .where(eq(auditEvents.operationId, operationId))
    .limit(1);
  return rows.length > 0;
}
