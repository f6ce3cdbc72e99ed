import type { Rotation } from '../domain/rotation.ts';
import { GatewayError } from '../domain/gateway-error.ts';
import type { Session } from './session.ts';
import { notFound } from './translate-error.ts';

/** Rejects with NotFoundError for one that is not there or that the actor may not read. */
export async function findRotation(session: Session, id: string): Promise<Rotation> {
  const [rotation] = await session.records.rotations([id]);
  if (rotation instanceof GatewayError) throw rotation;
  if (rotation === undefined || rotation === null) throw notFound();
  return rotation;
}
