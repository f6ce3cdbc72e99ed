import { and, eq, inArray, lt, lte, sql, type SQL } from 'drizzle-orm';
import type { Reach } from '../domain/actor.ts';
import type { ClientSecretStatus } from '../domain/client-secret.ts';
import type { ClientId, TenantId } from '../domain/ids.ts';
import { EARLIEST_MOMENT, LATEST_MOMENT } from '../domain/storable.ts';
import { hasStatus, isLiveAt, type SecretTable } from './inventory-status.ts';
import { matchesSearch } from './inventory-words.ts';
import { withinReach } from './within-reach.ts';

/** Null: any. */
export interface InventorySecretFilter {
  readonly within: Reach;
  readonly providers: readonly string[] | null;
  readonly tenant: TenantId | null;
  readonly client: ClientId | null;
  /** As of now, or of `asOf`. */
  readonly status: readonly ClientSecretStatus[] | null;
  /** May still authenticate and ends within so long from now, or from `asOf`. */
  readonly expiresWithinMs: number | null;
  /** Ends before then; also where that has passed. */
  readonly expiresBefore: Date | null;
  /**
   * May still authenticate and has surely not been used for so long. Leaves out what the vendor tells no use of. Where
   * it counts uses and does not say when, the count has to have been seen unchanged for so long.
   */
  readonly unusedForMs: number | null;
  /** Each word has to begin a word of its description, hint or id, or of its client's name or client_id. */
  readonly search: string | null;
  /** What there was at that moment, as it was then. Null: what there is. */
  readonly asOf: Date | null;
}

/** The condition on rows of the present or of the past; `at` is now or `asOf`. Throws InvalidInputError. */
export function secretConditions(
  table: SecretTable,
  filter: InventorySecretFilter,
  at: Date,
): SQL | undefined {
  const { within, providers, tenant, client, status, expiresWithinMs, expiresBefore, unusedForMs } = filter;
  const past = filter.asOf !== null;
  const given = <T>(value: T | null, condition: (value: T) => SQL | undefined) =>
    value === null ? undefined : condition(value);
  return and(
    withinReach(within, table),
    given(providers, (names) => inArray(table.provider, [...names])),
    given(tenant, (id) => and(eq(table.provider, id.provider), eq(table.tenant, id.tenant))),
    given(client, (id) =>
      and(eq(table.provider, id.provider), eq(table.tenant, id.tenant), eq(table.client, id.client)),
    ),
    given(status, (statuses) => hasStatus(table, statuses, at, past)),
    given(expiresWithinMs, (ms) => and(isLiveAt(table, at, past), lte(table.endOrder, from(at, ms)))),
    given(expiresBefore, (end) => lt(table.endOrder, end)),
    given(unusedForMs, (ms) => and(isLiveAt(table, at, past), lte(table.idleSince, from(at, -ms)))),
    given(filter.search, (text) => matchesSearch(sql`(${table.words} || ${table.clientWords})`, text)),
  );
}

function from(at: Date, ms: number): Date {
  const moment = Math.min(at.getTime() + ms, LATEST_MOMENT.getTime());
  return new Date(Math.max(moment, EARLIEST_MOMENT.getTime()));
}
