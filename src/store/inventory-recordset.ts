import { getTableColumns, sql, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';

/**
 * Rows of a table under the name `seen`, as one parameter, whatever their number: the statement stays the same one.
 * Words are given as a list of them; `more` defines what the rows have besides the table's columns.
 */
export function recordset(table: PgTable, rows: readonly object[], more: readonly string[] = []): SQL {
  const columns = Object.entries(getTableColumns(table)).map(([key, column]) => `"${key}" ${typeOf(column)}`);
  const definition = sql.raw([...columns, ...more].join(', '));
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as seen(${definition})`;
}

/** Sets each of the columns to what such a row says. */
export function seenValues(table: PgTable, keys: readonly string[]): Readonly<Record<string, SQL>> {
  return Object.fromEntries(keys.map((key) => [key, seenValue(table, key)]));
}

/** For `insert … select`: all columns in the order of the table, with `given` instead of what the rows say. */
export function seenSelection(table: PgTable, given: Readonly<Record<string, SQL>>): SQL {
  const keys = Object.entries(getTableColumns(table)).flatMap(([key, { generated }]) =>
    generated === undefined ? [key] : [],
  );
  return sql.join(
    keys.map((key) => given[key] ?? seenValue(table, key)),
    sql`, `,
  );
}

function seenValue(table: PgTable, key: string): SQL {
  const column = getTableColumns(table)[key];
  const value = sql.raw(`seen."${key}"`);
  return column !== undefined && isWords(column) ? sql`array_to_tsvector(${value})` : value;
}

function typeOf(column: PgColumn): string {
  return isWords(column) ? 'text[]' : column.getSQLType();
}

function isWords(column: PgColumn): boolean {
  return column.getSQLType() === 'tsvector';
}
