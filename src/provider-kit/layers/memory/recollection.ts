import { LRUCache } from 'lru-cache';
import type { Clock } from '../../../domain/clock.ts';
import { SECOND } from '../../../domain/duration.ts';
import { refuseAborted } from '../../or-aborted.ts';
import type { Call } from '../../provider.ts';
import { ProviderError, type ProviderErrorCode } from '../../provider-error.ts';
import { overdue, UnservedError } from '../deadline.ts';
import { Flight, type Asking } from './flight.ts';

/** How long it is remembered that nothing is there, or that a read failed. */
const BRIEF_MS = SECOND / 2;
/** These are about who asked, or how, and not about what was asked for. */
const NOT_KEPT: ReadonlySet<ProviderErrorCode> = new Set(['aborted', 'invalid_input']);

export type Answer<T> = T | ProviderError;

interface Remembered<T> {
  answer: Answer<T>;
  /** When the read began that gave it. */
  readonly at: number;
  /** As `at`; of an error, which tells of no state, when it came: the read may take longer than it is remembered. */
  readonly agesFrom: number;
  readonly isBrief: boolean;
  /** Does the answer say that it is from memory? */
  saysSo: boolean;
}

export interface RecollectionOptions<T> {
  readonly clock: Clock;
  /** How much is kept: an answer takes one, and as many more as `sizeOf` says. */
  readonly size: number;
  readonly sizeOf: (answer: T) => number;
  /** What is answered of it from memory. Made once for each answer. */
  readonly asRemembered: (answer: T) => T;
}

/** For these ids, by their keys. */
export interface Question<Id, T> extends Asking<Id, T> {
  readonly asked: ReadonlyMap<string, Id>;
  /** No answer comes of a read that began so long ago or earlier: at 0 each is asked for anew. */
  readonly maxAgeMs: number;
}

/**
 * What one method of a provider answered of late, and what it is being asked, by key. Of each question, what is
 * remembered freshly enough is answered at once, what is being asked is waited for, and the rest is asked together. An
 * answer that was waited for, and is of its caller alone, is not taken: its key is asked for once more.
 */
export class Recollection<Id, T> {
  readonly #options: RecollectionOptions<T>;
  readonly #remembered: LRUCache<string, Remembered<T>>;
  readonly #flying = new Map<string, Flight<T>>();

  constructor(options: RecollectionOptions<T>) {
    this.#options = options;
    this.#remembered = new LRUCache({
      maxSize: options.size,
      sizeCalculation: ({ answer }) => 1 + (answer instanceof ProviderError ? 0 : options.sizeOf(answer)),
    });
  }

  /** By key; what was not answered by the caller's end is `timeout`. Rejects with ProviderError `aborted` once he leaves. */
  async recall(question: Question<Id, T>): Promise<ReadonlyMap<string, Answer<T>>> {
    const { asked, call, maxAgeMs } = question;
    refuseAborted(call.signal);
    const answers = new Map<string, Answer<T>>();
    let open = asked;
    for (let round = 1; open.size > 0; round += 1) {
      const now = this.#options.clock.now().getTime();
      const joined = new Map<string, Flight<T>>();
      const missing = new Map<string, Id>();
      for (const [key, id] of open) {
        const known = this.#find(key, now, maxAgeMs);
        // In the second round never what spoilt the first: that has landed before who waited for it goes on.
        const flight = this.#flying.get(key);
        if (known !== null) answers.set(key, known.answer);
        else if (flight?.canBeJoined && isYoung(now - flight.begunAt, maxAgeMs)) joined.set(key, flight);
        else missing.set(key, id);
      }
      if (answers.size === asked.size) return answers;
      if ((call.endsAt ?? Infinity) <= performance.now()) {
        for (const key of [...joined.keys(), ...missing.keys()]) answers.set(key, overdue());
        return answers;
      }
      const spoilt = new Map<string, Id>();
      for (const [key, answer] of await arrivals([...joined, ...this.#begin(missing, question, now)], call)) {
        const isSpoilt = round === 1 && joined.has(key) && isOfItsCallerAlone(answer);
        const id = isSpoilt ? open.get(key) : undefined;
        if (id === undefined) answers.set(key, answer);
        else spoilt.set(key, id);
      }
      open = spoilt;
    }
    return answers;
  }

  #find(key: string, now: number, maxAgeMs: number): Remembered<T> | null {
    const known = this.#remembered.get(key);
    if (known === undefined) return null;
    if (!isYoung(now - known.agesFrom, known.isBrief ? Math.min(maxAgeMs, BRIEF_MS) : maxAgeMs)) return null;
    if (!known.saysSo && !(known.answer instanceof ProviderError))
      known.answer = this.#options.asRemembered(known.answer);
    known.saysSo = true;
    return known;
  }

  /** One flight for all of them, by their keys; none for nothing. */
  #begin(ids: ReadonlyMap<string, Id>, question: Question<Id, T>, now: number): Map<string, Flight<T>> {
    if (ids.size === 0) return new Map();
    const flight = new Flight(ids, now, question);
    const begun = new Map<string, Flight<T>>();
    for (const key of ids.keys()) {
      begun.set(key, flight);
      this.#flying.set(key, flight);
    }
    const land = () => {
      for (const key of ids.keys()) if (this.#flying.get(key) === flight) this.#flying.delete(key);
    };
    const keep = () => {
      for (const key of ids.keys()) this.#keep(key, flight);
      land();
    };
    void flight.over.then(keep, land);
    return begun;
  }

  #keep(key: string, flight: Flight<T>): void {
    const [answer, at] = [flight.answerTo(key), flight.begunAt];
    const isError = answer instanceof ProviderError;
    if (isError && (NOT_KEPT.has(answer.code) || isOfItsCallerAlone(answer))) return;
    if ((this.#remembered.peek(key)?.at ?? at) > at) return;
    const agesFrom = isError ? this.#options.clock.now().getTime() : at;
    this.#remembered.set(key, { answer, at, agesFrom, isBrief: isError || answer === null, saysSo: isError });
  }
}

/** What each key's flight has brought for it. */
async function arrivals<T>(
  flights: readonly (readonly [string, Flight<T>])[],
  call: Call,
): Promise<readonly (readonly [string, Answer<T>])[]> {
  const ends = new Map<Flight<T>, ProviderError | null>();
  const different = [...new Set(flights.map(([, flight]) => flight))];
  await Promise.all(different.map(async (flight) => ends.set(flight, await flight.wait(call))));
  return flights.map(([key, flight]) => [key, ends.get(flight) ?? flight.answerTo(key)]);
}

function isYoung(ageMs: number, maxAgeMs: number): boolean {
  return ageMs >= 0 && ageMs < maxAgeMs;
}

/**
 * It may have asked for so much that there was no time left for this; and without a time to wait for, what came to its
 * limit may have been the share of the one who asked.
 */
function isOfItsCallerAlone(answer: unknown): boolean {
  if (answer instanceof UnservedError) return true;
  return answer instanceof ProviderError && answer.code === 'rate_limited' && answer.retryAfterMs === null;
}
