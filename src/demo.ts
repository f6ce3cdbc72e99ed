import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { loadConfig, type Config } from './config.ts';
import { startFault } from './config/start-fault.ts';
import { demoNotice } from './demo/demo-notice.ts';
import { fillWithExamples } from './demo/example-data.ts';
import { startVendors } from './demo/vendors.ts';
import type { Clock } from './domain/clock.ts';
import { DAY } from './domain/duration.ts';
import { openGateway } from './gateway.ts';
import { exitOnCrash } from './server/exit-on-crash.ts';
import { exitWithFault } from './server/exit-with-fault.ts';
import { ListenError } from './server/listen.ts';
import { openLog } from './server/log.ts';
import { startWorker } from './worker/worker.ts';

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
  const signal = new AbortController().signal;
  const session = gateway.as({ actor, requestId: randomUUID(), signal, readBudgetMs: Infinity });
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
  const providers = await startVendors(clock);
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
