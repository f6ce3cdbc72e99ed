import DataLoader from 'dataloader';
import { timingSafeEqual } from 'node:crypto';
import type { Actor } from '../domain/actor.ts';
import { MINUTE } from '../domain/duration.ts';
import { SecretValue } from '../domain/secret-value.ts';
import { noteTokenUse, prepareTokenSearch, type HeldToken } from '../store/access-tokens.ts';
import { isKey, prefixOf } from '../store/key-format.ts';
import type { Services } from './services.ts';

/** `lastUsedAt` is true to the minute: it does not make a write of every read. */
const USE_NOTED_EVERY_MS = MINUTE;

/** Who holds this access token. Null: nobody; unknown, revoked and expired are not told apart. */
export type Authenticate = (text: string) => Promise<Actor | null>;

/**
 * Reads the database for each question, and only after it was asked, so a revoked token is dead on every replica at once.
 * One statement runs at a time, and looks up all the tokens that came while the one before it ran.
 */
export function createAuthenticate({ store, clock, log }: Services): Authenticate {
  const find = inTurn(prepareTokenSearch(store));
  const noting = new Map<string, Promise<void>>();
  const noteUse = async (id: string, now: Date) => {
    const noted = noting.get(id) ?? noteTokenUse(store, id, now).finally(() => noting.delete(id));
    noting.set(id, noted);
    await noted.catch((error: unknown) => {
      log.warn(
        { token: id, code: error instanceof Error ? error.name : '' },
        'the use of a token was not noted',
      );
    });
  };
  return async (text) => {
    if (!isKey(text)) return null;
    const token = new SecretValue(text);
    const digest = Buffer.from(store.keyring.mac('access-token', text));
    const found = (await find(prefixOf(token))).find((row) =>
      timingSafeEqual(Buffer.from(row.digest), digest),
    );
    const now = clock.now();
    if (found === undefined || found.revokedAt !== null) return null;
    if (found.expiresAt !== null && found.expiresAt <= now) return null;
    if (found.lastUsedAt === null || now.getTime() - found.lastUsedAt.getTime() >= USE_NOTED_EVERY_MS) {
      await noteUse(found.id, now);
    }
    return { id: `token:${found.id}`, name: found.name, grants: found.roles };
  };
}

type Search = (prefixes: readonly string[]) => Promise<readonly HeldToken[]>;

function inTurn(search: Search): (prefix: string) => Promise<readonly HeldToken[]> {
  let over: Promise<unknown> = Promise.resolve();
  const loader = new DataLoader<string, readonly HeldToken[]>(
    async (prefixes) => {
      const searched = search([...new Set(prefixes)]);
      over = searched.catch(() => undefined);
      const found = await searched;
      return prefixes.map((prefix) => found.filter((token) => token.prefix === prefix));
    },
    // Whoever asks in the meantime is in the next one: what he is told was read after he asked.
    { cache: false, batchScheduleFn: (dispatch) => void over.then(dispatch) },
  );
  return (prefix) => loader.load(prefix);
}
