import { isLive, type ClientSecret } from '../domain/client-secret.ts';
import { MINUTE } from '../domain/duration.ts';
import { ConflictError } from '../domain/gateway-error.ts';
import type { ClientSecretId } from '../domain/ids.ts';
import { advance, retirement, retryDelayMs, type Rotation, type RotationEvent } from '../domain/rotation.ts';
import { LATEST_MOMENT } from '../domain/storable.ts';
import { ProviderError } from '../provider-kit/provider-error.ts';
import type { Call, Provider } from '../provider-kit/provider.ts';
import { saveRotation, type Due } from '../store/rotations.ts';
import { required } from './capabilities.ts';
import type { Means } from './write.ts';
import type { Services } from './services.ts';

/** So that an end which the vendor just allows is still allowed when it gets there, by a clock that may go differently. */
const ON_THE_WAY_MS = 5 * MINUTE;

/** How long whoever moves a rotation has it for himself. */
export const LEASE_MS = 2 * MINUTE;

/**
 * Saves what the event makes of the rotation. Without `due` the mover keeps it in hand for `LEASE_MS`, and then the
 * worker takes it up. Rejects with ConflictError where the event cannot happen, or somebody else was faster.
 */
export async function move(
  { store, clock }: Pick<Services, 'store' | 'clock'>,
  rotation: Rotation,
  event: RotationEvent,
  due: Due = leased(clock.now()),
): Promise<Rotation> {
  const next = advance(rotation, event);
  if (next !== null && (await saveRotation(store, rotation, next, due))) return next;
  throw new ConflictError('This rotation has moved on in the meantime, or is in no state for this.', {
    hint: 'Read its state first.',
  });
}

function leased(now: Date): Due {
  return { dueAt: now, leaseUntil: new Date(now.getTime() + LEASE_MS) };
}

/**
 * Does what a RETIRING rotation still has to do: gives the old secret its own expiry back where it is kept, ends the
 * secret that is to end, and proves that by reading back. What the rotation then is tells how it went: COMPLETED or
 * CANCELLED; RETIRING, with what the vendor failed with, and the worker tries again; or FAILED, nothing ended, because
 * the secret that was to stay does not work, and no service is to be locked out.
 */
export async function retire(means: Means, rotation: Rotation): Promise<Rotation> {
  const { services } = means;
  try {
    if (rotation.keep === 'OLD' || rotation.keep === 'BOTH') await restoreExpiry(means, rotation);
    const ended = await endOne(means, rotation);
    if (ended) return await move(services, rotation, { type: 'retired', at: services.clock.now() });
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return noteFailure(services, rotation, error.message);
  }
  const error = 'The secret that is to stay does not work, so the other one was kept.';
  return move(services, rotation, { type: 'abandoned', error, at: services.clock.now() });
}

async function noteFailure(services: Services, rotation: Rotation, error: string): Promise<Rotation> {
  const delay = retryDelayMs(rotation.attempts + 1);
  const dueAt = new Date(services.clock.now().getTime() + delay);
  return move(services, rotation, { type: 'retireFailed', error }, { dueAt, leaseUntil: null });
}

/** The rotation, unless it is FAILED: then what it failed with is thrown as a ConflictError. */
export function unlessFailed(rotation: Rotation): Rotation {
  if (rotation.state !== 'FAILED') return rotation;
  throw new ConflictError(rotation.lastError ?? 'The rotation failed.', {
    hint: 'Look at both secrets, and rotate again.',
  });
}

/** False: it was left alone, because the one that is to stay does not work. */
async function endOne(means: Means, rotation: Rotation): Promise<boolean> {
  const { provider, call } = means;
  const pair = retirement(rotation);
  if (pair === null) return true;
  const [ends, stays] = await readSecrets(provider, [pair.ends, pair.stays], call);
  if (stays?.status !== 'ACTIVE') {
    if (rotation.keep === null) await restoreExpiry(means, rotation);
    return false;
  }
  if (ends == null || ends.status === 'REVOKED') return true;
  await required(provider, 'revokeSecret', 'ROTATE_CLIENT_SECRET')(pair.ends, call);
  const [after] = await readSecrets(provider, [pair.ends], call);
  if (after == null || !isLive(after.status)) return true;
  throw new ProviderError('unavailable', 'The vendor still shows the secret as working.', {
    applied: 'maybe',
  });
}

/** Rejects where one of them could not be read. */
export async function readSecrets(
  provider: Provider,
  ids: readonly ClientSecretId[],
  call: Call,
): Promise<readonly (ClientSecret | null)[]> {
  return (await provider.getSecrets(ids, call)).map((answer) => {
    if (answer instanceof ProviderError) throw answer;
    return answer;
  });
}

/**
 * Where the vendor has expiry, the old secret gets its end as an expiry too, so that it ends even while the gateway
 * is down: as soon as the vendor allows an end. A failure is logged: the worker retires it all the same.
 */
export async function endBy(means: Means, { oldSecret, oldExpiresAt }: Rotation, at: Date): Promise<void> {
  const { provider, services } = means;
  const { minMs } = provider.traits.secretLifetime ?? { minMs: null };
  const soonest = minMs === null ? 0 : services.clock.now().getTime() + minMs + ON_THE_WAY_MS;
  const end = new Date(Math.max(at.getTime(), soonest));
  if (oldExpiresAt !== null && oldExpiresAt <= end) return;
  await setExpiry(means, oldSecret, end).catch((error: unknown) => {
    if (!(error instanceof ProviderError)) throw error;
    services.log.warn(
      { provider: provider.name, code: error.code },
      'the old secret of a rotation got no expiry',
    );
  });
}

/**
 * Gives the old secret the expiry back that it had before. One that had none, of a vendor that takes no end back, gets
 * the latest that it allows: it was to be kept. One that is gone or revoked has no use for it.
 */
async function restoreExpiry(means: Means, { oldSecret, oldExpiresAt }: Rotation): Promise<void> {
  const { clearable, maxMs } = means.provider.traits.secretLifetime ?? { clearable: true, maxMs: null };
  const now = means.services.clock.now().getTime();
  const latest = maxMs === null ? LATEST_MOMENT : new Date(now + maxMs - ON_THE_WAY_MS);
  await setExpiry(means, oldSecret, oldExpiresAt ?? (clearable ? null : latest)).catch((error: unknown) => {
    if (!(error instanceof ProviderError && ['not_found', 'conflict'].includes(error.code))) throw error;
  });
}

async function setExpiry(
  { provider, call }: Means,
  id: ClientSecretId,
  expiresAt: Date | null,
): Promise<void> {
  if (provider.traits.secretLifetime !== null) await provider.updateSecret?.(id, { expiresAt }, call);
}
