import { encodeGlobalId } from '../domain/ids.ts';
import type { Rotation } from '../domain/rotation.ts';
import type { Write } from './write.ts';

type Head = Pick<Write<never>, 'action' | 'operation' | 'role' | 'scope' | 'subject'>;

/** What every write on a rotation has in common: it stands where its client stands. */
export function writeToRotation(
  verb: 'handOver' | 'complete' | 'cancel' | 'retire' | 'recover',
  rotation: Rotation,
): Head {
  const { provider, tenant } = rotation.oldSecret;
  return {
    action: `rotation.${verb}`,
    operation: 'ROTATE_CLIENT_SECRET',
    role: 'OPERATOR',
    scope: { provider, tenant },
    subject: encodeGlobalId('Rotation', { id: rotation.id }),
  };
}
