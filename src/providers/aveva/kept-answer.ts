import type { Call } from '../../provider-kit/provider.ts';
import { singleFlight } from '../../provider-kit/single-flight.ts';

export interface KeptAnswer<T> {
  get(call: Call): Promise<T>;
  /** Null: there is none yet. */
  current(): T | null;
  /** Whoever asks next asks anew. */
  forget(): void;
}

/** Asks once for all callers, and again only where that failed. */
export function keepAnswer<T>(ask: (call: Call) => Promise<T>): KeptAnswer<T> {
  let kept: { readonly answer: T } | null = null;
  const first = singleFlight(async (call) => {
    kept = { answer: await ask(call) };
    return kept.answer;
  });
  return {
    get: async (call) => (kept === null ? first(call) : kept.answer),
    current: () => kept?.answer ?? null,
    forget: () => {
      kept = null;
    },
  };
}
