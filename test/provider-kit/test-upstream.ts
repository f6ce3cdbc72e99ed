import { onTestFinished } from 'vitest';
import { createConnect, type Connect, type ConnectOptions } from '../../src/provider-kit/http-upstream.ts';
import type { Call } from '../../src/provider-kit/provider.ts';
import { ProviderError, type ProviderErrorCode } from '../../src/provider-kit/provider-error.ts';
import { serveSimulator, type Simulator } from '../../src/provider-kit/simulator.ts';
import type { Upstream, UpstreamOptions } from '../../src/provider-kit/upstream.ts';

export const CLOCK = { now: () => new Date('2026-11-21T12:00:00.000Z') };

const CODES: ReadonlyMap<number, ProviderErrorCode> = new Map([
  [404, 'not_found'],
  [429, 'rate_limited'],
  [503, 'unavailable'],
]);

/** A vendor that says how often it acted, and a connection to it. */
export async function openUpstream(
  limits: ConnectOptions['limits'] = {},
  clock: ConnectOptions['clock'] = CLOCK,
): Promise<{ simulator: Simulator; connect: Connect; upstream: Upstream; acted: () => number }> {
  let acted = 0;
  const simulator = await serveSimulator(({ path }) => {
    acted += 1;
    return { status: 200, body: { path, acted } };
  });
  onTestFinished(() => simulator.close());
  const connect = createConnect({ clock, limits: { backoffMs: 1, ...limits } });
  const upstream = connect({ origin: simulator.origin, classify });
  return { simulator, connect, upstream, acted: () => acted };
}

export const classify: UpstreamOptions['classify'] = ({ status, headers }) => {
  if (status < 400) return null;
  const retryAfterMs = headers['retry-after'] === undefined ? null : Number(headers['retry-after']) * 1000;
  return new ProviderError(CODES.get(status) ?? 'rejected', 'The vendor refuses.', { retryAfterMs });
};

/** Of one more caller, unless `share` says whose it is. */
export function callOf(signal: AbortSignal = new AbortController().signal, share: object = {}): Call {
  return { signal, requestId: 'request-1', share };
}

/** What a promise rejects with; a promise that resolves fails the test. */
export async function failureOf(promise: Promise<unknown>): Promise<ProviderError> {
  const outcome = await promise.then(
    () => 'it succeeded',
    (error: unknown) => error,
  );
  if (outcome instanceof ProviderError) return outcome;
  throw new Error('expected a ProviderError', { cause: outcome });
}
