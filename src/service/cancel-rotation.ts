import { ConflictError } from '../domain/gateway-error.ts';
import type { Rotation, RotationKeep } from '../domain/rotation.ts';
import { findRotation } from './find-rotation.ts';
import { refuseInPlace } from './rotate-in-place.ts';
import { move, readSecrets, retire, unlessFailed } from './rotation-steps.ts';
import type { Session } from './session.ts';
import type { Means } from './write.ts';
import { writeToRotation } from './write-to-rotation.ts';

/**
 * Ends the overlap at once. OLD: the new secret is revoked, and the old one gets its own expiry back. NEW: the old one
 * is revoked. BOTH: neither is, and the old one gets its own expiry back; all that is left where the new value took the
 * old one's place, which the vendor then ends as it was told to. RETIRING in the answer: the vendor failed,
 * and the worker goes on with it.
 */
export async function cancelRotation(
  session: Session,
  { id, keep, idempotencyKey }: { id: string; keep: RotationKeep; idempotencyKey: string | null },
): Promise<Rotation> {
  const rotation = await findRotation(session, id);
  if (keep !== 'BOTH') refuseInPlace(rotation);
  return session.perform({
    ...writeToRotation('cancel', rotation),
    idempotencyKey,
    input: { id, keep },
    act: async (means) => {
      if (keep === 'OLD') await refuseWithoutOld(means, rotation);
      return unlessFailed(
        await retire(means, await move(means.services, rotation, { type: 'cancel', keep })),
      );
    },
  });
}

async function refuseWithoutOld({ provider, call }: Means, { oldSecret }: Rotation): Promise<void> {
  const [old] = await readSecrets(provider, [oldSecret], call);
  if (old != null && old.status !== 'REVOKED') return;
  throw new ConflictError('The old secret is revoked, so it cannot be the one to keep.', {
    hint: 'Cancel with keep: NEW, or complete the rotation.',
  });
}
