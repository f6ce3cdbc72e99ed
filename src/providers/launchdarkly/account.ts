import type { TenantId } from '../../domain/ids.ts';
import type { World } from '../../provider-kit/definition.ts';
import type { Call } from '../../provider-kit/provider.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import { refusalMessage } from '../../provider-kit/refusal-message.ts';
import { singleFlight } from '../../provider-kit/single-flight.ts';
import type { Upstream } from '../../provider-kit/upstream.ts';
import { createApi, type Api, type Self } from './api.ts';
import { classifier, pauseMs, quotaAfter, WORDS } from './classify.ts';
import type { LaunchDarklyOptions } from './config.ts';

/** Left out, the token in use would decide what replies look like (vendor facts, section 1). */
const VERSION = '20240415';
/** What an account bears is not published; the vendor's own tools keep to few (vendor facts, section 2). */
const CONCURRENT = 16;

/** The one account that the configured access token belongs to, and the way to it. */
export interface Account extends Pick<World, 'name' | 'clock'> {
  readonly api: Api;
  readonly options: LaunchDarklyOptions;
  /** Whom the gateway works as: asked for once, and remembered unless that fails. */
  readonly self: (call: Call) => Promise<Self>;
  /** What is found where the id is of this account. Null: it is of another. */
  readonly within: <T>(id: TenantId, call: Call, find: () => Promise<T>) => Promise<T | null>;
}

export function openAccount(options: LaunchDarklyOptions, { name, connect, clock }: World): Account {
  const upstream = connect({
    origin: options.url,
    classify: classifier(clock),
    sign: () => ({ authorization: options.accessToken.reveal(), 'ld-api-version': VERSION }),
    pauseAfter: (reply) => pauseMs(reply, clock.now()),
    quotaAfter: (reply) => quotaAfter(reply, clock.now()),
    concurrent: CONCURRENT,
  });
  const identify = singleFlight(createApi(upstream).self);
  let known: Self | null = null;
  const self = async (call: Call) => (known ??= await identify(call));
  /** To the vendor, a 401 is a bad token or a missing permission; which, it says to who asks who he is (section 2). */
  const send: Upstream['send'] = (request, call) =>
    upstream.send(request, call).catch(async (error: unknown) => {
      if (!(error instanceof ProviderError) || error.code !== 'unauthenticated') throw error;
      await identify(call);
      const { vendorRequestId, cause } = error;
      const details = { hint: WORDS.hints.forbidden, vendorRequestId, cause };
      throw new ProviderError('forbidden', refusalMessage('forbidden', WORDS.vendor), details);
    });
  const within: Account['within'] = async ({ tenant }, call, find) =>
    tenant === (await self(call)).accountId ? find() : null;
  return { name, clock, api: createApi({ send }), options, self, within };
}
