import { formatDuration } from '../domain/duration.ts';
import { refuseGiven } from './input-fields.ts';
import { invalidInput } from './provider-error.ts';
import type { NewSecret, SecretLifetime } from './provider.ts';

/** For a vendor that makes the value itself, and shows it only once. */
export function refuseOwnValue(
  { value, retrievable }: Pick<NewSecret, 'value' | 'retrievable'>,
  vendor: string,
): void {
  refuseGiven(
    { value, retrievable: retrievable || null },
    {
      value: `${vendor} makes the value itself; leave it out`,
      retrievable: `${vendor} shows a value only once; leave it out`,
    },
  );
}

/** How long a secret that expires then is to live, in ms. Null: for ever. Rejects what the vendor does not take. */
export function lifetimeMs(
  expiresAt: Date | null,
  { minMs, maxMs }: Pick<SecretLifetime, 'minMs' | 'maxMs'>,
  now: Date,
): number | null {
  if (expiresAt === null) return null;
  const ms = expiresAt.getTime() - now.getTime();
  const least = minMs ?? 1;
  if (ms >= least && ms <= (maxMs ?? Infinity)) return ms;
  const most = maxMs === null ? 'or more' : `to ${formatDuration(maxMs)}`;
  throw invalidInput('expiresAt', `must lie ${formatDuration(least)} ${most} ahead`);
}
