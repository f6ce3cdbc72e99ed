import { randomUUID } from 'node:crypto';
import { permits } from '../domain/actor.ts';
import {
  AuditUnavailableError,
  ForbiddenError,
  GatewayError,
  ProviderUnavailableError,
} from '../domain/gateway-error.ts';
import { ProviderError } from '../provider-kit/provider-error.ts';
import type { Provider } from '../provider-kit/provider.ts';
import type { AuditDraft } from '../store/audit-chain.ts';
import { deny, drafter, type Drafter } from './audit-drafts.ts';
import { claimKey, type ClaimedKey } from './idempotency.ts';
import type { Services } from './services.ts';
import type { Caller } from './caller.ts';
import { gatewayErrorOf, notFound } from './translate-error.ts';
import type { Means, Write } from './write.ts';

/** The law of a write: authorise, record the intent, act, record the outcome, answer. */
export async function perform<Result>(
  services: Services,
  caller: Caller,
  write: Write<Result>,
): Promise<Result> {
  const { audit } = services;
  const denial = authorise(services, caller, write);
  if (denial !== null) return deny(services, caller, write, denial);
  const operationId = randomUUID();
  const draft = drafter(services, caller, write, operationId);
  const key = await claimKey(services, caller.actor, write, operationId);
  if (key !== null && 'result' in key) {
    const reason = 'answered again for its idempotency key';
    await audit.conclude([draft('STARTED', { reason }), draft('SUCCEEDED', { reason })]);
    return key.result;
  }
  const tooLate = () => draft('FAILED', { code: 'AUDIT_UNAVAILABLE' });
  await audit.intend(draft('STARTED'), tooLate).catch(async (error: unknown) => {
    await key?.release();
    throw error;
  });
  const means = meansOf(services, caller, write, operationId);
  const result = await write.act(means).catch((error: unknown) => failed(services, write, draft, key, error));
  await key?.keep(result);
  await recordOutcome(services, draft('SUCCEEDED', { subject: write.subjectOf?.(result) }));
  return result;
}

/** Null: he may. What he may not even read is as if it were not there. */
function authorise<R>(
  { providers }: Services,
  { actor }: Caller,
  { scope, role }: Write<R>,
): GatewayError | null {
  const exists = scope.provider === null || providers.has(scope.provider);
  if (exists && permits(actor, role, scope)) return null;
  const visible = exists && (scope.provider === null || permits(actor, 'READER', scope));
  if (!visible) return notFound();
  return new ForbiddenError('You may not do this.', { hint: `It takes the role ${role} here.` });
}

async function failed<R>(
  services: Services,
  write: Write<R>,
  draft: Drafter,
  key: ClaimedKey<R> | null,
  thrown: unknown,
): Promise<never> {
  const fromProvider = thrown instanceof ProviderError;
  const error = fromProvider ? gatewayErrorOf(thrown, write.scope.provider ?? '', write.operation) : thrown;
  const code = error instanceof GatewayError ? error.code : 'INTERNAL';
  const vendorRequestId = fromProvider ? thrown.vendorRequestId : null;
  const certain = error instanceof GatewayError && !mayHaveActed(thrown);
  await recordOutcome(services, draft(certain ? 'FAILED' : 'UNKNOWN', { code, vendorRequestId }));
  if (certain) await key?.release();
  throw error;
}

/** Whatever the caller is told: a provider that is not sure leaves the outcome unknown. */
function mayHaveActed(thrown: unknown): boolean {
  if (thrown instanceof ProviderError) return thrown.applied === 'maybe';
  return thrown instanceof ProviderUnavailableError && thrown.applied === 'UNKNOWN';
}

async function recordOutcome({ audit }: Services, outcome: AuditDraft): Promise<void> {
  await audit.conclude([outcome]).catch((cause: unknown) => {
    throw new AuditUnavailableError('The operation was carried out, but its outcome could not be recorded.', {
      retryable: false,
      hint: 'Read what it was done to. With an idempotency key, the same call gives its result for 24 hours.',
      cause,
    });
  });
}

const NEVER = new AbortController().signal;

function meansOf<R>(
  services: Services,
  { requestId }: Caller,
  { scope }: Write<R>,
  operationId: string,
): Means {
  return {
    call: { signal: NEVER, requestId, isWrite: true },
    operationId,
    services,
    get provider(): Provider {
      const opened = services.providers.get(scope.provider ?? '');
      if (opened === undefined) throw new Error('this write has no provider');
      return opened.provider;
    },
  };
}
