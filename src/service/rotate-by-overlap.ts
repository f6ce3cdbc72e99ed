import type { ClientSecret } from '../domain/client-secret.ts';
import { InvalidInputError, LimitReachedError } from '../domain/gateway-error.ts';
import { clientIdOf } from '../domain/ids.ts';
import { DEFAULT_OVERLAP_MS, planRotation, type Rotation } from '../domain/rotation.ts';
import type { Call, Provider } from '../provider-kit/provider.ts';
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
import { listAllSecrets } from './list-all-secrets.ts';
import { mark, MAX_DESCRIPTION } from './rotation-mark.ts';
import { move } from './rotation-steps.ts';
import { resolveExpiry, type ExpiryInput } from './secret-expiry.ts';
import type { Means } from './write.ts';

/** A second secret beside the old one. */
export async function rotateByOverlap(means: Means, input: RotateInput): Promise<Begun> {
  const { provider, services, call } = means;
  const { id } = input;
  const revoke = required(provider, 'revokeSecret', 'ROTATE_CLIENT_SECRET', id);
  const create = required(provider, 'createSecret', 'ROTATE_CLIENT_SECRET', id);
  const now = services.clock.now();
  checkDescription(provider, input.description);
  const given = resolveExpiry(input, provider.traits, now);
  const old = await readSecret(provider, id, call);
  const expiresAt = given ?? sameLifetime(old, now);
  const retireAt = await plan(provider, old, input.overlapMs ?? DEFAULT_OVERLAP_MS, now, call);
  if (given !== null && given <= retireAt) throw endsTooSoon(input);
  const rotation = await beginRotation(means, old, now);
  const secret = {
    description: describe(provider, rotation, input.description ?? old.description),
    expiresAt,
    maxUses: old.maxUses,
    value: input.value,
    retrievable: old.retrievable && provider.traits.retrieval === 'ANY_TIME' ? true : null,
  };
  const issued = await create(clientIdOf(id), secret, call).catch((error: unknown) =>
    issueFailed(means, rotation, error),
  );
  const event = { type: 'made', newSecret: issued.secret.id, retireAt } as const;
  const made = await move(services, rotation, event, takeUpAt(services)).catch(async (error: unknown) => {
    // The worker has given the call up, and has not seen this secret: nobody will be given its value.
    await revoke(issued.secret.id, call);
    throw error;
  });
  return { rotation: made, issued };
}

function endsTooSoon({ expiresInMs }: ExpiryInput): InvalidInputError {
  const field = expiresInMs === null ? 'expiresAt' : 'expiresIn';
  return InvalidInputError.at(
    field,
    'the new secret would end before the old one; give a later end or a shorter overlap',
  );
}

async function plan(
  provider: Provider,
  old: ClientSecret,
  overlapMs: number,
  now: Date,
  call: Call,
): Promise<Date> {
  const { maxActiveSecrets } = provider.traits;
  const secrets =
    maxActiveSecrets === null ? [old] : await listAllSecrets(provider, clientIdOf(old.id), call);
  const planned = planRotation({ old, secrets, maxActiveSecrets, overlapMs, now });
  if (planned.possible) return planned.retireAt;
  if (planned.because === 'old-not-live') throw nothingToRotate();
  throw new LimitReachedError('The client has no room for a second secret.', planned.limit, {
    hint: 'Revoke a secret that is no longer used, then rotate.',
  });
}

/** A new secret lives as long as the old one was made to, where nothing else is asked for. Null: for ever. */
function sameLifetime({ createdAt, expiresAt }: ClientSecret, now: Date): Date | null {
  if (expiresAt === null) return null;
  if (createdAt !== null) return new Date(now.getTime() + expiresAt.getTime() - createdAt.getTime());
  throw InvalidInputError.at(
    'expiresIn',
    'the old secret expires, and this provider does not tell how long it was made for; say how long the new one is to live',
  );
}

function checkDescription({ traits }: Provider, description: string | null): void {
  if (description === null) return;
  if (!traits.describesSecrets)
    throw InvalidInputError.at('description', 'secrets of this provider have none; leave it out');
  if (description.length <= MAX_DESCRIPTION) return;
  throw InvalidInputError.at('description', `may have at most ${MAX_DESCRIPTION} characters in a rotation`);
}

function describe({ traits }: Provider, rotation: Rotation, description: string | null): string | null {
  return traits.describesSecrets ? mark(rotation, description) : null;
}
