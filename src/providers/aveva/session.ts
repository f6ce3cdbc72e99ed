import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import { MINUTE, SECOND } from '../../domain/duration.ts';
import { ask } from '../../provider-kit/ask.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import { secretValue } from '../../provider-kit/reply-fields.ts';
import { singleFlight } from '../../provider-kit/single-flight.ts';
import { createTokenSource, type TokenSource } from '../../provider-kit/token-source.ts';
import type { Upstream } from '../../provider-kit/upstream.ts';
import { DISCOVERY_PATH } from './classify.ts';
import type { AvevaOptions } from './config.ts';

const discovery = z.object({ token_endpoint: z.url().transform((text) => new URL(text)) });
const grant = z.object({ access_token: secretValue, expires_in: z.number().positive() });
const MAX_MARGIN_MS = 5 * MINUTE;

/** Where tokens are got is found out once (vendor facts, section 1). Another origin is told no credential. */
export function createSessions(upstream: Upstream, url: string, clock: Clock) {
  let tokenPath: string | null = null;
  const discover = singleFlight(async (call) => {
    const request = { method: 'GET', path: DISCOVERY_PATH } as const;
    const { token_endpoint: endpoint } = await ask(upstream, request, discovery, call);
    if (endpoint.origin === url) return (tokenPath = endpoint.pathname + endpoint.search);
    const hint = 'Check the url: write it as AVEVA itself does.';
    throw new ProviderError('malformed', 'AVEVA names a token endpoint of another origin.', { hint });
  });

  /** A token is given up early, by five minutes or a fifth of its time: the shortest live for one minute. */
  return ({ clientId, clientSecret }: AvevaOptions['tenants'][number]): TokenSource =>
    createTokenSource({
      clock,
      marginMs: 0,
      async login(call) {
        const client = { client_id: clientId, client_secret: clientSecret.reveal() };
        const form = { grant_type: 'client_credentials', ...client };
        const request = {
          method: 'POST',
          path: tokenPath ?? (await discover(call)),
          form,
          safe: true,
        } as const;
        const askedAt = clock.now().getTime();
        const { access_token: token, expires_in: seconds } = await ask(upstream, request, grant, call);
        const usedMs = seconds * SECOND - Math.min(MAX_MARGIN_MS, (seconds * SECOND) / 5);
        return { token, expiresAt: new Date(askedAt + usedMs) };
      },
    });
}
