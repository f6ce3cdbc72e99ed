import { randomUUID } from 'node:crypto';
import { MINUTE } from '../domain/duration.ts';
import { purgeIdempotencyKeys } from '../store/idempotency-keys.ts';
import { takeLease } from '../store/lease.ts';
import { continueRotations } from './continue-rotations.ts';
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

/**
 * One round of what has to be done without anybody asking: rotations that are due, and once a minute, by one replica
 * alone, outcomes that are not known and idempotency keys that are over. Rejects where the database fails.
 */
export async function doBackgroundWork(services: Services, signal: AbortSignal): Promise<void> {
  const session = openSession(services, { actor: WORKER, requestId: `worker-${randomUUID()}`, signal });
  while ((await continueRotations(services, session)) > 0) signal.throwIfAborted();
  const now = services.clock.now();
  const until = new Date(now.getTime() + HOUSEKEEPING_EVERY_MS);
  if (!(await takeLease(services.store, 'housekeeping', now, until))) return;
  await settleUnknown(services, session);
  await purgeIdempotencyKeys(services.store, now);
}
