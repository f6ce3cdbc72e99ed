import { isLive, type ClientSecret } from './client-secret.ts';
import { idKey, type ClientSecretId } from './ids.ts';
import { HOUR, MINUTE } from './duration.ts';

export const ROTATION_STATES = [
  'ISSUING',
  'OVERLAPPING',
  'RETIRING',
  'COMPLETED',
  'CANCELLED',
  'FAILED',
] as const;
export type RotationState = (typeof ROTATION_STATES)[number];

export const ROTATION_KEEPS = ['OLD', 'NEW', 'BOTH'] as const;
export type RotationKeep = (typeof ROTATION_KEEPS)[number];

/** The exchange of one secret of a client for another, with a time in which both work. */
export interface Rotation {
  readonly id: string;
  /** Of the audited operation that began it. */
  readonly operationId: string;
  readonly state: RotationState;
  readonly oldSecret: ClientSecretId;
  /** Null until it is made. */
  readonly newSecret: ClientSecretId | null;
  readonly startedAt: Date;
  /** When the old secret is to end. Null until the new one is made. */
  readonly retireAt: Date | null;
  readonly completedAt: Date | null;
  /** How often retiring was tried. */
  readonly attempts: number;
  /** Why the last try failed, in public words. */
  readonly lastError: string | null;
  /** What a cancellation keeps. Null: not cancelled. */
  readonly keep: RotationKeep | null;
  /** The old secret's own expiry, as it was before the rotation. */
  readonly oldExpiresAt: Date | null;
}

export const DEFAULT_OVERLAP_MS = 24 * HOUR;

export function isOpen(state: RotationState): boolean {
  return state === 'ISSUING' || state === 'OVERLAPPING' || state === 'RETIRING';
}

/** Is the new value in the old one's place, so that the vendor alone decides when the old one ends? */
export function isInPlace({ oldSecret, newSecret }: Rotation): boolean {
  return newSecret !== null && idKey(newSecret) === idKey(oldSecret);
}

export type RotationPlan =
  | { readonly possible: true; readonly retireAt: Date }
  | { readonly possible: false; readonly because: 'old-not-live' }
  | { readonly possible: false; readonly because: 'no-room'; readonly limit: number };

/**
 * Is there room for a second secret, and when does the old one end? It never outlives
 * `min(its own expiry, now + overlap)`.
 */
export function planRotation(facts: {
  readonly old: ClientSecret;
  /** All secrets of the client, the old one included. */
  readonly secrets: readonly ClientSecret[];
  /** Null: the vendor states no limit. */
  readonly maxActiveSecrets: number | null;
  readonly overlapMs: number;
  readonly now: Date;
}): RotationPlan {
  const { old, secrets, maxActiveSecrets, overlapMs, now } = facts;
  if (!isLive(old.status)) return { possible: false, because: 'old-not-live' };
  const live = secrets.filter((secret) => isLive(secret.status)).length;
  if (maxActiveSecrets !== null && live >= maxActiveSecrets) {
    return { possible: false, because: 'no-room', limit: maxActiveSecrets };
  }
  const end = now.getTime() + overlapMs;
  return { possible: true, retireAt: new Date(Math.min(end, old.expiresAt?.getTime() ?? end)) };
}

export type RotationEvent =
  /** The new secret is there; nobody has been given its value yet. */
  | { readonly type: 'made'; readonly newSecret: ClientSecretId; readonly retireAt: Date }
  /** That its value was issued is on record, and its owner has it, or can have it again. */
  | { readonly type: 'handedOver' }
  | { readonly type: 'issueFailed'; readonly error: string; readonly at: Date }
  | { readonly type: 'retire' }
  | { readonly type: 'cancel'; readonly keep: RotationKeep }
  | { readonly type: 'retired'; readonly at: Date }
  | { readonly type: 'retireFailed'; readonly error: string }
  | { readonly type: 'abandoned'; readonly error: string; readonly at: Date };

/** The rotation after an event; null where that event cannot happen in its state. */
export function advance(rotation: Rotation, event: RotationEvent): Rotation | null {
  const { state } = rotation;
  switch (event.type) {
    case 'made':
      if (state !== 'ISSUING') return null;
      return { ...rotation, newSecret: event.newSecret, retireAt: event.retireAt };
    case 'handedOver':
      if (state !== 'ISSUING' || rotation.newSecret === null) return null;
      return { ...rotation, state: 'OVERLAPPING' };
    case 'issueFailed':
      if (state !== 'ISSUING') return null;
      return { ...rotation, state: 'FAILED', lastError: event.error, completedAt: event.at };
    case 'retire':
      return state === 'OVERLAPPING' ? { ...rotation, state: 'RETIRING' } : null;
    case 'cancel':
      return state === 'OVERLAPPING' ? { ...rotation, state: 'RETIRING', keep: event.keep } : null;
    case 'retired':
      if (state !== 'RETIRING') return null;
      return {
        ...rotation,
        state: rotation.keep === null ? 'COMPLETED' : 'CANCELLED',
        completedAt: event.at,
        lastError: null,
      };
    case 'retireFailed':
      if (state !== 'RETIRING') return null;
      return { ...rotation, attempts: rotation.attempts + 1, lastError: event.error };
    case 'abandoned':
      if (state !== 'RETIRING') return null;
      return { ...rotation, state: 'FAILED', lastError: event.error, completedAt: event.at };
  }
}

/** Which secret ends, and which one has to be able to authenticate before it may. Null: neither ends by us. */
export function retirement(rotation: Rotation): { ends: ClientSecretId; stays: ClientSecretId } | null {
  const { oldSecret, newSecret, keep } = rotation;
  if (newSecret === null || keep === 'BOTH' || isInPlace(rotation)) return null;
  return keep === 'OLD' ? { ends: newSecret, stays: oldSecret } : { ends: oldSecret, stays: newSecret };
}

/** How long to wait after the given number of failed tries: a minute, doubling, an hour at the most. */
export function retryDelayMs(attempts: number): number {
  return Math.min(HOUR, MINUTE * 2 ** Math.max(0, Math.min(attempts, 10) - 1));
}
