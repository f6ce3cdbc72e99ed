import { formatDuration } from '../domain/duration.ts';
import { InvalidInputError } from '../domain/gateway-error.ts';
import { isStorableMoment } from '../domain/storable.ts';
import type { Traits } from '../provider-kit/provider.ts';

/** A moment, or a time from now; at most one of them. */
export interface ExpiryInput {
  readonly expiresAt: Date | null;
  readonly expiresInMs: number | null;
}

/**
 * When the secret is to expire. Null: never. Rejects with InvalidInputError, naming the field that was given, what
 * lies in the past and what the vendor does not allow, before the vendor is asked.
 */
export function resolveExpiry(
  { expiresAt, expiresInMs }: ExpiryInput,
  traits: Traits,
  now: Date,
): Date | null {
  if (expiresAt !== null && expiresInMs !== null) {
    throw InvalidInputError.at('expiresAt', 'give either expiresAt or expiresIn, not both');
  }
  const expiry = expiresInMs === null ? expiresAt : new Date(now.getTime() + expiresInMs);
  if (expiry !== null) checkExpiry(expiresInMs === null ? 'expiresAt' : 'expiresIn', expiry, traits, now);
  return expiry;
}

export function checkExpiry(field: 'expiresAt' | 'expiresIn', expiry: Date, traits: Traits, now: Date): void {
  const lifetimeMs = expiry.getTime() - now.getTime();
  const { secretLifetime } = traits;
  if (secretLifetime === null) {
    throw InvalidInputError.at(field, 'secrets of this provider do not expire; leave it out');
  }
  if (lifetimeMs <= 0)
    throw InvalidInputError.at(field, 'lies in the past; give a moment that is still to come');
  const { minMs, maxMs } = secretLifetime;
  if (minMs !== null && lifetimeMs < minMs) {
    throw InvalidInputError.at(field, `a secret of this provider lives at least ${formatDuration(minMs)}`);
  }
  if (maxMs !== null && lifetimeMs > maxMs) {
    throw InvalidInputError.at(field, `a secret of this provider lives at most ${formatDuration(maxMs)}`);
  }
  checkYear(field, expiry);
}

/** Rejects with InvalidInputError what no database keeps, and what no Date holds. */
export function checkYear(field: 'expiresAt' | 'expiresIn', expiry: Date): void {
  if (!isStorableMoment(expiry))
    throw InvalidInputError.at(field, 'lies beyond the year 9999; give an earlier one');
}
