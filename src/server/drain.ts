import type { Server, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { SECOND } from '../domain/duration.ts';

const LIMIT_MS = 10 * SECOND;

/** Requests that are being answered, each with what resolves when nothing of it goes on. */
export type Running = Map<ServerResponse, Promise<void>>;

/**
 * Takes no new connection and ends the idle ones; resolves when all that was begun is over, also for clients that left,
 * or after the time limit.
 */
export async function drain(server: Server, running: Running, limitMs: number = LIMIT_MS): Promise<void> {
  const over = new AbortController();
  const finished = async () => {
    await new Promise((resolve) => server.close(resolve));
    await Promise.all(running.values());
  };
  for (const response of running.keys()) response.shouldKeepAlive = false;
  await Promise.race([
    finished().finally(() => over.abort()),
    pause(limitMs, undefined, { signal: over.signal }).catch(() => undefined),
  ]);
  server.closeAllConnections();
}
