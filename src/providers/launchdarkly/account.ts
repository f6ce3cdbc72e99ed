import type { Clock } from '../../domain/clock.ts';
import type { TenantId } from '../../domain/ids.ts';
import { ask } from '../../provider-kit/ask.ts';
import { splitId } from '../../provider-kit/compound-id.ts';
import type { World } from '../../provider-kit/definition.ts';
import type { Call } from '../../provider-kit/provider.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import { refusalMessage } from '../../provider-kit/refusal-message.ts';
import { singleFlight } from '../../provider-kit/single-flight.ts';
import type { Upstream } from '../../provider-kit/upstream.ts';
import { createApi, KINDS, replies, type Api, type Kind, type Self } from './api.ts';
import { classifier, HINTS } from './classify.ts';
import type { LaunchDarklyOptions } from './config.ts';
import { pauseMs } from './limits.ts';

/** Left out, the token in use would decide what replies look like (vendor facts, section 1). */
const VERSION = '20240415';

/** The one account that the configured access token belongs to, and the way to it. */
export interface Account {
  readonly api: Api;
  readonly clock: Clock;
  /** The configured name. */
  readonly provider: string;
  readonly options: LaunchDarklyOptions;
  /** Whom the gateway works as: asked for once, and remembered unless that fails. */
  readonly self: (call: Call) => Promise<Self>;
}

export function openAccount(
  options: LaunchDarklyOptions,
  { name: provider, connect, clock }: World,
): Account {
  const upstream = connect({
    origin: options.url,
    classify: classifier(clock),
    sign: () => ({ authorization: options.accessToken.reveal(), 'ld-api-version': VERSION }),
    pauseAfter: (reply) => pauseMs(reply, clock.now()),
  });
  const request = { method: 'GET', path: '/api/v2/caller-identity' } as const;
  const identify = singleFlight((call) => ask(upstream, request, replies.self, call));
  let known: Self | null = null;
  const self = async (call: Call) => (known ??= await identify(call));
  return { api: createApi(verified(upstream, identify)), clock, provider, options, self };
}

/**
 * To the vendor, a 401 is a bad token or a missing permission (section 2). Which of the two, it says when it is asked
 * who the caller is; where that fails too, this is what came of it. Nothing was done in either case.
 */
function verified(upstream: Upstream, identify: (call: Call) => Promise<Self>): Upstream {
  return {
    async send(request, call) {
      try {
        return await upstream.send(request, call);
      } catch (error) {
        if (!(error instanceof ProviderError) || error.code !== 'unauthenticated') throw error;
        await identify(call);
        const { vendorRequestId, applied, cause } = error;
        const details = { hint: HINTS.forbidden ?? null, vendorRequestId, applied, cause };
        throw new ProviderError('forbidden', refusalMessage('forbidden', 'LaunchDarkly'), details);
      }
    },
  };
}

export async function holds({ self }: Account, { tenant }: TenantId, call: Call): Promise<boolean> {
  return tenant === (await self(call)).accountId;
}

/** Null where it is no client of this vendor, or of a kind that is not shown. */
export function keyOf(
  client: string,
  { accessTokens }: LaunchDarklyOptions,
): { kind: Kind; id: string } | null {
  return splitId(client, accessTokens ? KINDS : ['oauth' as const]);
}
