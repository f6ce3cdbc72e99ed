import { randomUUID } from 'node:crypto';
import { SECOND } from '../domain/duration.ts';
import type { Log } from '../domain/log.ts';
import { parseTexts } from '../domain/texts.ts';
import type { Channel } from '../store/channel.ts';
import { endsWithin } from './ends-within.ts';

/** Null: of any tenant, or at any provider. */
type Learn = (provider: string | null, tenant: string | null) => void;

/**
 * What the replicas of one gateway tell each other of their writes at providers: where, and nothing else. A replica
 * that could not tell the others lets its write stand and logs it; they may answer from memory what was so before, up
 * to the age that they would have allowed without the write.
 */
export interface WordOfWrites {
  /**
   * Rises with each write that this replica learns of: with its own before they are answered, with those of others as
   * soon as they are heard of. Null: those of others are not heard of just now.
   */
  readonly heard: number | null;
  onWrite(learn: Learn): void;
  /** Of a write that is over and not answered yet. Resolves within a second. Never rejects. */
  tell(provider: string, tenant: string | null): Promise<void>;
}

/** What one notice can hold, by PostgreSQL's NOTIFY: 8000 bytes, less some. */
const MOST_BYTES = 7000;
const WRITE_WAITS_MS = SECOND;

/** `channel` null: there are no other replicas. */
export async function openWordOfWrites(channel: Channel | null, log: Log): Promise<WordOfWrites> {
  const own = randomUUID();
  const learners: Learn[] = [];
  let count = 0;
  let isListening = channel === null;

  const learn: Learn = (provider, tenant) => {
    count += 1;
    for (const each of learners) each(provider, tenant);
  };
  await channel?.listen({
    onText(text) {
      const [from, provider = null, tenant = null] = parseTexts(text) ?? [];
      if (from !== own) learn(provider, tenant);
    },
    onListening() {
      // Whatever was written until now was not heard of.
      learn(null, null);
      isListening = true;
    },
    onLost() {
      isListening = false;
    },
  });
  return {
    get heard() {
      return isListening ? count : null;
    },
    onWrite: (each) => void learners.push(each),
    async tell(provider, tenant) {
      learn(provider, tenant);
      if (channel === null) return;
      const telling = channel
        .send(textOf([own, provider, ...(tenant === null ? [] : [tenant])]))
        .catch((error: unknown) => {
          // No more of it: a driver's error holds the statement's parameters.
          const code = error instanceof Error ? error.name : typeof error;
          log.warn({ provider, code }, 'the other replicas could not be told of a write');
        });
      const inTime = await endsWithin(telling, WRITE_WAITS_MS);
      if (!inTime) log.warn({ provider }, 'the other replicas were not told of a write in time');
    },
  };
}

/** Where it is too long for a notice, it is of any tenant. */
function textOf(parts: readonly string[]): string {
  const text = JSON.stringify(parts);
  return Buffer.byteLength(text) <= MOST_BYTES ? text : JSON.stringify(parts.slice(0, 2));
}
