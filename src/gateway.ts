import type { Actor } from './domain/actor.ts';
import type { Clock } from './domain/clock.ts';
import { SECOND } from './domain/duration.ts';
import type { Log } from './domain/log.ts';
import type { SecretValue } from './domain/secret-value.ts';
import type { Config } from './config.ts';
import { loadMasterKey } from './config/master-key.ts';
import { createConnect } from './provider-kit/http-upstream.ts';
import type { Witness } from './provider-kit/layers/witness.ts';
import { openProvider } from './provider-kit/open.ts';
import { pause } from './provider-kit/pause.ts';
import { openAuditLog } from './service/audit-log.ts';
import { createAuthenticate } from './service/authenticate.ts';
import { doBackgroundWork } from './service/background-work.ts';
import type { Caller } from './service/caller.ts';
import { openInventoryFeed } from './service/inventory/feed.ts';
import { makeFirstAccessToken } from './service/first-access-token.ts';
import { openSession } from './service/open-session.ts';
import { rememberReads } from './service/remember-reads.ts';
import type { OpenedProvider, Services } from './service/services.ts';
import type { Session } from './service/session.ts';
import { openWordOfWrites, type WordOfWrites } from './service/word-of-writes.ts';
import { appendAuditEvents, verifyAuditChain } from './store/audit-chain.ts';
import type { AuditVerification } from './store/audit-chain.ts';
import { claimDatabase } from './store/claim-database.ts';
import type { Store } from './store/database.ts';
import { openKeyring } from './store/keyring.ts';
import { openDatabase } from './store/open-database.ts';

/** A write whose intent is not committed by then does not happen. */
const AUDIT_TIME_LIMITS = { intentMs: SECOND, outcomeMs: 10 * SECOND };

/** The whole gateway behind its faces. */
export interface Gateway {
  /** Who holds this access token. Null: nobody. */
  authenticate(token: string): Promise<Actor | null>;
  as(caller: Caller): Session;
  /** Names and kinds, in the order of the configuration; asks no vendor. */
  readonly providers: readonly { readonly name: string; readonly kind: string }[];
  /** Where the state is, without any credential. */
  readonly database: string;
  /**
   * On a database that never had one, an ADMIN token over everything, to be shown at once: nothing keeps the token itself.
   * Null: there has been one.
   */
  makeFirstAccessToken(): Promise<SecretValue | null>;
  /** One round of what is to be done without anybody asking. */
  doBackgroundWork(signal: AbortSignal): Promise<void>;
  /** `expected`: an end of the chain that an earlier verification gave. */
  verifyAuditTrail(expected: AuditVerification['head'] | null): Promise<AuditVerification>;
  /**
   * Rises with each write at a provider that this replica learns of: before its own are answered, and as soon as it
   * hears of those of others. Null: it does not hear of those just now.
   */
  writesHeard(): number | null;
  /** How long answers of vendors may be remembered: of all that are configured, the one that allows least. */
  readonly memoryMs: number;
  /** Rejects where the database does not answer. */
  ping(): Promise<void>;
  /** Only after every face has ended its work. */
  close(): Promise<void>;
}

export interface GatewayOptions {
  readonly log: Log;
  readonly clock?: Clock;
  /** Sees each SQL statement, without its parameters. */
  readonly onStatement?: (sql: string) => void;
}

/** Opens the database, migrated; checks the master key; opens the providers. No vendor is called. */
export async function openGateway(config: Config, options: GatewayOptions): Promise<Gateway> {
  const { log, clock = { now: () => new Date() }, onStatement } = options;
  const keyring = openKeyring(loadMasterKey(config));
  const database = await openDatabase(config.database, onStatement === undefined ? {} : { onStatement });
  try {
    const store: Store = { db: database.db, keyring };
    await claimDatabase(store);
    const word = await openWordOfWrites(database.channel, log);
    const inventory = openInventoryFeed({ store, clock, log });
    const services: Services = {
      store,
      clock,
      log,
      providers: openProviders(config, store, { clock, log, word, witness: inventory }),
      inventory,
      sweepIntervalMs: config.sweepIntervalMs,
      audit: openAuditLog((drafts) => appendAuditEvents(store, drafts), AUDIT_TIME_LIMITS),
    };
    return {
      authenticate: createAuthenticate(services),
      as: (caller) => openSession(services, { readBudgetMs: config.requestDeadlineMs, ...caller }),
      providers: [...services.providers].map(([name, { kind }]) => ({ name, kind })),
      database: database.describe,
      makeFirstAccessToken: () => makeFirstAccessToken(services, config.rootToken),
      doBackgroundWork: (signal) => doBackgroundWork(services, signal),
      verifyAuditTrail: (expected) => verifyAuditChain(store, expected),
      writesHeard: () => word.heard,
      memoryMs: leastMemoryMs(config),
      ping: async () => {
        await database.db.execute('select 1');
      },
      close: () => database.close(),
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

interface Surroundings {
  readonly clock: Clock;
  readonly log: Log;
  readonly word: WordOfWrites;
  readonly witness: Witness;
}

function openProviders(
  config: Config,
  database: Store,
  { clock, log, word, witness }: Surroundings,
): ReadonlyMap<string, OpenedProvider> {
  const opened = config.providers.map(({ name, definition, options, limits }) => {
    const { readDeadlineMs, memoryMs } = limits;
    const connect = createConnect({ clock, log, limits: { safeDeadlineMs: readDeadlineMs } });
    const world = { name, connect, database, clock, pause };
    const { breaker, room } = connect;
    const rings = { log, witness, readDeadlineMs, breaker, room };
    const live = openProvider(definition, options, world, rings);
    const remembering = rememberReads(live.provider, word, { clock, memoryMs });
    return [name, { kind: definition.kind, ...live, ...remembering }] as const;
  });
  return new Map(opened);
}

/** The gateway's own providers remember nothing, but learn of every write to them. */
function leastMemoryMs({ providers }: Config): number {
  const ofVendors = providers.filter(({ definition }) => definition.kind !== 'local');
  return Math.min(2 * SECOND, ...ofVendors.map(({ limits }) => limits.memoryMs));
}
