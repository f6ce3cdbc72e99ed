import { isInPlace, type Rotation } from '../domain/rotation.ts';
import { endBy, move, retire } from './rotation-steps.ts';
import type { Session } from './session.ts';
import { writeToRotation } from './write-to-rotation.ts';

/**
 * Lets the overlap begin, now that it is on record that the new value was issued; before, nothing may happen to the old
 * secret. With no overlap left, the old one is retired here. A rotation that is past this is given back as it is.
 */
export async function handOver(session: Session, rotation: Rotation): Promise<Rotation> {
  if (rotation.state !== 'ISSUING') return rotation;
  return session.perform({
    ...writeToRotation('handOver', rotation),
    input: null,
    act: async (means) => {
      const { services } = means;
      const overlapping = await move(
        services,
        rotation,
        { type: 'handedOver' },
        { dueAt: rotation.retireAt, leaseUntil: null },
      );
      if (rotation.retireAt !== null && rotation.retireAt > services.clock.now()) {
        if (!isInPlace(rotation)) await endBy(means, rotation, rotation.retireAt);
        return overlapping;
      }
      return retire(means, await move(services, overlapping, { type: 'retire' }));
    },
  });
}
