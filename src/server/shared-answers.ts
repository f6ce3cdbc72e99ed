import { performance } from 'node:perf_hooks';
import { SECOND } from '../domain/duration.ts';

/** An answer as it is sent. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  /** May others be given it? One with errors says the request id of who asked first, and they may be over by now. */
  readonly isWhole: boolean;
}

export interface SharedAnswersOptions {
  /** Rises with each own write that is learned of. Null: those of other replicas are not heard of, so nothing is shared. */
  readonly writesHeard: () => number | null;
  /** How long ago an execution may have begun whose answer is given to who asks now; 0: nothing is shared. */
  readonly maxAgeMs: number;
  /** In milliseconds, never going back. */
  readonly now?: () => number;
}

/** `ask` executes, until its signal aborts; `signal` aborts when this caller leaves. Resolves when nothing goes on. */
export type ShareAnswer = (
  key: string,
  signal: AbortSignal,
  ask: (signal: AbortSignal) => Promise<Answer>,
) => Promise<Answer>;

interface Flight {
  readonly answer: Promise<Answer>;
  readonly left: AbortController;
  readonly beganAt: number;
  readonly heard: number;
  waiting: number;
}

/** Whatever providers remember: an answer that takes longer is not one to be given to who asks only now. */
const MAX_AGE_MS = 2 * SECOND;

/**
 * One execution for all who ask the same while it is going on. `key` holds all that an answer depends on: document,
 * variables and what the caller may read. It is joined only while it is younger than `maxAgeMs`, and not where a write
 * of ours was learned of since it began: who has seen a write answered never gets what was so before. So an answer may
 * be as old as its execution, no older, and nothing is kept when it is over.
 * Who leaves does not end it for the others; the last one does. Where it has errors or fails, each of those who joined
 * and are still there executes for himself.
 */
export function createSharedAnswers(options: SharedAnswersOptions): ShareAnswer {
  const { writesHeard, now = () => performance.now() } = options;
  const maxAgeMs = Math.min(options.maxAgeMs, MAX_AGE_MS);
  const flights = new Map<string, Flight>();

  const isJoinable = ({ beganAt, heard, left }: Flight) =>
    now() - beganAt < maxAgeMs && heard === writesHeard() && !left.signal.aborted;

  const start = (key: string, heard: number, ask: Parameters<ShareAnswer>[2]): Flight => {
    const left = new AbortController();
    const flight: Flight = { answer: ask(left.signal), left, beganAt: now(), heard, waiting: 0 };
    flights.set(key, flight);
    const over = () => {
      if (flights.get(key) === flight) flights.delete(key);
    };
    flight.answer.then(over, over);
    return flight;
  };

  return async (key, signal, ask) => {
    const heard = writesHeard();
    if (heard === null || maxAgeMs === 0) return ask(signal);
    const running = flights.get(key);
    if (running === undefined || !isJoinable(running)) {
      const own = start(key, heard, ask);
      return wait(own, signal);
    }
    const joined = wait(running, signal);
    const answer = await joined.catch(() => null);
    return answer?.isWhole || signal.aborted ? joined : ask(signal);
  };
}

/** Until it is over, also for who has left: the last one to leave ends it. */
async function wait(flight: Flight, signal: AbortSignal): Promise<Answer> {
  const leave = () => {
    flight.waiting -= 1;
    if (flight.waiting === 0) flight.left.abort();
  };
  flight.waiting += 1;
  if (signal.aborted) leave();
  else signal.addEventListener('abort', leave, { once: true });
  try {
    return await flight.answer;
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
