import { isLive } from '../domain/client-secret.ts';
import { ConflictError, InvalidInputError } from '../domain/gateway-error.ts';
import { DEFAULT_OVERLAP_MS, isInPlace, type Rotation } from '../domain/rotation.ts';
import type { Provider } from '../provider-kit/provider.ts';
import {
  beginRotation,
  issueFailed,
  nothingToRotate,
  readSecret,
  takeUpAt,
  type Begun,
  type RotateInput,
} from './begin-rotation.ts';
import { required } from './capabilities.ts';
import { move } from './rotation-steps.ts';
import { resolveExpiry } from './secret-expiry.ts';
import type { Means } from './write.ts';

/** A new value in the only slot that the client has. */
export async function rotateInPlace(means: Means, input: RotateInput): Promise<Begun> {
  const { provider, services, call } = means;
  const { id, value } = input;
  const replace = required(provider, 'replaceSecret', 'ROTATE_CLIENT_SECRET', id);
  const now = services.clock.now();
  refuseUnused(provider, input, now);
  const overlapMs = overlapOf(provider, input.overlapMs);
  const old = await readSecret(provider, id, call);
  if (!isLive(old.status)) throw nothingToRotate();
  const rotation = await beginRotation(means, old, now);
  const retireAt = new Date(now.getTime() + overlapMs);
  const oldEndsAt = overlapMs === 0 ? null : retireAt;
  const issued = await replace(id, { value, oldEndsAt }, call).catch((error: unknown) =>
    issueFailed(means, rotation, error),
  );
  const event = { type: 'made', newSecret: issued.secret.id, retireAt } as const;
  const made = await move(services, rotation, event, takeUpAt(services)).catch((error: unknown) => {
    if (!(error instanceof ConflictError)) throw error;
    // The worker has given the call up. The value is in force all the same, so its owner has to have it.
    return { ...rotation, newSecret: issued.secret.id, retireAt };
  });
  return { rotation: made, issued };
}

/** What the value that takes the place of another keeps as it was. */
function refuseUnused(provider: Provider, input: RotateInput, now: Date): void {
  if (input.description !== null)
    throw InvalidInputError.at('description', 'the secret keeps its own; leave it out');
  if (resolveExpiry(input, provider.traits, now) === null) return;
  const field = input.expiresInMs === null ? 'expiresAt' : 'expiresIn';
  throw InvalidInputError.at(field, 'the secret keeps its own; leave it out');
}

/** That a value ends at once has to be asked for in so many words: whoever still uses it is locked out. */
function overlapOf({ traits }: Provider, overlapMs: number | null): number {
  if (traits.replacement === 'OVERLAP') return overlapMs ?? DEFAULT_OVERLAP_MS;
  if (overlapMs === 0) return 0;
  throw InvalidInputError.at(
    'overlap',
    'this client has one slot, so the new value ends the old one at once; give PT0S where that is meant',
  );
}

/** Rejects with ConflictError: when the old value ends is the vendor's to say, and was said with the rotation. */
export function refuseInPlace(rotation: Rotation): void {
  if (!isInPlace(rotation)) return;
  throw new ConflictError('The vendor itself ends the old value when the overlap is over, and no sooner.', {
    hint: 'To rotate once more before that, cancel this rotation with keep: BOTH.',
  });
}
