import type { Actor } from '../domain/actor.ts';

/** Who asks, in which request. */
export interface Caller {
  readonly actor: Actor;
  readonly requestId: string;
  /** Aborts when the caller leaves: then its reads end. Writes go on. */
  readonly signal: AbortSignal;
  /** How long its reads may take together. Absent: as long as they take. */
  readonly readBudgetMs?: number;
  /** When that time begins, by `performance.now()`. Null, or absent: with the first of them, and anew after each write, so that no long write eats it. */
  readonly readsFrom?: number | null;
}
