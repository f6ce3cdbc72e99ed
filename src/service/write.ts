import type { Role, Scope } from '../domain/actor.ts';
import type { Operation } from '../domain/operation.ts';
import type { Call, Provider } from '../provider-kit/provider.ts';
import type { Services } from './services.ts';

/** One audited operation: what it is, who may do it, and how it is done once it may. */
export interface Write<Result> {
  /** `clientSecret.rotate` */
  readonly action: string;
  readonly role: Role;
  readonly scope: Scope;
  /** What UnsupportedError names. Null: an operation of the gateway itself. */
  readonly operation: Operation | null;
  /** Global id of what it is done to; for a creation, of what it is created in. Null: the gateway itself. */
  readonly subject: string | null;
  readonly reason?: string | null;
  readonly idempotencyKey?: string | null;
  /** What the same idempotency key has to come with again: plain values, dates and secret values. */
  readonly input: unknown;
  /** The global id of what came to be. */
  readonly subjectOf?: (result: Result) => string;
  /** Runs after the intent is committed. Rejects with GatewayError or ProviderError. */
  act(means: Means): Promise<Result>;
}

export interface Means {
  /** Of the write's scope. Throws for a write whose scope names none. */
  readonly provider: Provider;
  /** Goes on when the caller leaves: a write is not broken off half way. */
  readonly call: Call;
  /** What intent and outcome share. */
  readonly operationId: string;
  readonly services: Services;
}
