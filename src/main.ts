import { loadConfig } from './config.ts';
import { startFault } from './config/start-fault.ts';
import { openGateway } from './gateway.ts';
import { exitOnCrash } from './server/exit-on-crash.ts';
import { exitWithFault } from './server/exit-with-fault.ts';
import { ListenError } from './server/listen.ts';
import { openLog } from './server/log.ts';
import { startWorker } from './worker/worker.ts';

const log = openLog();
exitOnCrash(log);

try {
  const config = loadConfig({ env: process.env, cwd: process.cwd() });
  // The schema is built while the database opens.
  const [gateway, { start }] = await Promise.all([openGateway(config, { log }), import('./server/start.ts')]);
  await start(gateway, () => startWorker(gateway, log), { host: config.host, port: config.port, log });
} catch (error) {
  exitWithFault(error, error instanceof ListenError ? error.message : startFault(error), log);
}
