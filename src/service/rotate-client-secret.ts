import { ConflictError } from '../domain/gateway-error.ts';
import { isInPlace } from '../domain/rotation.ts';
import type { Begun, RotateInput } from './begin-rotation.ts';
import { rotatesInPlace } from './capabilities.ts';
import { findRotation } from './find-rotation.ts';
import { handOver } from './hand-over.ts';
import { rotateByOverlap } from './rotate-by-overlap.ts';
import { rotateInPlace } from './rotate-in-place.ts';
import type { Session } from './session.ts';
import { writeTo } from './write-to.ts';

/**
 * Room checked, new one issued, that put on record, answered; after the overlap the worker retires the old one.
 * Whatever fails before it is on record that the new one was issued leaves the old one as it was. Where the client has
 * one slot, the vendor itself ends the old value, and the new one has to reach its owner whatever else fails.
 */
export async function rotateClientSecret(session: Session, input: RotateInput): Promise<Begun> {
  const { id, idempotencyKey, ...rest } = input;
  const begun = await session.perform({
    ...writeTo('ROTATE_CLIENT_SECRET', 'ClientSecret', id),
    idempotencyKey,
    input: { id, ...rest },
    act: (means) =>
      rotatesInPlace(means.provider) ? rotateInPlace(means, input) : rotateByOverlap(means, input),
  });
  // The new value has to reach its owner in any case; what is not done yet, the worker does.
  const rotation = await findRotation(session, begun.rotation.id)
    .then((current) => handOver(session, current))
    .catch(() => findRotation(session, begun.rotation.id))
    .catch(() => begun.rotation);
  if (rotation.state !== 'FAILED' || isInPlace(begun.rotation)) return { rotation, issued: begun.issued };
  throw new ConflictError('This took too long: the new secret was revoked, and the old one is as it was.', {
    hint: 'Rotate again, with a new idempotency key.',
  });
}
