import type { Call } from '../../provider-kit/provider.ts';
import { singleFlight } from '../../provider-kit/single-flight.ts';

export type KeptAnswer<T> = ReturnType<typeof keepAnswer<T>>;

/** Asks once for all callers, and again where that failed. `current`: null until it is known. */
export function keepAnswer<T>(ask: (call: Call) => Promise<T>) {
  let kept: { readonly answer: T } | null = null;
  const first = singleFlight(async (call) => (kept = { answer: await ask(call) }).answer);
  return {
    get: async (call: Call): Promise<T> => (kept === null ? first(call) : kept.answer),
    current: (): T | null => kept?.answer ?? null,
    forget: () => void (kept = null),
  };
}
