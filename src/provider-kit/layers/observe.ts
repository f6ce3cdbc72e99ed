import type { Clock } from '../../domain/clock.ts';
import type { Log } from '../../domain/log.ts';
import { around, callIn, type Layer } from '../around.ts';
import type { Provider } from '../provider.ts';
import { ProviderError, UnsentError, type ProviderErrorCode } from '../provider-error.ts';

/** What the last call that told anything about the provider has shown. */
export interface HealthRecord {
  /** UNKNOWN: not called yet. */
  readonly status: 'UP' | 'DEGRADED' | 'DOWN' | 'UNKNOWN';
  readonly checkedAt: Date | null;
  readonly latencyMs: number | null;
  /** What is wrong, in public words. Null while all is well. */
  readonly message: string | null;
  /** The last fault of the provider, also when it is well again. Null: there was none. */
  readonly lastError: { readonly error: ProviderError; readonly at: Date } | null;
}

/** Errors by the provider's fault. All others are about what was asked, and tell nothing of how it fares. */
const FAULTS: ReadonlyMap<ProviderErrorCode, 'DOWN' | 'DEGRADED'> = new Map([
  ['unavailable', 'DOWN'],
  ['timeout', 'DOWN'],
  ['malformed', 'DOWN'],
  ['unauthenticated', 'DOWN'],
  ['forbidden', 'DOWN'],
  ['rate_limited', 'DEGRADED'],
]);

export interface Observed {
  readonly provider: Provider;
  health(): HealthRecord;
}

/** Remembers how the provider fares, and logs each call that failed by its fault: never with a value. */
export function observe(
  provider: Provider,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Observed {
  let health: HealthRecord = {
    status: 'UNKNOWN',
    checkedAt: null,
    latencyMs: null,
    message: null,
    lastError: null,
  };

  const layer: Layer = async (method, args, run) => {
    const startedAt = clock.now();
    const note = (all: readonly unknown[]) => {
      const answers = all.filter((answer) => !(answer instanceof UnsentError));
      const faults = answers.filter(isFault);
      const [first] = faults;
      const status = statusOf(faults, answers);
      if (first !== undefined) log.warn(describe(first, provider.name, method, args), first.message);
      if (status === null) return;
      const checkedAt = clock.now();
      const latencyMs = checkedAt.getTime() - startedAt.getTime();
      const lastError = first === undefined ? health.lastError : { error: first, at: checkedAt };
      health = { status, checkedAt, latencyMs, message: first?.message ?? null, lastError };
    };
    const answer = await run().catch((error: unknown) => {
      note([error]);
      throw error;
    });
    note(Array.isArray(answer) ? answer : [answer]);
    return answer;
  };
  return { provider: around(provider, layer), health: () => health };
}

function isFault(answer: unknown): answer is ProviderError {
  return answer instanceof ProviderError && FAULTS.has(answer.code);
}

/** Null: nothing has been learnt. One key in many that failed is no outage. */
function statusOf(
  faults: readonly ProviderError[],
  answers: readonly unknown[],
): HealthRecord['status'] | null {
  const [first] = faults;
  if (first !== undefined)
    return faults.length < answers.length ? 'DEGRADED' : (FAULTS.get(first.code) ?? null);
  return answers.some((answer) => !(answer instanceof Error)) ? 'UP' : null;
}

function describe(
  { code, applied, vendorRequestId, cause }: ProviderError,
  provider: string,
  method: string,
  args: readonly unknown[],
): Readonly<Record<string, unknown>> {
  const requestId = callIn(args)?.requestId ?? null;
  const reason = cause instanceof Error ? cause.message : null;
  return { provider, method, code, applied, vendorRequestId, requestId, reason };
}
