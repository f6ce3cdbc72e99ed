import { fileURLToPath } from 'node:url';
import type { Channel } from './channel.ts';
import type { Database } from './database.ts';

export interface OpenDatabase {
  readonly db: Database;
  /** Where it is, without any credential. */
  readonly describe: string;
  /** To the other processes that have it open. Null: there are none. */
  readonly channel: Channel | null;
  close(): Promise<void>;
}

export interface OpenDatabaseOptions {
  /** Sees each statement of a query, without its parameters. */
  readonly onStatement?: (sql: string) => void;
}

/** The same place seen from `src` and from `dist`. */
export const MIGRATIONS = fileURLToPath(new URL('../../drizzle', import.meta.url));

/** What drizzle is told, whichever driver it works over. */
export function drizzleConfig({ onStatement }: OpenDatabaseOptions) {
  const logger = onStatement === undefined ? false : { logQuery: (sql: string) => onStatement(sql) };
  return { casing: 'snake_case', logger } as const;
}
