import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  buildClientSchema,
  getIntrospectionQuery,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import { stringify } from 'yaml';
import { z } from 'zod';
import { generateKey } from '../src/store/key-format.ts';
import { start, type Place, type Running } from './processes.ts';
import type { OpenedVendor } from './vendor/questions.ts';

const ROOT = join(import.meta.dirname, '..');
const BUILT = join(ROOT, 'dist/bin/main.js');
const manifest = z.object({ scripts: z.object({ start: z.string() }) });
const READY = /GraphQL +(\S+)\/graphql\n/;

/** The built gateway, with all that it does in production. */
export interface RunningGateway extends Running {
  readonly token: string;
  readonly schema: GraphQLSchema;
  /** The `data` of the answer. Rejects where there are errors. */
  readonly ask: (document: string, variables?: object) => Promise<unknown>;
}

export interface GatewayOptions {
  /** Null: the database is embedded, in a data folder of its own. */
  readonly databaseUrl: string | null;
  readonly vendors: Readonly<Record<string, OpenedVendor>>;
  /** Default: a core of its own. */
  readonly place?: Place;
  /** Of Node.js: `--cpu-prof`. */
  readonly nodeOptions?: readonly string[];
}

/** Where a gateway is configured, and how: several may be started there, one after another. */
export interface GatewayHome {
  readonly token: string;
  /** Of the embedded database, where it is used. */
  readonly dataDirectory: string;
  start(): Promise<Running>;
  remove(): void;
}

const homes = new Set<string>();
process.once('exit', () => {
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});

export function prepareGateway({
  databaseUrl,
  vendors,
  place = 'under-test',
  nodeOptions = [],
}: GatewayOptions): GatewayHome {
  const home = mkdtempSync(join(tmpdir(), 'keyfold-bench-gateway-'));
  homes.add(home);
  const token = generateKey().reveal();
  const providers = Object.entries(vendors).map(
    ([name, { url, tenant: id, clientId, clientSecret }]) =>
      [name, { kind: 'aveva', url, tenants: [{ id, clientId, clientSecret }] }] as const,
  );
  if (providers.length > 0)
    writeFileSync(join(home, 'keyfold.yaml'), stringify({ providers: Object.fromEntries(providers) }));
  const env = {
    PORT: '0',
    KEYFOLD_MASTER_KEY: randomBytes(32).toString('base64'),
    KEYFOLD_ROOT_TOKEN: token,
    ...(databaseUrl !== null && { DATABASE_URL: databaseUrl }),
  };
  const args = [...nodeOptionsOfStart(), ...nodeOptions, BUILT];
  return {
    token,
    dataDirectory: join(home, '.keyfold'),
    start: () => start({ name: 'gateway', args, place, env, cwd: home, ready: READY }),
    remove() {
      homes.delete(home);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Those that `npm start` gives. */
function nodeOptionsOfStart(): readonly string[] {
  const { scripts } = manifest.parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));
  return scripts.start.split(' ').filter((word) => word.startsWith('--'));
}

export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  return startPrepared(prepareGateway(options));
}

/** The home is removed when it stops. */
export async function startPrepared(home: GatewayHome): Promise<RunningGateway> {
  const { token } = home;
  const running = await home.start();
  const ask = asking(running.origin, token);
  const schema = buildClientSchema(introspected.parse(await ask(getIntrospectionQuery())));
  return {
    ...running,
    token,
    schema,
    ask,
    async stop() {
      await running.stop();
      home.remove();
    },
  };
}

const introspected = z.custom<IntrospectionQuery>(
  (it) => z.object({ __schema: z.object() }).safeParse(it).success,
);
const answered = z.object({ data: z.unknown(), errors: z.array(z.unknown()).optional() });

/** Asks one question after another; for what is not measured. */
export function asking(
  origin: string,
  token: string,
): (document: string, variables?: object) => Promise<unknown> {
  return async (query, variables = {}) => {
    const response = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = answered.parse(await response.json());
    if (errors !== undefined) throw new Error(`the gateway did not answer: ${JSON.stringify(errors)}`);
    return data;
  };
}
