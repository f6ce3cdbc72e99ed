import { and, asc, count, desc, eq, gt, gte, inArray, lt } from 'drizzle-orm';
import type { Reach } from '../domain/actor.ts';
import type { AuditEvent, AuditOutcome } from '../domain/audit-event.ts';
import type { TenantId } from '../domain/ids.ts';
import type { Page, PageRequest } from '../domain/page.ts';
import type { Store } from './database.ts';
import { badCursor, pageOfRows } from './keyset.ts';
import { auditEvents } from './tables/gateway.ts';
import { withinReach } from './within-reach.ts';

export async function findAuditEvents({ db }: Store, ids: readonly string[]): Promise<readonly AuditEvent[]> {
  return ids.length === 0
    ? []
    : db
        .select()
        .from(auditEvents)
        .where(inArray(auditEvents.id, [...ids]));
}

/** Null: any. */
export interface AuditEventFilter {
  readonly actor: string | null;
  readonly action: string | null;
  readonly subject: string | null;
  readonly provider: string | null;
  readonly outcome: readonly AuditOutcome[] | null;
  readonly since: Date | null;
  readonly until: Date | null;
}

/** In the order of the chain. */
export async function listAuditEvents(
  { db }: Store,
  filter: AuditEventFilter & { readonly within: Reach },
  request: PageRequest,
): Promise<Page<AuditEvent>> {
  const { actor, action, subject, provider, outcome, since, until } = filter;
  const where = and(
    withinReach(filter.within, auditEvents),
    actor === null ? undefined : eq(auditEvents.actor, actor),
    action === null ? undefined : eq(auditEvents.action, action),
    subject === null ? undefined : eq(auditEvents.subject, subject),
    provider === null ? undefined : eq(auditEvents.provider, provider),
    outcome === null ? undefined : inArray(auditEvents.outcome, [...outcome]),
    since === null ? undefined : gte(auditEvents.at, since),
    until === null ? undefined : lt(auditEvents.at, until),
  );
  const forward = request.direction === 'forward';
  const cursor = request.cursor === null ? null : parseSequence(request.cursor, request.direction);
  const beyond = cursor === null ? undefined : (forward ? gt : lt)(auditEvents.sequence, cursor);
  const rows = await db
    .select()
    .from(auditEvents)
    .where(and(where, beyond))
    .orderBy((forward ? asc : desc)(auditEvents.sequence))
    .limit(request.limit + 1);
  const total = request.withTotal ? await db.select({ n: count() }).from(auditEvents).where(where) : [];
  const item = (event: AuditEvent) => ({ node: event, cursor: String(event.sequence) });
  return pageOfRows(rows, request, item, total[0]?.n ?? null);
}

/** The first of the events in a tenant since then that are of these actions, in the order of the chain. */
export async function findEventsSince(
  { db }: Store,
  { provider, tenant }: TenantId,
  since: Date,
  actions: readonly string[],
  limit: number,
): Promise<readonly AuditEvent[]> {
  const inTenant = and(eq(auditEvents.provider, provider), eq(auditEvents.tenant, tenant));
  return db
    .select()
    .from(auditEvents)
    .where(and(inTenant, gte(auditEvents.at, since), inArray(auditEvents.action, [...actions])))
    .orderBy(asc(auditEvents.sequence))
    .limit(limit);
}

function parseSequence(cursor: string, direction: PageRequest['direction']): number {
  if (!/^\d{1,15}$/.test(cursor)) throw badCursor(direction);
  return Number(cursor);
}
