import { setTimeout as pause } from 'node:timers/promises';
import { SECOND } from '../domain/duration.ts';
import type { Log } from '../domain/log.ts';
import type { Gateway } from '../gateway.ts';

const PAUSE_MS = 5 * SECOND;
/** Before the first round: who waits for the gateway to start is to have his answer before it. */
const FIRST_PAUSE_MS = SECOND;

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
  const rest = (ms: number) => pause(ms, undefined, { signal, ref: false }).catch(() => undefined);
  const run = async () => {
    await rest(Math.min(pauseMs, FIRST_PAUSE_MS));
    while (!signal.aborted) {
      await gateway.doBackgroundWork(signal).catch((error: unknown) => {
        const code = error instanceof Error ? error.name : typeof error;
        if (!signal.aborted) log.error({ code }, 'background work failed');
      });
      await rest(pauseMs);
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
