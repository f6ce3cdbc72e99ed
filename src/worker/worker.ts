import { setTimeout as pause } from 'node:timers/promises';
import { SECOND } from '../domain/duration.ts';
import type { Log } from '../domain/log.ts';
import type { Gateway } from '../gateway.ts';

const PAUSE_MS = 5 * SECOND;

export interface Worker {
  /** Resolves when the round in hand is done, and no other begins. */
  stop(): Promise<void>;
}

/** Does the gateway's background work in rounds, a pause apart. A round that fails is logged, and the next one comes. */
export function startWorker(
  gateway: Pick<Gateway, 'doBackgroundWork'>,
  log: Log,
  pauseMs: number = PAUSE_MS,
): Worker {
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = async () => {
    while (!signal.aborted) {
      await gateway.doBackgroundWork(signal).catch((error: unknown) => {
        const code = error instanceof Error ? error.name : typeof error;
        if (!signal.aborted) log.error({ code }, 'background work failed');
      });
      await pause(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  };
  const running = run();
  return {
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}
