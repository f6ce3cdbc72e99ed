import type { Clock } from '../../domain/clock.ts';
import type { ClientId, TenantId } from '../../domain/ids.ts';
import { splitId } from '../../provider-kit/compound-id.ts';
import type { World } from '../../provider-kit/definition.ts';
import type { Call } from '../../provider-kit/provider.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import { refusalMessage } from '../../provider-kit/refusal-message.ts';
import { singleFlight } from '../../provider-kit/single-flight.ts';
import type { Upstream } from '../../provider-kit/upstream.ts';
import { createApi, type Api, type Kind, type Self } from './api.ts';
import { classifier, WORDS } from './classify.ts';
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
  const identify = singleFlight(createApi(upstream).self);
  let known: Self | null = null;
  const self = async (call: Call) => (known ??= await identify(call));
  /** To the vendor, a 401 is a bad token or a missing permission; which, it says to who asks who he is (section 2). */
  const send: Upstream['send'] = async (request, call) => {
    try {
      return await upstream.send(request, call);
    } catch (error) {
      if (!(error instanceof ProviderError) || error.code !== 'unauthenticated') throw error;
      await identify(call);
      const { vendorRequestId, cause } = error;
      const details = { hint: WORDS.hints.forbidden, vendorRequestId, cause };
      throw new ProviderError('forbidden', refusalMessage('forbidden', WORDS.vendor), details);
    }
  };
  return { api: createApi({ send }), clock, provider, options, self };
}

/** What is found where the id is of this account. Null: it is of another. */
export async function within<T>(
  { self }: Account,
  { tenant }: TenantId,
  call: Call,
  find: () => Promise<T>,
): Promise<T | null> {
  return tenant === (await self(call)).accountId ? find() : null;
}

/** Null where it is no client of this vendor, or of a kind that is not shown. */
export function keyOf(
  { client }: Pick<ClientId, 'client'>,
  { accessTokens }: LaunchDarklyOptions,
): { readonly kind: Kind; readonly id: string } | null {
  return splitId<Kind>(client, accessTokens ? ['oauth', 'token'] : ['oauth']);
}
