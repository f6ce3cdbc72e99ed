import type { Reach } from '../../domain/actor.ts';
import type { ErrorCode } from '../../domain/gateway-error.ts';
import { findSweepStates } from '../../store/inventory-sweep-states.ts';
import type { ProviderFailure } from '../provider-failure.ts';
import type { Services } from '../services.ts';

const RETRYABLE: ReadonlySet<ErrorCode> = new Set(['PROVIDER_UNAVAILABLE', 'RATE_LIMITED']);

/**
 * Of these providers, in their order, each that could not be looked through of late, or has not been yet: what is in the
 * inventory of it is old, or only a part. Of one that fails for several tenants, what has lasted longest.
 */
export async function sweepFailures(
  { store }: Pick<Services, 'store'>,
  providers: readonly string[],
  within: Reach,
): Promise<readonly ProviderFailure[]> {
  const states = await findSweepStates(store, providers, within);
  return providers.flatMap((provider): readonly ProviderFailure[] => {
    const state = states.find((it) => it.provider === provider);
    if (state?.failure) {
      const { code, message, since } = state.failure;
      return [{ provider, code, message, since, retryable: RETRYABLE.has(code) }];
    }
    return state?.isWhole ? [] : [notYet(provider)];
  });
}

function notYet(provider: string): ProviderFailure {
  const message = 'This provider has not been looked through yet, so what it holds may be missing here.';
  return { provider, code: 'PROVIDER_UNAVAILABLE', message, retryable: true, since: null };
}
