import type { UpstreamLimits } from '../../src/provider-kit/upstream-limits.ts';
import type { ProviderErrorCode } from '../../src/provider-kit/provider-error.ts';
import type { FaultKind } from '../../src/provider-kit/simulator-fault.ts';
import { CANARY, type VendorFacts } from './harness.ts';

export interface FaultRow {
  readonly fault: FaultKind;
  readonly code: ProviderErrorCode;
  /** How often the vendor has acted on a write that met it. */
  readonly acted: 0 | 1;
}

export const FAULTS: readonly FaultRow[] = [
  { fault: { status: 500, body: CANARY }, code: 'unavailable', acted: 0 },
  { fault: { status: 502, body: CANARY }, code: 'unavailable', acted: 0 },
  { fault: { status: 503, body: {} }, code: 'unavailable', acted: 0 },
  { fault: { status: 504 }, code: 'unavailable', acted: 0 },
  { fault: { status: 520, body: 'error code: 520' }, code: 'unavailable', acted: 0 },
  { fault: 'reset', code: 'unavailable', acted: 0 },
  { fault: 'hang-up', code: 'unavailable', acted: 0 },
  { fault: 'no-http', code: 'unavailable', acted: 0 },
  { fault: 'lost-reply', code: 'unavailable', acted: 1 },
  { fault: 'reset-mid-body', code: 'unavailable', acted: 1 },
  { fault: 'half-json', code: 'malformed', acted: 1 },
  { fault: 'empty', code: 'malformed', acted: 1 },
  { fault: 'html', code: 'malformed', acted: 0 },
  { fault: 'huge', code: 'malformed', acted: 0 },
  { fault: 'redirect', code: 'malformed', acted: 0 },
  { fault: { status: 200, body: { surprise: CANARY } }, code: 'malformed', acted: 0 },
  { fault: { status: 200, body: [] }, code: 'malformed', acted: 0 },
  { fault: { status: 200, body: null }, code: 'malformed', acted: 0 },
  { fault: { status: 200, body: 42 }, code: 'malformed', acted: 0 },
  { fault: { status: 204 }, code: 'malformed', acted: 0 },
  { fault: 'silence', code: 'timeout', acted: 0 },
  { fault: 'endless', code: 'timeout', acted: 0 },
];

export function tooMany({ untold429Ms, throttlings }: VendorFacts): VendorFacts['throttlings'] {
  return [
    { status: 429, headers: { 'retry-after': '60' }, body: {}, retryAfterMs: 60_000 },
    { status: 429, body: {}, retryAfterMs: untold429Ms ?? null },
    ...throttlings,
  ];
}

export const TRIES_OF_A_READ = 3;

/**
 * Where the fault is that no answer comes, a short deadline for what meets it; else what every connection has. A write
 * is spoiled alone, so that what is read around it keeps its time on a busy machine.
 */
export function limitsUnder(fault: FaultKind, what: 'read' | 'write'): Partial<UpstreamLimits> {
  if (fault !== 'silence' && fault !== 'endless') return {};
  return what === 'read' ? { safeDeadlineMs: 1000 } : { unsafeDeadlineMs: 500 };
}
