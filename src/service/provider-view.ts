import type { ErrorCode } from '../domain/gateway-error.ts';
import type { Operation } from '../domain/operation.ts';
import type { BreakerState } from '../provider-kit/upstream-breaker.ts';

/** What a face may know of a provider. */
export interface ProviderView {
  readonly name: string;
  /** As in the configuration. */
  readonly kind: string;
  readonly capabilities: Capabilities;
  /** Asks the vendor where the last answer is older than half a minute. Never rejects. */
  health(): Promise<Health>;
}

export interface Capabilities {
  readonly operations: readonly Operation[];
  readonly secretRetrieval: 'ONCE' | 'ANY_TIME';
  readonly rotation: 'OVERLAP' | 'REPLACE' | 'NONE';
  readonly maxActiveSecretsPerClient: number | null;
  readonly minSecretLifetimeMs: number | null;
  readonly maxSecretLifetimeMs: number | null;
  readonly supportsSecretExpiry: boolean;
  readonly revocationDelayMs: number;
}

export interface Health {
  readonly status: 'UP' | 'DEGRADED' | 'DOWN' | 'UNKNOWN';
  readonly checkedAt: Date | null;
  readonly latencyMs: number | null;
  /** What is wrong, in public words. Null while all is well. */
  readonly message: string | null;
  readonly breaker: BreakerState;
  /** The last fault of the provider, also when it is well again. Null: there was none since the start. */
  readonly lastError: { readonly code: ErrorCode; readonly message: string; readonly at: Date } | null;
}
