import type { Actor } from '../domain/actor.ts';
import type { Session } from '../service/session.ts';
import type { Exchange } from './exchange.ts';
import type { GraphqlParams } from './graphql-params.ts';
import type { MediaType } from './media-type.ts';

/** A GraphQL request that HTTP has no more to say about. */
export interface Question {
  readonly exchange: Exchange;
  readonly mediaType: MediaType;
  readonly params: GraphqlParams;
  readonly actor: Actor;
  /** What the actor may do, until the signal aborts. `readsFrom`: as of a Caller. */
  readonly sessionUntil: (signal: AbortSignal, readsFrom: number | null) => Session;
}
