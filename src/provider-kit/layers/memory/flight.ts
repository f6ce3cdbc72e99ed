import { orAborted } from '../../or-aborted.ts';
import { accountOf, type Call, type Many } from '../../provider.ts';
import { ProviderError } from '../../provider-error.ts';
import { overdue } from '../deadline.ts';

/** How the provider is asked, and for whom. */
export interface Asking<Id, T> {
  readonly ask: (ids: readonly Id[], call: Call) => Many<T>;
  readonly call: Call;
}

/**
 * One question to the provider for several keys, and all who wait for its answers. A caller who leaves does not end it
 * for the others; when the last has left, it is aborted.
 */
export class Flight<T, Id = unknown> {
  readonly begunAt: number;
  /** Rejects with what is no ProviderError. */
  readonly over: Promise<void>;
  readonly #answers = new Map<string, T | ProviderError>();
  readonly #abort = new AbortController();
  #waiting = 0;
  #isOver = false;

  /** What it asks takes the share of the caller who began it, and has no end of his: others may have more time. */
  constructor(ids: ReadonlyMap<string, Id>, begunAt: number, { ask, call }: Asking<Id, T>) {
    this.begunAt = begunAt;
    const own = { signal: this.#abort.signal, requestId: call.requestId, share: accountOf(call) };
    this.over = this.#fly([...ids.keys()], ask([...ids.values()], own));
  }

  get canBeJoined(): boolean {
    return !this.#abort.signal.aborted;
  }

  /** To one of its keys, once it is over. */
  answerTo(key: string): T | ProviderError {
    const answer = this.#answers.get(key);
    if (answer === undefined) throw new Error('this flight is not over, or has no such key');
    return answer;
  }

  /**
   * Null once it is over; at the caller's end, what its keys are answered with instead. Rejects with ProviderError
   * `aborted` once he leaves.
   */
  async wait(call: Call): Promise<ProviderError | null> {
    this.#waiting += 1;
    try {
      return await orAborted(() => beforeItsEnd(this.over, call), call.signal);
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0 && !this.#isOver) this.#abort.abort();
    }
  }

  /** A read that failed as a whole failed for each of its keys. */
  async #fly(keys: readonly string[], asked: Many<T>): Promise<void> {
    const found = await asked
      .catch((error: unknown) => {
        if (error instanceof ProviderError) return error;
        throw error;
      })
      .finally(() => {
        this.#isOver = true;
      });
    keys.forEach((key, i) => {
      const answer = found instanceof ProviderError ? found : found[i];
      if (answer === undefined) throw new Error('the provider gave no answer for a key');
      this.#answers.set(key, answer);
    });
  }
}

async function beforeItsEnd(over: Promise<void>, { endsAt = Infinity }: Call): Promise<ProviderError | null> {
  if (endsAt === Infinity) return over.then(() => null);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<ProviderError>((resolve) => {
    timer = setTimeout(() => resolve(overdue()), endsAt - performance.now());
  });
  try {
    return await Promise.race([over.then(() => null), late]);
  } finally {
    clearTimeout(timer);
  }
}
