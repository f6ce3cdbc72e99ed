import { and, eq, gt, inArray, lte, or, sql, type SQL } from 'drizzle-orm';
import { isLive, CLIENT_SECRET_STATUSES, type ClientSecretStatus } from '../domain/client-secret.ts';
import type { inventorySecrets, inventoryVersions } from './tables/inventory.ts';

export type SecretTable = typeof inventorySecrets | typeof inventoryVersions;

const LIVE = CLIENT_SECRET_STATUSES.filter(isLive);

interface Facts {
  readonly status: ClientSecretStatus;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

/** As of the present: a secret that was seen active and whose end has passed is expired. */
export function statusNow({ status, expiresAt }: Omit<Facts, 'revokedAt'>, now: Date): ClientSecretStatus {
  return status === 'ACTIVE' && expiresAt !== null && expiresAt <= now ? 'EXPIRED' : status;
}

/** As of a past moment: what ended after it was active still. */
export function statusThen(facts: Facts, then: Date): ClientSecretStatus {
  const { status, expiresAt, revokedAt } = facts;
  const endedLater =
    (status === 'REVOKED' && revokedAt !== null && revokedAt > then) ||
    (status === 'EXPIRED' && expiresAt !== null && expiresAt > then);
  return statusNow({ expiresAt, status: endedLater ? 'ACTIVE' : status }, then);
}

/** The rows that have one of these statuses at that moment, as `statusNow` and `statusThen` say. */
export function hasStatus(
  table: SecretTable,
  statuses: readonly ClientSecretStatus[],
  at: Date,
  past: boolean,
): SQL | undefined {
  if (past) return inArray(statusThenOf(table, at), [...statuses]);
  if (statuses.length === 0) return sql`false`;
  return or(...statuses.map((status) => hasStatusNow(table, status, at)));
}

/** The rows that may still authenticate at that moment, or may again once they are enabled. */
export function isLiveAt(table: SecretTable, at: Date, past: boolean): SQL | undefined {
  const status = past ? inArray(statusThenOf(table, at), LIVE) : inArray(table.status, LIVE);
  return and(status, gt(table.endOrder, at));
}

function hasStatusNow(table: SecretTable, status: ClientSecretStatus, now: Date): SQL | undefined {
  const as = eq(table.status, status);
  if (status === 'ACTIVE') return and(as, gt(table.endOrder, now));
  if (status === 'EXPIRED') return or(as, and(eq(table.status, 'ACTIVE'), lte(table.endOrder, now)));
  return as;
}

function statusThenOf({ status, revokedAt, expiresAt }: SecretTable, then: Date): SQL {
  const at = sql`${then.toISOString()}::timestamptz`;
  return sql`case
    when ${status} = 'REVOKED' and ${revokedAt} > ${at} or ${status} in ('ACTIVE', 'EXPIRED')
      then case when ${expiresAt} <= ${at} or ${status} = 'EXPIRED' and ${expiresAt} is null
        then 'EXPIRED' else 'ACTIVE' end
    else ${status} end`;
}
