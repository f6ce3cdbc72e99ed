import { isLive, type ClientSecret } from '../domain/client-secret.ts';
import { ProviderUnavailableError } from '../domain/gateway-error.ts';
import { clientIdOf } from '../domain/ids.ts';
import type { Rotation } from '../domain/rotation.ts';
import { hasSucceeded } from '../store/audit-outcomes.ts';
import { forgetIdempotentResult } from '../store/idempotency-keys.ts';
import { claimDueRotations } from '../store/rotations.ts';
import { required, rotatesInPlace } from './capabilities.ts';
import { handOver } from './hand-over.ts';
import { listAllSecrets } from './list-all-secrets.ts';
import type { Means } from './write.ts';
import { hasMark } from './rotation-mark.ts';
import { LEASE_MS, move, retire, unlessFailed } from './rotation-steps.ts';
import type { Services } from './services.ts';
import type { Session } from './session.ts';
import { writeToRotation } from './write-to-rotation.ts';

const AT_ONCE = 10;

/**
 * Takes up the rotations that are due: retires what has overlapped long enough, tries again what failed, and clears up
 * after a call that never ended. One that fails does not keep the others. Answers how many it took up.
 */
export async function continueRotations(services: Services, session: Session): Promise<number> {
  const now = services.clock.now();
  const leaseUntil = new Date(now.getTime() + LEASE_MS);
  const due = await claimDueRotations(
    services.store,
    [...services.providers.keys()],
    now,
    leaseUntil,
    AT_ONCE,
  );
  await Promise.all(
    due.map((rotation) =>
      continueRotation(services, session, rotation).catch((error: unknown) => {
        const code = error instanceof Error ? error.name : typeof error;
        services.log.warn(
          { rotation: rotation.id, state: rotation.state, code },
          'a rotation could not go on',
        );
      }),
    ),
  );
  return due.length;
}

async function continueRotation(services: Services, session: Session, rotation: Rotation): Promise<void> {
  const { state, newSecret, operationId } = rotation;
  if (state !== 'ISSUING') {
    await session.perform({
      ...writeToRotation('retire', rotation),
      input: null,
      act: (means) => retireDue(means, rotation),
    });
  } else if (newSecret !== null && (await hasSucceeded(services.store, operationId))) {
    await handOver(session, rotation);
  } else {
    await session.perform({
      ...writeToRotation('recover', rotation),
      input: null,
      act: (means) => recover(means, rotation),
    });
  }
}

/** Rejects where it is not over yet, so that the trail says so. */
async function retireDue(means: Means, rotation: Rotation): Promise<Rotation> {
  const { services, provider } = means;
  const retiring =
    rotation.state === 'OVERLAPPING' ? await move(services, rotation, { type: 'retire' }) : rotation;
  const retired = unlessFailed(await retire(means, retiring));
  if (retired.state !== 'RETIRING') return retired;
  throw new ProviderUnavailableError(retired.lastError ?? 'The vendor did not answer.', {
    provider: provider.name,
    applied: 'UNKNOWN',
    retryAfterMs: null,
  });
}

/**
 * The call that was to issue the new secret never ended: nobody was given the value, so the secret has to go. One that
 * cannot be told from others is left to people, and so is a value that may have taken the place of the old one.
 */
async function recover(means: Means, rotation: Rotation): Promise<void> {
  const { provider, services } = means;
  await forgetIdempotentResult(services.store, rotation.operationId);
  const inPlace = rotatesInPlace(provider);
  if (!inPlace) await revokeOrphans(means, rotation);
  const isKnown = !inPlace && (provider.traits.describesSecrets || rotation.newSecret !== null);
  const error = isKnown ? ORPHAN_GONE : inPlace ? VALUE_LOST : ORPHAN_UNKNOWN;
  await move(services, rotation, { type: 'issueFailed', error, at: services.clock.now() });
}

const ORPHAN_GONE =
  'The call was broken off before the new secret could be handed out; the old one is as it was.';
const ORPHAN_UNKNOWN =
  'The call was broken off. The old secret is as it was; the client may have one more, of which nobody has the value: revoke it.';
const VALUE_LOST =
  'The call was broken off. The new value may have taken effect, and nobody was given it by the gateway: rotate again.';

async function revokeOrphans({ provider, call }: Means, rotation: Rotation): Promise<void> {
  const secrets = await listAllSecrets(provider, clientIdOf(rotation.oldSecret), call);
  const isOrphan = ({ id, description }: ClientSecret) =>
    id.secret === rotation.newSecret?.secret || hasMark(rotation, description);
  for (const { id } of secrets.filter((secret) => isLive(secret.status) && isOrphan(secret))) {
    await required(provider, 'revokeSecret', 'ROTATE_CLIENT_SECRET')(id, call);
  }
}
