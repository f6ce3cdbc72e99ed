import { and, count, gt, isNotNull, isNull, lte, sql, type SQL } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/pg-core';
import type { ClientSecret } from '../domain/client-secret.ts';
import { InvalidInputError } from '../domain/gateway-error.ts';
import type { Page, PageRequest } from '../domain/page.ts';
import type { Store } from './database.ts';
import { momentKey, orderCursor, orderedQuery, unindexed, type InventoryOrder } from './inventory-order.ts';
import { secretConditions, type InventorySecretFilter } from './inventory-secret-filter.ts';
import { nodeColumns, secretOf, type SecretNodeRow } from './inventory-secret-rows.ts';
import { statusNow, statusThen, type SecretTable } from './inventory-status.ts';
import { pageOfRows } from './keyset.ts';
import { inventorySecrets, inventoryVersions } from './tables/inventory.ts';

export type InventorySecretOrder = InventoryOrder<'EXPIRES_AT' | 'CREATED_AT' | 'LAST_USED_AT'>;

const KEYS = {
  EXPIRES_AT: { column: 'endOrder', kind: { none: 'infinity' }, of: (row: SecretNodeRow) => row.expiresAt },
  CREATED_AT: {
    column: 'createdOrder',
    kind: { none: 'infinity' },
    of: (row: SecretNodeRow) => row.createdAt,
  },
  LAST_USED_AT: {
    column: 'usedOrder',
    kind: { none: '-infinity' },
    of: (row: SecretNodeRow) => row.lastUsedAt,
  },
} as const;

/**
 * Secrets that were there when last looked at, or at a past moment. Ascending, an end that never comes and a creation
 * that nobody knows are last, and what was never used is first. Of a past moment, the use that came after it is left
 * out, and nothing can be found or put in order by use. Throws InvalidInputError.
 */
export async function listInventorySecrets(
  { db }: Store,
  filter: InventorySecretFilter,
  order: InventorySecretOrder,
  request: PageRequest,
  now: Date,
): Promise<Page<ClientSecret>> {
  const { asOf } = filter;
  if (asOf !== null) checkPast(asOf, filter, order, now);
  const key = KEYS[order.field];
  const query = orderedQuery(order, key.kind, request);
  const where = ({ table, isThere }: Source) => and(isThere, secretConditions(table, filter, asOf ?? now));
  const page = (source: Source) => {
    const columns = { key: source.table[key.column], rowId: source.table.rowId };
    return db
      .select({ ...nodeColumns(source.table), place: sql`${columns.key}`.as('place') })
      .from(source.table)
      .where(and(where(source), query.beyond(columns)))
      .orderBy(
        ...query.orderBy(filter.search === null ? columns : { ...columns, key: unindexed(columns.key) }),
      )
      .limit(query.limit);
  };
  const number = (source: Source) => db.select({ n: count() }).from(source.table).where(where(source));
  const past = asOf === null ? null : pastSources(asOf);
  const rows =
    past === null
      ? await page(PRESENT)
      : await unionAll(page(past.there), page(past.gone), page(past.earlier))
          .orderBy(...query.orderBy({ key: sql`place`, rowId: sql`row_id` }))
          .limit(query.limit);
  const total = async () => {
    const counts =
      past === null
        ? await number(PRESENT)
        : await unionAll(number(past.there), number(past.gone), number(past.earlier));
    return counts.reduce((sum, { n }) => sum + n, 0);
  };
  const item = (row: SecretNodeRow) => ({
    node:
      asOf === null
        ? secretOf(row, statusNow(row, now))
        : secretOf(useThen(row, asOf), statusThen(row, asOf)),
    cursor: orderCursor(order, { key: momentKey(key.of(row)), rowId: row.rowId }),
  });
  return pageOfRows(rows, request, item, request.withTotal ? await total() : null);
}

/** Of use, the last is all that is kept. */
function checkPast(asOf: Date, filter: InventorySecretFilter, order: InventorySecretOrder, now: Date): void {
  const instead = 'is known for the present alone; leave it out, or leave out asOf';
  const fields = [
    ...(asOf > now ? [{ path: ['asOf'], message: 'must not lie in the future' }] : []),
    ...(filter.unusedForMs === null ? [] : [{ path: ['filter', 'unusedFor'], message: instead }]),
    ...(order.field === 'LAST_USED_AT'
      ? [{ path: ['orderBy', 'field'], message: `LAST_USED_AT ${instead}` }]
      : []),
  ];
  if (fields.length > 0) throw new InvalidInputError(fields);
}

/** What was last told of its use, unless that is, or may be, of later. */
function useThen(row: SecretNodeRow, then: Date): SecretNodeRow {
  const { lastUsedAt, useCount, seenAt } = row;
  const isLater = lastUsedAt === null ? useCount !== 0 && seenAt > then : lastUsedAt > then;
  return isLater ? { ...row, lastUsedAt: null, useCount: null } : row;
}

interface Source {
  readonly table: SecretTable;
  readonly isThere: SQL | undefined;
}

const PRESENT: Source = { table: inventorySecrets, isThere: isNull(inventorySecrets.goneAt) };

/** What is there and was already so, what has gone since, and what has been otherwise since. */
function pastSources(asOf: Date) {
  const { since, goneAt } = inventorySecrets;
  const { validFrom, validTo } = inventoryVersions;
  const isThere = and(isNull(goneAt), lte(since, asOf));
  const isGone = and(isNotNull(goneAt), gt(goneAt, asOf), lte(since, asOf));
  const wasThere = and(gt(validTo, asOf), lte(validFrom, asOf));
  return {
    there: { table: inventorySecrets, isThere },
    gone: { table: inventorySecrets, isThere: isGone },
    earlier: { table: inventoryVersions, isThere: wasThere },
  } satisfies Record<string, Source>;
}
