import { sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { isUuid } from '../../store/uuid.ts';

/** The parts of an id as they are stored, the tenant first. */
export type Key = readonly string[];

export const keyText = (key: Key) => key.join(' ');

/** Each key once, without those that can be nobody's. */
export function possibleKeys(keys: readonly Key[]): readonly Key[] {
  const possible = keys.filter((key) => key.every(isUuid));
  return [...new Map(possible.map((key) => [keyText(key), key])).values()];
}

/** One row for each key. One parameter for each part, so that the statement is the same for any number of keys. */
export function keyRows(keys: readonly Key[]): SQL {
  const parts = keys[0]?.map((_, i) => `{${keys.map((key) => key[i]).join(',')}}`) ?? [];
  return sql`unnest(${sql.join(
    parts.map((ids) => sql`${ids}::text::uuid[]`),
    sql`, `,
  )})`;
}

export function isOneOf(columns: readonly PgColumn[], keys: readonly Key[]): SQL {
  return sql`(${sql.join([...columns], sql`, `)}) in (select * from ${keyRows(keys)})`;
}

/** One answer for each key, in key order, null for nobody. Reads at most once. */
export async function findEach<T>(
  keys: readonly Key[],
  read: (keys: readonly Key[]) => Promise<readonly { readonly key: Key; readonly node: T }[]>,
): Promise<readonly (T | null)[]> {
  const possible = possibleKeys(keys);
  const rows = possible.length === 0 ? [] : await read(possible);
  const found = new Map(rows.map(({ key, node }) => [keyText(key), node]));
  return keys.map((key) => found.get(keyText(key)) ?? null);
}
