import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { Keyring } from './keyring.ts';

/** PostgreSQL by postgres.js, or embedded PGlite: the same queries run on both. Also a transaction of either. */
export type Database = PgDatabase<PgQueryResultHKT>;

/** The gateway's own state: rows, and the keys that its values are sealed and hashed with. */
export interface Store {
  readonly db: Database;
  readonly keyring: Keyring;
}
