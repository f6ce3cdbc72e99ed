import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { loadConfig, type Config } from './config.ts';
import { startFault } from './config/start-fault.ts';
import { demoNotice } from './demo/demo-notice.ts';
import { fillWithExamples } from './demo/example-data.ts';
import type { Clock } from './domain/clock.ts';
import { DAY } from './domain/duration.ts';
import { openGateway } from './gateway.ts';
import { createInfisicalSimulator } from './providers/infisical/simulator.ts';
import { exitOnCrash } from './server/exit-on-crash.ts';
import { exitWithFault } from './server/exit-with-fault.ts';
import { ListenError } from './server/listen.ts';
import { openLog } from './server/log.ts';
import { startWorker } from './worker/worker.ts';

/** Starts a simulated vendor; resolves to what the configuration says of it. */
type Vendor = (clock: Clock) => Promise<object>;

/** Under the names that their providers have. */
const VENDORS: Readonly<Record<string, Vendor>> = {
  'infisical-eu': async (clock) => {
    const { origin, organizationId, gateway } = await createInfisicalSimulator({
      generation: 'current',
      clock,
    });
    const { clientId, clientSecret } = gateway;
    return { kind: 'infisical', url: origin, organizationId, clientId, clientSecret };
  },
};

const log = openLog();
exitOnCrash(log);
/** The examples are made in the past, and have a history. */
let behindMs = 60 * DAY;
const clock: Clock = { now: () => new Date(Date.now() - behindMs) };

try {
  const config = await demoConfig();
  const [gateway, { start }] = await Promise.all([
    openGateway(config, { log, clock }),
    import('./server/start.ts'),
  ]);
  const token = await gateway.makeFirstAccessToken();
  const actor = token === null ? null : await gateway.authenticate(token.reveal());
  if (token === null || actor === null) throw new Error('the database is not new');
  const session = gateway.as({ actor, requestId: randomUUID(), signal: new AbortController().signal });
  await fillWithExamples(session, () => (behindMs = 0));
  const { host, port } = config;
  const serving = { host, port, log, graphiqlToken: token };
  const origin = await start(gateway, () => startWorker(gateway, log), serving);
  process.stdout.write(demoNotice(origin, token));
} catch (error) {
  exitWithFault(error, error instanceof ListenError ? error.message : startFault(error), log);
}

/** Read from a file, as that of any gateway; with the database in memory. */
async function demoConfig(): Promise<Config> {
  const entries = Object.entries(VENDORS).map(async ([name, vendor]) => [name, await vendor(clock)]);
  const providers = Object.fromEntries(await Promise.all(entries));
  const folder = mkdtempSync(join(tmpdir(), 'keyfold-demo-'));
  try {
    writeFileSync(join(folder, 'keyfold.yaml'), stringify({ providers }));
    const { HOST, PORT } = process.env;
    const env = { HOST, PORT, KEYFOLD_MASTER_KEY: randomBytes(32).toString('base64') };
    return { ...loadConfig({ env, cwd: folder }), database: { kind: 'pglite', directory: null } };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
