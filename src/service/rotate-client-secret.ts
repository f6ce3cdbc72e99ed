import { randomUUID } from 'node:crypto';
import type { ClientSecret, IssuedSecret } from '../domain/client-secret.ts';
import { MINUTE } from '../domain/duration.ts';
import { ConflictError, InvalidInputError, LimitReachedError } from '../domain/gateway-error.ts';
import { clientIdOf, type ClientSecretId } from '../domain/ids.ts';
import { DEFAULT_OVERLAP_MS, planRotation, type Rotation } from '../domain/rotation.ts';
import type { SecretValue } from '../domain/secret-value.ts';
import { ProviderError } from '../provider-kit/provider-error.ts';
import type { Call, Provider } from '../provider-kit/provider.ts';
import { findOpenRotations, insertRotation, type Due } from '../store/rotations.ts';
import { required } from './capabilities.ts';
import { findRotation } from './find-rotation.ts';
import { handOver } from './hand-over.ts';
import { listAllSecrets } from './list-all-secrets.ts';
import type { Means } from './write.ts';
import { mark, MAX_DESCRIPTION } from './rotation-mark.ts';
import { move } from './rotation-steps.ts';
import type { Services } from './services.ts';
import { resolveExpiry, type ExpiryInput } from './secret-expiry.ts';
import type { Session } from './session.ts';
import { notFound } from './translate-error.ts';
import { writeTo } from './write-to.ts';

interface Input extends ExpiryInput {
  readonly id: ClientSecretId;
  /** Null: a day. Zero: the old secret ends before the answer. */
  readonly overlapMs: number | null;
  /** Null: the old secret's. At most `MAX_DESCRIPTION` characters. */
  readonly description: string | null;
  readonly value: SecretValue | null;
  readonly idempotencyKey: string | null;
}

/** Longer than any call may take, with whatever it waits for: then the worker thinks it dead. */
const ISSUING_MS = 10 * MINUTE;

interface Begun {
  readonly rotation: Rotation;
  readonly issued: IssuedSecret;
}

/**
 * Room checked, new one issued, that put on record, answered; after the overlap the worker retires the old one.
 * Whatever fails before it is on record that the new one was issued leaves the old one as it was.
 */
export async function rotateClientSecret(session: Session, input: Input): Promise<Begun> {
  const { id, idempotencyKey, ...rest } = input;
  const begun = await session.perform({
    ...writeTo('ROTATE_CLIENT_SECRET', 'ClientSecret', id),
    idempotencyKey,
    input: { id, ...rest },
    act: (means) => issue(means, input),
  });
  // The new value has to reach its owner in any case; what is not done yet, the worker does.
  const rotation = await findRotation(session, begun.rotation.id)
    .then((current) => handOver(session, current))
    .catch(() => findRotation(session, begun.rotation.id))
    .catch(() => begun.rotation);
  if (rotation.state !== 'FAILED') return { rotation, issued: begun.issued };
  throw new ConflictError('This took too long: the new secret was revoked, and the old one is as it was.', {
    hint: 'Rotate again, with a new idempotency key.',
  });
}

async function issue(means: Means, input: Input): Promise<Begun> {
  const { provider, services, call } = means;
  const { id } = input;
  required(provider, 'revokeSecret', 'ROTATE_CLIENT_SECRET');
  const create = required(provider, 'createSecret', 'ROTATE_CLIENT_SECRET');
  const now = services.clock.now();
  const description = checkDescription(input.description);
  const given = resolveExpiry(input, provider.traits, now);
  const old = await readSecret(provider, id, call);
  const retireAt = await plan(provider, old, input.overlapMs ?? DEFAULT_OVERLAP_MS, now, call);
  if (given !== null && given <= retireAt) throw endsTooSoon(input);
  const rotation = await begin(means, old, now);
  const secret = {
    description: mark(rotation, description ?? old.description),
    expiresAt: given ?? sameLifetime(old, now),
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
    await provider.revokeSecret?.(issued.secret.id, call);
    throw error;
  });
  return { rotation: made, issued };
}

function takeUpAt({ clock }: Services): Due {
  const at = new Date(clock.now().getTime() + ISSUING_MS);
  return { dueAt: at, leaseUntil: at };
}

function endsTooSoon({ expiresInMs }: Input): InvalidInputError {
  const field = expiresInMs === null ? 'expiresAt' : 'expiresIn';
  return InvalidInputError.at(
    field,
    'the new secret would end before the old one; give a later end or a shorter overlap',
  );
}

async function readSecret(provider: Provider, id: ClientSecretId, call: Call): Promise<ClientSecret> {
  const [old] = await provider.getSecrets([id], call);
  if (old instanceof ProviderError) throw old;
  if (old === undefined || old === null) throw notFound();
  return old;
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
  if (planned.because === 'old-not-live') {
    throw new ConflictError('This secret no longer works, so there is nothing to rotate.', {
      hint: 'Create a new secret for the client.',
    });
  }
  throw new LimitReachedError('The client has no room for a second secret.', planned.limit, {
    hint: 'Revoke a secret that is no longer used, then rotate.',
  });
}

/** From here on the rotation is remembered: killed at any point, the worker takes it up. */
async function begin({ services, operationId }: Means, old: ClientSecret, now: Date): Promise<Rotation> {
  const rotation: Rotation = {
    id: randomUUID(),
    operationId,
    state: 'ISSUING',
    oldSecret: old.id,
    newSecret: null,
    startedAt: now,
    retireAt: null,
    completedAt: null,
    attempts: 0,
    lastError: null,
    keep: null,
    oldExpiresAt: old.expiresAt,
  };
  const open = await findOpenRotations(services.store, [old.id]);
  if (open.length === 0 && (await insertRotation(services.store, rotation, takeUpAt(services))))
    return rotation;
  throw new ConflictError('This secret is part of an open rotation.', {
    hint: 'Complete or cancel that rotation first.',
  });
}

/** A secret that may have been made all the same is found by its mark, and revoked, when the worker comes by. */
async function issueFailed({ services }: Means, rotation: Rotation, error: unknown): Promise<never> {
  if (error instanceof ProviderError && error.applied === 'no') {
    const at = services.clock.now();
    await move(services, rotation, { type: 'issueFailed', error: error.message, at });
  }
  throw error;
}

/** A new secret lives as long as the old one was made to, where nothing else is asked for. Null: for ever. */
function sameLifetime({ createdAt, expiresAt }: ClientSecret, now: Date): Date | null {
  if (createdAt === null || expiresAt === null) return null;
  return new Date(now.getTime() + expiresAt.getTime() - createdAt.getTime());
}

function checkDescription(description: string | null): string | null {
  if (description === null || description.length <= MAX_DESCRIPTION) return description;
  throw InvalidInputError.at('description', `may have at most ${MAX_DESCRIPTION} characters in a rotation`);
}
