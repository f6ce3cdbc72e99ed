import { loadConfig } from '../config.ts';
import { startFault } from '../config/start-fault.ts';
import type { Log } from '../domain/log.ts';
import { openGateway } from '../gateway.ts';
import { verifyAudit } from './audit-verify.ts';
import { parseCommandLine, USAGE } from './command-line.ts';

const QUIET: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** Exit codes: 0, all is well; 1, it is not, or it could not be found out; 2, not a command. */
async function run(args: readonly string[]): Promise<0 | 1 | 2> {
  const asked = parseCommandLine(args);
  if (asked === null) {
    process.stderr.write(USAGE);
    return 2;
  }
  const gateway = await openGateway(loadConfig({ env: process.env, cwd: process.cwd() }), { log: QUIET });
  try {
    const { text, whole } = await verifyAudit(gateway, asked.expected);
    process.stdout.write(text);
    return whole ? 0 : 1;
  } finally {
    await gateway.close();
  }
}

process.exitCode = await run(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(
    `${startFault(error) ?? `The command failed (${error instanceof Error ? error.name : typeof error}).`}\n`,
  );
  return 1;
});
