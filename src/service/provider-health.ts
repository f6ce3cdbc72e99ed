import type { Clock } from '../domain/clock.ts';
import { SECOND } from '../domain/duration.ts';
import type { Call } from '../provider-kit/provider.ts';
import type { OpenedProvider } from './services.ts';
import type { Health } from './provider-view.ts';

const FRESH_MS = 30 * SECOND;

/** What the last call to the vendor showed; where that is older than half a minute, what a new one shows. */
export async function freshHealth(opened: OpenedProvider, clock: Clock, call: Call): Promise<Health> {
  const { checkedAt } = opened.health();
  if (checkedAt === null || clock.now().getTime() - checkedAt.getTime() > FRESH_MS) {
    const probe = { limit: 1, direction: 'forward', cursor: null, withTotal: false } as const;
    await opened.provider.listTenants(probe, call).catch(() => undefined);
  }
  return opened.health();
}
