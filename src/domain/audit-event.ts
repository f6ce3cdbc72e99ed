import type { ErrorCode } from './gateway-error.ts';

export const AUDIT_OUTCOMES = ['STARTED', 'SUCCEEDED', 'FAILED', 'DENIED', 'UNKNOWN'] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

/** One link of the audit chain: an intent (`STARTED`) or its outcome. */
export interface AuditEvent {
  readonly id: string;
  readonly sequence: number;
  /** The same for an intent and its outcome. */
  readonly operationId: string;
  readonly at: Date;
  readonly actorId: string;
  readonly actor: string;
  readonly action: string;
  /** Global id of what it was done to. Null: it never came to be, or it is the gateway itself. */
  readonly subject: string | null;
  readonly provider: string | null;
  readonly tenant: string | null;
  readonly outcome: AuditOutcome;
  readonly code: ErrorCode | null;
  readonly requestId: string;
  readonly vendorRequestId: string | null;
  readonly reason: string | null;
  readonly hash: string;
}
