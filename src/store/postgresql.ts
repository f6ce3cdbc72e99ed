import { bulkhead } from 'cockatiel';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import type { SecretValue } from '../domain/secret-value.ts';
import type { Database } from './database.ts';
import { drizzleConfig, MIGRATIONS, type OpenDatabase, type OpenDatabaseOptions } from './driver.ts';
import { errorCode } from './error-code.ts';
import { openChannel } from './postgresql-channel.ts';
import { postgresqlAdvice } from './postgresql-advice.ts';
import { StartError } from './start-error.ts';

const OLDEST_VERSION = 14;
const CONNECTIONS_FOR_STATEMENTS = 6;
const CONNECTIONS_FOR_TRANSACTIONS = 4;
const CONNECT_SECONDS = 5;
const CLOSE_SECONDS = 5;
/** Any number that no other user of the database takes for its own lock. */
const MIGRATION_LOCK = 4_711_533_107;

/** Rejects with StartError where the server is not there, is too old or refuses. */
export async function openPostgresql(url: SecretValue, options: OpenDatabaseOptions): Promise<OpenDatabase> {
  let place = '';
  try {
    const forStatements = connect(url, { max: CONNECTIONS_FOR_STATEMENTS });
    const forTransactions = connect(url, { max: CONNECTIONS_FOR_TRANSACTIONS });
    const over = (client: postgres.Sql) => drizzle({ client, ...drizzleConfig(options) });
    place = placeOf(forStatements);
    await migrateAlone(connect(url, { max: 1 }));
    const db = overTwoPools(over(forStatements), over(forTransactions));
    const channel = openChannel(db, (how) => connect(url, how));
    return {
      db,
      channel,
      describe: `PostgreSQL,${place}`,
      close: async () => {
        const pools = [forStatements, forTransactions];
        await Promise.all([
          channel.close(),
          ...pools.map((client) => client.end({ timeout: CLOSE_SECONDS })),
        ]);
      },
    };
  } catch (error) {
    if (error instanceof StartError) throw error;
    const code = errorCode(error);
    const why = code ?? 'unknown reason';
    throw new StartError(`The database${place} cannot be opened (${why}). ${postgresqlAdvice(code)}`);
  }
}

/**
 * Transactions have connections of their own, and never more of them than connections. postgres.js 3.4.9 pipelines
 * statements; a BEGIN that fills a pipeline leaves its connection to everybody, who would then work inside that
 * transaction (porsager/postgres issue 1189, read 2026-11-21). Before an idle connection this cannot happen.
 */
function overTwoPools(forStatements: Database, forTransactions: Database): Database {
  const places = bulkhead(CONNECTIONS_FOR_TRANSACTIONS, Infinity);
  const transaction: Database['transaction'] = (work, config) =>
    places.execute(() => forTransactions.transaction(work, config));
  return Object.assign(forStatements, { transaction });
}

/** Connects with the first statement, not yet here. */
function connect(url: SecretValue, how: postgres.Options<Record<string, never>>): postgres.Sql {
  return postgres(url.reveal(), {
    ...how,
    connect_timeout: CONNECT_SECONDS,
    connection: { application_name: 'keyfold', TimeZone: 'UTC' },
    onnotice: () => {},
  });
}

/** Over a connection of its own, because that is what holds the lock; and one replica after the other. */
async function migrateAlone(client: postgres.Sql): Promise<void> {
  try {
    await checkVersion(client);
    await client`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await migrate(drizzle({ client, ...drizzleConfig({}) }), { migrationsFolder: MIGRATIONS });
  } finally {
    await client.end({ timeout: CLOSE_SECONDS });
  }
}

async function checkVersion(client: postgres.Sql): Promise<void> {
  const [row] = await client<{ version: string }[]>`select current_setting('server_version_num') as version`;
  const version = Math.floor(Number(row?.version) / 10_000);
  if (version >= OLDEST_VERSION) return;
  throw new StartError(
    `The database server is PostgreSQL ${version}. Keyfold needs ${OLDEST_VERSION} or newer.`,
  );
}

/** Without the name of the database where it may be part of a badly written password. */
function placeOf({ options: { host, port, database } }: postgres.Sql): string {
  const name = /^[\w.-]+$/.test(database) ? ` ${database}` : '';
  return `${name} on ${host.map((name, i) => `${name}:${port[i] ?? port[0]}`).join(', ')}`;
}
