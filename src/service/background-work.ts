import { randomUUID } from 'node:crypto';
import { DAY, MINUTE, SECOND } from '../domain/duration.ts';
import { purgeIdempotencyKeys } from '../store/idempotency-keys.ts';
import { purgeInventory } from '../store/inventory-purge.ts';
import { takeLease } from '../store/lease.ts';
import { continueRotations } from './continue-rotations.ts';
import { endsWithin } from './ends-within.ts';
import { judgeChanges } from './inventory/judge-changes.ts';
import { sweepDue } from './inventory/sweep-due.ts';
import { openSession } from './open-session.ts';
import type { Services } from './services.ts';
import { settleUnknown } from './settle-unknown.ts';

const WORKER = {
  id: 'worker',
  name: 'worker',
  grants: [
    { role: 'OPERATOR', provider: null, tenant: null },
    { role: 'READER', provider: null, tenant: null },
  ],
} as const;

const HOUSEKEEPING_EVERY_MS = MINUTE;
/** So far back it is told what was valid then, and what has drifted. */
const INVENTORY_KEPT_MS = 400 * DAY;
const PURGED_AT_ONCE = 10_000;
/** However long a sweep takes, rotations are looked after in between. */
const ROTATIONS_EVERY_MS = 5 * SECOND;

/**
 * One round of what has to be done without anybody asking: rotations that are due, what the inventory is to learn, and
 * once a minute, by one replica alone, outcomes that are not known, and what is over. Rejects where the
 * database fails.
 */
export async function doBackgroundWork(services: Services, signal: AbortSignal): Promise<void> {
  const session = openSession(services, { actor: WORKER, requestId: `worker-${randomUUID()}`, signal });
  const continueAll = async () => {
    while ((await continueRotations(services, session)) > 0) signal.throwIfAborted();
  };
  await continueAll();
  await services.inventory.drain();
  const sweeping = sweepDue(services, signal);
  while (!(await endsWithin(sweeping, ROTATIONS_EVERY_MS))) {
    await continueAll();
    await services.inventory.drain();
  }
  await sweeping;
  await judgeChanges(services);
  const now = services.clock.now();
  const until = new Date(now.getTime() + HOUSEKEEPING_EVERY_MS);
  if (!(await takeLease(services.store, 'housekeeping', now, until))) return;
  await settleUnknown(services, session);
  await purgeIdempotencyKeys(services.store, now);
  await purgeInventory(services.store, new Date(now.getTime() - INVENTORY_KEPT_MS), PURGED_AT_ONCE);
}
