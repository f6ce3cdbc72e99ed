import type { Actor } from '../domain/actor.ts';

/** Who asks, in which request. */
export interface Caller {
  readonly actor: Actor;
  readonly requestId: string;
  /** Aborts when the caller leaves: then its reads end. Writes go on. */
  readonly signal: AbortSignal;
}
