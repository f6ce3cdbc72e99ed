import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { loadConfig, type Config } from '../src/config.ts';
import type { Clock } from '../src/domain/clock.ts';
import type { Log } from '../src/domain/log.ts';
import { openGateway, type Gateway } from '../src/gateway.ts';
import {
  createInfisicalSimulator,
  type InfisicalSimulator,
  type InfisicalSimulatorOptions,
} from '../src/providers/infisical/simulator.ts';
import { serve } from '../src/server/serve.ts';
import { createPostgresqlDatabase, type DatabaseKind } from './database.ts';
import type { TypedDocumentString } from './generated/graphql.ts';

export interface TestGatewayOptions {
  readonly database: DatabaseKind;
  /** Entries of `keyfold.yaml`, beside `local` and `infisical`. */
  readonly providers?: Readonly<Record<string, object>>;
  readonly infisical?: Partial<InfisicalSimulatorOptions>;
  /** `readDeadline` of its entry. */
  readonly readDeadline?: string;
  /** Of the gateway and of the simulator. */
  readonly clock?: Clock;
  /** `KEYFOLD_REQUEST_DEADLINE` */
  readonly requestDeadline?: string;
}

export interface LogLine {
  readonly level: keyof Log;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface Answer<Result> {
  readonly status: number;
  readonly headers: Headers;
  readonly data: Result | null;
  readonly errors: readonly {
    message: string;
    path?: (string | number)[];
    extensions: Record<string, unknown>;
  }[];
}

/** A gateway over HTTP, with the providers `local` and `infisical` (simulated, over HTTP too). */
export interface TestGateway {
  readonly origin: string;
  /** Of an ADMIN over everything. */
  readonly token: string;
  readonly gateway: Gateway;
  readonly infisical: InfisicalSimulator;
  /** Every SQL statement so far, without parameters; may be emptied. */
  readonly statements: string[];
  readonly log: LogLine[];
  /** `postgres://…`; null on PGlite. */
  readonly databaseUrl: string | null;
  /** The data. Fails the test where the answer has errors. */
  query<Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
    token?: string,
  ): Promise<Result>;
  /** The whole answer. `document` may be a text. */
  ask<Result = Record<string, unknown>, Variables = Record<string, unknown>>(
    document: TypedDocumentString<Result, Variables> | string,
    variables?: Variables,
    token?: string,
  ): Promise<Answer<Result>>;
  close(): Promise<void>;
}

export async function startTestGateway(options: TestGatewayOptions): Promise<TestGateway> {
  const { clock = { now: () => new Date() } } = options;
  const statements: string[] = [];
  const log: LogLine[] = [];
  const infisical = await createInfisicalSimulator({ generation: 'current', clock, ...options.infisical });
  const database = options.database === 'postgresql' ? await createPostgresqlDatabase() : null;
  const config = configOf(
    {
      ...options.providers,
      infisical: {
        ...infisicalEntry(infisical),
        ...(options.readDeadline !== undefined && { readDeadline: options.readDeadline }),
      },
    },
    database?.url ?? null,
    options.requestDeadline,
  );
  const lines = recordingLog(log);
  const gateway = await openGateway(config, {
    log: lines,
    clock,
    onStatement: (sql) => statements.push(sql),
  });
  const token = (await gateway.makeFirstAccessToken())?.reveal() ?? '';
  const serving = await serve(gateway, { host: '127.0.0.1', port: 0, log: lines });

  const ask: TestGateway['ask'] = async (document, variables, as = token) =>
    answerOf(
      await fetch(`${serving.origin}/graphql`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${as}` },
        body: JSON.stringify({ query: document.toString(), variables }),
      }),
    );
  return {
    origin: serving.origin,
    token,
    gateway,
    infisical,
    statements,
    log,
    databaseUrl: database?.url ?? null,
    ask,
    query: async (document, variables, as) => {
      const { data, errors } = await ask(document, variables, as);
      if (data === null || errors.length > 0)
        throw new Error(`the answer has errors: ${JSON.stringify(errors)}`);
      return data;
    },
    close: async () => {
      await serving.close();
      await gateway.close();
      await infisical.close();
      await database?.drop();
    },
  };
}

/** What `keyfold.yaml` says of a simulated Infisical. */
export function infisicalEntry({ origin, organizationId, gateway }: InfisicalSimulator): object {
  const { clientId, clientSecret } = gateway;
  return { kind: 'infisical', url: origin, organizationId, clientId, clientSecret };
}

/** A log that keeps its lines. */
export function recordingLog(lines: LogLine[]): Log {
  const write = (level: keyof Log) => (fields: LogLine['fields'], message: string) => {
    lines.push({ level, message, fields });
  };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}

/** That of `configOf`. */
export const MASTER_KEY = Buffer.alloc(32, 7).toString('base64');

/** As read from environment and file; `url` null: in memory. */
export function configOf(
  providers: Readonly<Record<string, object>>,
  url: string | null,
  requestDeadline?: string,
): Config {
  const folder = mkdtempSync(join(tmpdir(), 'keyfold-test-'));
  try {
    writeFileSync(join(folder, 'keyfold.yaml'), stringify({ providers }));
    const env = {
      KEYFOLD_MASTER_KEY: MASTER_KEY,
      DATABASE_URL: url ?? undefined,
      KEYFOLD_REQUEST_DEADLINE: requestDeadline,
    };
    const config = loadConfig({ env, cwd: folder });
    return url === null ? { ...config, database: { kind: 'pglite', directory: null } } : config;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function answerOf<Result>(response: Response): Promise<Answer<Result>> {
  const { status, headers } = response;
  return { status, headers, data: null, errors: [], ...((await response.json()) as object) };
}
