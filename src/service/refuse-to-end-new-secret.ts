import { ConflictError } from '../domain/gateway-error.ts';
import { idKey, type ClientSecretId } from '../domain/ids.ts';
import { isInPlace, type Rotation } from '../domain/rotation.ts';
import { findOpenRotations } from '../store/rotations.ts';
import type { Services } from './services.ts';

/** When the old secret of an open rotation ends, the new one has to be there. Rejects with ConflictError. */
export async function refuseToEndNewSecret({ store }: Services, id: ClientSecretId): Promise<void> {
  const open = await findOpenRotations(store, [id]);
  const isNewOne = (rotation: Rotation) =>
    rotation.newSecret !== null && idKey(rotation.newSecret) === idKey(id) && !isInPlace(rotation);
  if (!open.some(isNewOne)) return;
  throw new ConflictError(
    'This secret is the new one of an open rotation: when the old one ends, none would be left.',
    {
      hint: 'Cancel the rotation with keep: OLD; that revokes this secret and keeps the old one.',
    },
  );
}
