import type { Actor } from '../domain/actor.ts';
import { DAY, MINUTE } from '../domain/duration.ts';
import { ConflictError } from '../domain/gateway-error.ts';
import { wasBegun } from '../store/audit-outcomes.ts';
import type { Store } from '../store/database.ts';
import {
  claimIdempotencyKey,
  keepIdempotentResult,
  releaseIdempotencyKey,
  takeOverIdempotencyKey,
  type IdempotencyRow,
} from '../store/idempotency-keys.ts';
import { seal, unseal } from '../store/sealing.ts';
import { endsWithin } from './ends-within.ts';
import type { Write } from './write.ts';
import { deserialize, serialize } from './serialize.ts';
import type { Services } from './services.ts';

const KEPT_MS = DAY;
/** An intent follows its key within a second, or not at all. */
const BEGUN_WITHIN_MS = MINUTE;

/**
 * The key is this call's own, until it is kept or released. Either is waited for as long as an outcome is, and goes on
 * beyond that. That it failed, or took longer, is logged: the first caller is answered all the same.
 */
export interface ClaimedKey<Result> {
  /** Seals the result for whoever asks again. */
  keep(result: Result): Promise<void>;
  /** The operation surely had no effect: the same key may try again. */
  release(): Promise<void>;
}

/**
 * Null: the write has no key. With `result`: an earlier call with the same input has ended, and this is what it gave.
 * Rejects with ConflictError for another input, for a call that still runs, and for one that never ended.
 */
export async function claimKey<Result>(
  { store, clock, log, audit }: Services,
  actor: Actor,
  write: Write<Result>,
  operationId: string,
): Promise<ClaimedKey<Result> | { readonly result: Result } | null> {
  const key = write.idempotencyKey ?? null;
  if (key === null) return null;
  const now = clock.now();
  const of = { provider: write.scope.provider ?? '', tenant: write.scope.tenant ?? '' };
  const row: IdempotencyRow = {
    actorId: actor.id,
    action: write.action,
    key,
    inputDigest: store.keyring.mac('idempotency-input', serialize(write.input).reveal()),
    operationId,
    sealedResult: null,
    ...of,
    createdAt: now,
    expiresAt: new Date(now.getTime() + KEPT_MS),
  };
  const context = JSON.stringify(['idempotency', actor.id, write.action, key]);
  const done = async (what: string, work: Promise<void>) => {
    const settled = work.catch((cause: unknown) =>
      log.error({ operationId, cause: nameOf(cause) }, `an idempotency key was not ${what}`),
    );
    const inTime = await endsWithin(settled, audit.outcomeMs);
    if (!inTime) log.error({ operationId }, `an idempotency key was not ${what} in time`);
  };
  const claimed: ClaimedKey<Result> = {
    keep: (result) => {
      const sealing = seal(store, of, context, serialize(result));
      return done(
        'kept',
        sealing.then((sealed) => keepIdempotentResult(store, row, sealed)),
      );
    },
    release: () => done('released', releaseIdempotencyKey(store, row)),
  };
  const first = await claimIdempotencyKey(store, row);
  if (first === null || (await isAbandoned(store, first, row))) return claimed;
  if (first.inputDigest !== row.inputDigest) {
    throw new ConflictError('This idempotency key was used with another input.', {
      hint: 'Use a new key for a new operation.',
    });
  }
  if (first.sealedResult === null) {
    throw new ConflictError(
      'An earlier call with this idempotency key still runs, or its outcome is not known.',
      {
        hint: 'Try again in a while. If it stays so, look at what it was to change, and use a new key.',
        retryable: true,
      },
    );
  }
  return { result: deserialize(await unseal(store, first, context, first.sealedResult)) as Result };
}

/** A call that claimed the key a while ago and then did not even begin: it is this call's now. */
async function isAbandoned(store: Store, first: IdempotencyRow, row: IdempotencyRow): Promise<boolean> {
  const since = row.createdAt.getTime() - first.createdAt.getTime();
  if (first.sealedResult !== null || first.inputDigest !== row.inputDigest || since < BEGUN_WITHIN_MS)
    return false;
  return !(await wasBegun(store, first.operationId)) && takeOverIdempotencyKey(store, row, first.operationId);
}

function nameOf(cause: unknown): string {
  return cause instanceof Error ? cause.name : typeof cause;
}
