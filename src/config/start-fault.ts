import { StartError } from '../store/start-error.ts';
import { ConfigError, formatFaults } from './config-error.ts';

/** Why the gateway cannot start, for the operator to read. Null: nobody foresaw this error. */
export function startFault(error: unknown): string | null {
  if (error instanceof ConfigError) return formatFaults(error);
  return error instanceof StartError ? error.message : null;
}
