import { randomUUID } from 'node:crypto';
import type { Gateway } from '../gateway.ts';
import { banner, firstTokenNotice, healthLine } from './banner.ts';
import { endOnSignal } from './end-on-signal.ts';
import { serve, type ServeOptions, type Serving } from './serve.ts';

/** Another face of the gateway, beside HTTP. */
export interface Face {
  stop(): Promise<void>;
}

/** The process itself: it looks at the providers' health, and does nothing else. */
const PROCESS = {
  id: 'gateway',
  name: 'gateway',
  grants: [{ role: 'READER', provider: null, tenant: null }],
} as const;

/**
 * Serves the gateway, starts the other face, says on standard output where it is, and ends all of it on a signal. Makes
 * and shows the first access token of a new database.
 * Resolves to the origin once requests are answered. Rejects with ListenError, the gateway closed.
 */
export async function start(gateway: Gateway, startFace: () => Face, options: ServeOptions): Promise<string> {
  const serving = await showTokenAndServe(gateway, options).catch(async (error: unknown) => {
    await gateway.close();
    throw error;
  });
  const face = startFace();
  endOnSignal(async () => {
    await Promise.all([serving.close(), face.stop()]);
    await gateway.close();
  }, options.log);
  print(banner(serving.origin, gateway));
  printHealth(gateway);
  return serving.origin;
}

async function showTokenAndServe(gateway: Gateway, options: ServeOptions): Promise<Serving> {
  const token = await gateway.makeFirstAccessToken();
  // First of all: should the rest fail, the token would be lost for good.
  if (token !== null) print(firstTokenNotice(token));
  return serve(gateway, options);
}

/** Each as soon as it is known: a vendor that does not answer keeps nobody waiting. */
function printHealth(gateway: Gateway): void {
  const session = gateway.as({
    actor: PROCESS,
    requestId: randomUUID(),
    signal: new AbortController().signal,
  });
  for (const provider of session.read.providers()) {
    void provider.health().then((health) => print(healthLine(provider.name, health)));
  }
}

function print(text: string): void {
  process.stdout.write(text);
}
