import { constants } from 'node:os';
import type { Log } from '../domain/log.ts';
import { errorFields } from './error-fields.ts';

/** Ctrl-C below npm arrives twice: from the terminal, and again from npm. */
const SAME_SIGNAL_MS = 500;

/** On SIGTERM or SIGINT: `end`, then exit 0. A second signal exits at once. */
export function endOnSignal(end: () => Promise<void>, log: Log): void {
  let askedAt: number | null = null;
  const asked = (signal: 'SIGTERM' | 'SIGINT') => {
    if (askedAt !== null && Date.now() - askedAt < SAME_SIGNAL_MS) return;
    if (askedAt !== null) process.exit(128 + constants.signals[signal]);
    askedAt = Date.now();
    log.info({ signal }, 'ending: what is in flight is finished first');
    end().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error(errorFields(error), 'the gateway did not end cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', asked);
  process.on('SIGINT', asked);
}
