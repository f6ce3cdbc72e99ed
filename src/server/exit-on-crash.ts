import type { Log } from '../domain/log.ts';
import { errorFields } from './error-fields.ts';

/** What nobody caught ends the process, as always; but its message, which may hold anything, is not printed. */
export function exitOnCrash(log: Log): void {
  process.on('uncaughtException', (error) => {
    log.error(errorFields(error), 'the gateway crashed');
    process.exit(1);
  });
}
