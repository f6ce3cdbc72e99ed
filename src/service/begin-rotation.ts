import { randomUUID } from 'node:crypto';
import type { ClientSecret, IssuedSecret } from '../domain/client-secret.ts';
import { MINUTE } from '../domain/duration.ts';
import { ConflictError } from '../domain/gateway-error.ts';
import type { ClientSecretId } from '../domain/ids.ts';
import type { Rotation } from '../domain/rotation.ts';
import type { SecretValue } from '../domain/secret-value.ts';
import { ProviderError } from '../provider-kit/provider-error.ts';
import type { Call, Provider } from '../provider-kit/provider.ts';
import { findOpenRotations, insertRotation, type Due } from '../store/rotations.ts';
import { move } from './rotation-steps.ts';
import type { ExpiryInput } from './secret-expiry.ts';
import type { Services } from './services.ts';
import { notFound } from './translate-error.ts';
import type { Means } from './write.ts';

export interface RotateInput extends ExpiryInput {
  readonly id: ClientSecretId;
  /** Null: a day. Zero: the old secret ends before the answer. */
  readonly overlapMs: number | null;
  /** Null: the old secret's. At most `MAX_DESCRIPTION` characters. */
  readonly description: string | null;
  readonly value: SecretValue | null;
  readonly idempotencyKey: string | null;
}

export interface Begun {
  readonly rotation: Rotation;
  readonly issued: IssuedSecret;
}

/** Longer than any call may take, with whatever it waits for: then the worker thinks it dead. */
const ISSUING_MS = 10 * MINUTE;

export function takeUpAt({ clock }: Services): Due {
  const at = new Date(clock.now().getTime() + ISSUING_MS);
  return { dueAt: at, leaseUntil: at };
}

export async function readSecret(provider: Provider, id: ClientSecretId, call: Call): Promise<ClientSecret> {
  const [old] = await provider.getSecrets([id], call);
  if (old instanceof ProviderError) throw old;
  if (old === undefined || old === null) throw notFound();
  return old;
}

export function nothingToRotate(): ConflictError {
  return new ConflictError('This secret no longer works, so there is nothing to rotate.', {
    hint: 'Create a new secret for the client.',
  });
}

/** From here on the rotation is remembered: killed at any point, the worker takes it up. */
export async function beginRotation(
  { services, operationId }: Means,
  old: ClientSecret,
  now: Date,
): Promise<Rotation> {
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

/** What may have been made all the same is the worker's to clear up, when it comes by. */
export async function issueFailed({ services }: Means, rotation: Rotation, error: unknown): Promise<never> {
  if (error instanceof ProviderError && error.applied === 'no') {
    const at = services.clock.now();
    await move(services, rotation, { type: 'issueFailed', error: error.message, at });
  }
  throw error;
}
