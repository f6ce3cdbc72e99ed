import type { Actor } from '../domain/actor.ts';

/** Who asks, in which request. */
export interface Caller {
  readonly actor: Actor;
  readonly requestId: string;
  /** Aborts when the caller leaves: then its reads end. Writes go on. */
  readonly signal: AbortSignal;
  /** How long its reads may take together, from the first of them on. Absent: as long as they take. */
  readonly readBudgetMs?: number;
}
