import type { Clock } from '../domain/clock.ts';
import { SECOND } from '../domain/duration.ts';
import type { Call } from '../provider-kit/provider.ts';
import type { Health } from './provider-view.ts';
import type { OpenedProvider } from './services.ts';
import { gatewayErrorOf } from './translate-error.ts';

const FRESH_MS = 30 * SECOND;

/** What the last call to the vendor showed; where that is older than half a minute, what a new one shows. */
export async function freshHealth(opened: OpenedProvider, clock: Clock, call: Call): Promise<Health> {
  const { checkedAt } = opened.health();
  if (checkedAt === null || clock.now().getTime() - checkedAt.getTime() > FRESH_MS)
    await opened.probe({ ...call, signal: endingWith(call) }).catch(() => undefined);
  const { lastError: last, ...health } = opened.health();
  if (last === null) return { ...health, lastError: null };
  const { code, message } = gatewayErrorOf(last.error, opened.provider.name, null);
  return { ...health, lastError: { code, message, at: last.at } };
}

/** Aborts with the call, and when its time is over: the question itself is shared with others. */
function endingWith({ signal, endsAt = Infinity }: Call): AbortSignal {
  if (endsAt === Infinity) return signal;
  return AbortSignal.any([signal, AbortSignal.timeout(Math.max(0, Math.ceil(endsAt - performance.now())))]);
}
