import { randomUUID } from 'node:crypto';
import type { Scope } from '../domain/actor.ts';
import type { AuditOutcome } from '../domain/audit-event.ts';
import type { ErrorCode, GatewayError } from '../domain/gateway-error.ts';
import { storableText } from '../domain/storable.ts';
import type { AuditDraft } from '../store/audit-chain.ts';
import type { Services } from './services.ts';
import type { Caller } from './caller.ts';

/** What an operation's events have in common. */
export interface AuditSubject {
  /** `clientSecret.rotate` */
  readonly action: string;
  readonly scope: Scope;
  /** Global id. Null: the gateway itself, or nothing that is there. */
  readonly subject: string | null;
  readonly reason?: string | null;
}

interface OutcomeDetails {
  readonly code?: ErrorCode | null;
  /** Instead of the operation's own: what came to be. */
  readonly subject?: string | undefined;
  readonly reason?: string | undefined;
  readonly vendorRequestId?: string | null;
}

export type Drafter = (outcome: AuditOutcome, details?: OutcomeDetails) => AuditDraft;

/**
 * Events of one operation, all under one `operationId`. Their texts are such as the database keeps, so that what is
 * hashed is what is stored.
 */
export function drafter(
  { clock }: Services,
  { actor, requestId }: Pick<Caller, 'actor' | 'requestId'>,
  { action, scope, ...about }: AuditSubject,
  operationId: string = randomUUID(),
): Drafter {
  return (outcome, { code = null, subject, reason, vendorRequestId = null } = {}) => ({
    operationId,
    at: clock.now(),
    actorId: storableText(actor.id),
    actor: storableText(actor.name),
    action,
    subject: subject ?? about.subject,
    provider: storableOrNull(scope.provider),
    tenant: storableOrNull(scope.tenant),
    outcome,
    code,
    requestId: storableText(requestId),
    vendorRequestId: storableOrNull(vendorRequestId),
    reason: storableOrNull(reason ?? about.reason ?? null),
  });
}

function storableOrNull(text: string | null): string | null {
  return text === null ? null : storableText(text);
}

/** Commits that it was tried and denied, then rejects with the denial. */
export async function deny(
  services: Services,
  caller: Pick<Caller, 'actor' | 'requestId'>,
  about: AuditSubject,
  denial: GatewayError,
): Promise<never> {
  const draft = drafter(services, caller, about);
  await services.audit.conclude([draft('STARTED'), draft('DENIED', { code: denial.code })]);
  throw denial;
}
