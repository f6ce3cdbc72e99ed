import { resolve } from 'node:path';
import type { SecretValue } from './domain/secret-value.ts';
import { readEnvironment } from './config/environment.ts';
import { ConfigError, type Fault } from './config/config-error.ts';
import { readProvidersFile, type ProviderEntry } from './config/providers-file.ts';
import type { Definition } from './provider-kit/definition.ts';
import * as registry from './providers/registry.ts';
import type { DatabaseConfig } from './store/open-database.ts';

/** All that a start depends on, checked. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly database: DatabaseConfig;
  /** Absolute. Embedded database and generated master key lie there. */
  readonly dataDirectory: string;
  /** Null: it lies in the data folder, or is made there. */
  readonly masterKey: SecretValue | null;
  /** Null: it is made on an empty database. */
  readonly rootToken: SecretValue | null;
  /** How long the reads of one request may take together. */
  readonly requestDeadlineMs: number;
  /** How long after the inventory has looked through a tenant it does so again. */
  readonly sweepIntervalMs: number;
  /** The local one first, then in the order of the file. */
  readonly providers: readonly ProviderEntry[];
}

export interface ConfigSource {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What relative paths start from. */
  readonly cwd: string;
  /** The kinds of provider that can be configured; by default all that there are. */
  readonly definitions?: readonly Definition[];
}

/** Reads environment and file. Rejects with ConfigError, which lists every fault of both. */
export function loadConfig({ env, cwd, definitions = Object.values(registry) }: ConfigSource): Config {
  const faults: Fault[] = [];
  const environment = readEnvironment(env, faults);
  const named = env['KEYFOLD_CONFIG'] || undefined;
  const file = { path: resolve(cwd, named ?? 'keyfold.yaml'), isRequired: named !== undefined };
  const providers = readProvidersFile(file, { env, definitions }, faults);
  if (environment === null || faults.length > 0) throw new ConfigError(faults);
  const dataDirectory = resolve(cwd, environment.KEYFOLD_DATA_DIR);
  const url = environment.DATABASE_URL;
  const config: Config = {
    host: environment.HOST,
    port: environment.PORT,
    database: url === null ? { kind: 'pglite', directory: dataDirectory } : { kind: 'postgresql', url },
    dataDirectory,
    masterKey: environment.KEYFOLD_MASTER_KEY,
    rootToken: environment.KEYFOLD_ROOT_TOKEN,
    requestDeadlineMs: environment.KEYFOLD_REQUEST_DEADLINE,
    sweepIntervalMs: environment.KEYFOLD_SWEEP_INTERVAL,
    providers,
  };
  return Object.freeze(config);
}
