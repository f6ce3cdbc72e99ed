import { and, eq, inArray, sql } from 'drizzle-orm';
import type { ErrorCode } from '../domain/gateway-error.ts';
import type { TenantId } from '../domain/ids.ts';
import type { Store } from './database.ts';
import { inventorySweeps } from './tables/inventory.ts';

type Row = typeof inventorySweeps.$inferSelect;

/** A job in hand. Its tenant is empty where the provider's list of tenants is what is to be read. */
export interface Sweep extends TenantId {
  /** Others leave it alone until then; it is also what tells one holder from the next. */
  readonly leaseUntil: Date;
  /** Where it goes on. Null: at the beginning. */
  readonly cursor: string | null;
  /** When this pass over the tenant began, perhaps in other hands. */
  readonly startedAt: Date;
  /** When the last whole pass ended. Null: there has been none. */
  readonly finishedAt: Date | null;
  /** Failures in a row before this time. */
  readonly attempts: number;
}

/** Adds the jobs that are not there yet, due at once; none of a tenant that is known to be gone. */
export async function scheduleSweeps({ db }: Store, jobs: readonly TenantId[], dueAt: Date): Promise<void> {
  if (jobs.length === 0) return;
  const given = sorted(jobs).map(({ provider, tenant }) => ({ provider, tenant }));
  await db.execute(sql`
    insert into inventory_sweeps (provider, tenant, due_at)
    select provider, tenant, ${dueAt.toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(given)}::text::jsonb) as job(provider text, tenant text)
    where not exists (
      select from inventory_tenants known where known.gone_at is not null
        and (known.provider, known.tenant) = (job.provider, job.tenant))
    on conflict do nothing`);
}

/**
 * Takes up to `limit` due jobs of these providers, for this caller alone, until `leaseUntil`: of every provider the
 * longest due first, and never so many that more than `perProvider` of one are in hand at the same time.
 */
export async function claimDueSweeps(
  { db }: Store,
  providers: readonly string[],
  now: Date,
  leaseUntil: Date,
  { limit, perProvider }: { readonly limit: number; readonly perProvider: number },
): Promise<readonly Sweep[]> {
  if (providers.length === 0) return [];
  return db.transaction(async (tx) => {
    // One claim at a time for each provider, so that what others have in hand is known when the next statement counts it.
    const listJobs = and(inArray(inventorySweeps.provider, [...providers]), eq(inventorySweeps.tenant, ''));
    const free = await tx
      .select({ provider: inventorySweeps.provider })
      .from(inventorySweeps)
      .where(listJobs)
      .for('update', { skipLocked: true });
    if (free.length === 0) return [];
    const at = now.toISOString();
    const ranked = sql`
      select provider, tenant, due_at,
        row_number() over (partition by provider order by due_at, tenant)
          + (select count(*) from inventory_sweeps held
              where held.provider = due.provider and held.lease_until > ${at}::timestamptz) as place
      from inventory_sweeps due
      where due_at <= ${at}::timestamptz and (lease_until is null or lease_until <= ${at}::timestamptz)
        and ${inArray(
          sql`provider`,
          free.map(({ provider }) => provider),
        )}`;
    const chosen = sql`
      select provider, tenant from (${ranked}) as ranked
      where place <= ${perProvider} order by place, due_at limit ${limit}`;
    const rows = await tx
      .update(inventorySweeps)
      .set({ leaseUntil, startedAt: sql`coalesce(${inventorySweeps.startedAt}, ${at}::timestamptz)` })
      .where(sql`(${inventorySweeps.provider}, ${inventorySweeps.tenant}) in (${chosen})`)
      .returning();
    return rows.map((row) => sweepOf(row, leaseUntil, now));
  });
}

/**
 * It has got on. With a lease it stays in hand; without one left, others may go on with it when it is due. Null: it is
 * in other hands by now.
 */
export async function saveSweep(
  store: Store,
  sweep: Sweep,
  progress: { readonly cursor: string | null; readonly leaseUntil: Date; readonly dueAt?: Date },
): Promise<Sweep | null> {
  const { cursor, leaseUntil } = progress;
  const saved = await update(store, sweep, { ...progress, attempts: 0 });
  return saved ? { ...sweep, cursor, leaseUntil, attempts: 0 } : null;
}

/** The pass is whole, but for what had to be passed over. False: it is in other hands by now. */
export async function finishSweep(
  store: Store,
  sweep: Sweep,
  finishedAt: Date,
  dueAt: Date,
  passedOver: Pick<SweepFailure, 'code' | 'message'> | null = null,
): Promise<boolean> {
  const since = sql`coalesce(${inventorySweeps.failedSince}, ${finishedAt.toISOString()}::timestamptz)`;
  return update(store, sweep, {
    finishedAt,
    dueAt,
    leaseUntil: null,
    cursor: null,
    startedAt: null,
    failedSince: passedOver === null ? null : since,
    failureCode: passedOver?.code ?? null,
    failureMessage: passedOver?.message ?? null,
    attempts: 0,
  });
}

export interface SweepFailure {
  readonly at: Date;
  readonly code: ErrorCode;
  /** Public words. */
  readonly message: string;
}

/** It goes on from its cursor when it is due again. False: it is in other hands by now. */
export async function failSweep(
  store: Store,
  sweep: Sweep,
  { at, code, message }: SweepFailure,
  again: { readonly dueAt: Date; readonly cursor: string | null },
): Promise<boolean> {
  return update(store, sweep, {
    ...again,
    leaseUntil: null,
    failedSince: sql`coalesce(${inventorySweeps.failedSince}, ${at.toISOString()}::timestamptz)`,
    failureCode: code,
    failureMessage: message,
    attempts: sql`${inventorySweeps.attempts} + 1`,
  });
}

/**
 * Removes the jobs of tenants of the provider that are known to be gone. What somebody is about to change waits for the
 * next time.
 */
export async function removeSweepsOfGone({ db }: Store, provider: string): Promise<void> {
  const isOfGone = sql`job.provider = ${provider} and exists (
    select from inventory_tenants known where known.gone_at is not null
      and (known.provider, known.tenant) = (job.provider, job.tenant))`;
  const some = sql`select ctid from inventory_sweeps job where ${isOfGone} for update skip locked`;
  await db.delete(inventorySweeps).where(sql`ctid = any(array(${some}))`);
}

async function update(
  { db }: Store,
  { provider, tenant, leaseUntil }: Sweep,
  set: Parameters<ReturnType<typeof db.update<typeof inventorySweeps>>['set']>[0],
): Promise<boolean> {
  const mine = and(
    eq(inventorySweeps.provider, provider),
    eq(inventorySweeps.tenant, tenant),
    eq(inventorySweeps.leaseUntil, leaseUntil),
  );
  const saved = await db
    .update(inventorySweeps)
    .set(set)
    .where(mine)
    .returning({ tenant: inventorySweeps.tenant });
  return saved.length > 0;
}

function sweepOf(row: Row, leaseUntil: Date, now: Date): Sweep {
  const { provider, tenant, cursor, startedAt, finishedAt, attempts } = row;
  return { provider, tenant, leaseUntil, cursor, startedAt: startedAt ?? now, finishedAt, attempts };
}

/** So that two replicas never wait for each other's rows. */
function sorted(jobs: readonly TenantId[]): readonly TenantId[] {
  const key = ({ provider, tenant }: TenantId) => JSON.stringify([provider, tenant]);
  return jobs.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}
