import { timingSafeEqual } from 'node:crypto';
import type { Actor } from '../domain/actor.ts';
import { MINUTE } from '../domain/duration.ts';
import { SecretValue } from '../domain/secret-value.ts';
import { findTokensByPrefix, noteTokenUse } from '../store/access-tokens.ts';
import { isKey, prefixOf } from '../store/key-format.ts';
import type { Services } from './services.ts';

/** `lastUsedAt` is true to the minute: it does not make a write of every read. */
const USE_NOTED_EVERY_MS = MINUTE;

/**
 * Who holds this access token. Null: nobody; unknown, revoked and expired are not told apart. Reads the database each
 * time, so a revoked token is dead on every replica at once.
 */
export async function authenticate({ store, clock, log }: Services, text: string): Promise<Actor | null> {
  if (!isKey(text)) return null;
  const token = new SecretValue(text);
  const digest = Buffer.from(store.keyring.mac('access-token', text));
  const found = (await findTokensByPrefix(store, prefixOf(token))).find((row) =>
    timingSafeEqual(Buffer.from(row.digest), digest),
  );
  const now = clock.now();
  if (found === undefined || found.revokedAt !== null) return null;
  if (found.expiresAt !== null && found.expiresAt <= now) return null;
  if (found.lastUsedAt === null || now.getTime() - found.lastUsedAt.getTime() >= USE_NOTED_EVERY_MS) {
    await noteTokenUse(store, found.id, now).catch((error: unknown) => {
      log.warn(
        { token: found.id, code: error instanceof Error ? error.name : '' },
        'the use of a token was not noted',
      );
    });
  }
  return { id: `token:${found.id}`, name: found.name, grants: found.roles };
}
