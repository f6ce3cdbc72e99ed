import type { Rotation } from '../domain/rotation.ts';
import { findRotation } from './find-rotation.ts';
import { refuseInPlace } from './rotate-in-place.ts';
import { move, retire, unlessFailed } from './rotation-steps.ts';
import type { Session } from './session.ts';
import { writeToRotation } from './write-to-rotation.ts';

/**
 * Retires the old secret now. RETIRING in the answer: the vendor failed, and the worker goes on with it. Rejects with
 * ConflictError where the new value took the old one's place.
 */
export async function completeRotation(
  session: Session,
  { id, idempotencyKey }: { id: string; idempotencyKey: string | null },
): Promise<Rotation> {
  const rotation = await findRotation(session, id);
  refuseInPlace(rotation);
  return session.perform({
    ...writeToRotation('complete', rotation),
    idempotencyKey,
    input: { id },
    act: async (means) =>
      unlessFailed(await retire(means, await move(means.services, rotation, { type: 'retire' }))),
  });
}
