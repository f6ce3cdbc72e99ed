import type { Log } from '../domain/log.ts';
import { errorFields } from './error-fields.ts';

/** Says on standard error why there is no start, and exits 1. `fault` null: nobody foresaw it; the log says where. */
export function exitWithFault(error: unknown, fault: string | null, log: Log): never {
  if (fault === null) log.error(errorFields(error), 'the gateway cannot start');
  else process.stderr.write(`Keyfold cannot start. ${fault}\n`);
  process.exit(1);
}
