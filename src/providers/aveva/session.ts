import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import { MINUTE, SECOND } from '../../domain/duration.ts';
import { ask } from '../../provider-kit/ask.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import { secretValue } from '../../provider-kit/reply-fields.ts';
import { createTokenSource, type TokenSource } from '../../provider-kit/token-source.ts';
import type { Upstream } from '../../provider-kit/upstream.ts';
import { DISCOVERY_PATH } from './classify.ts';
import type { AvevaOptions } from './config.ts';
import { keepAnswer, type KeptAnswer } from './kept-answer.ts';

const MAX_MARGIN_MS = 5 * MINUTE;
const discovery = z.object({ token_endpoint: z.url().transform((text) => new URL(text)) });
const grant = z.object({ access_token: secretValue, expires_in: z.number().positive() });

/** Where tokens are got (vendor facts, section 1). An endpoint of another origin is not told any credential. */
export function discoverTokenPath(upstream: Upstream, url: string): KeptAnswer<string> {
  return keepAnswer(async (call) => {
    const request = { method: 'GET', path: DISCOVERY_PATH } as const;
    const { token_endpoint: endpoint } = await ask(upstream, request, discovery, call);
    if (endpoint.origin === url) return endpoint.pathname + endpoint.search;
    const hint = 'Check the url: write it as AVEVA itself does.';
    throw new ProviderError('malformed', 'AVEVA names a token endpoint of another origin.', { hint });
  });
}

/** A token is given up early, by five minutes or a fifth of its time: the shortest live for one minute. */
export function tokensOf(
  { clientId, clientSecret }: Omit<AvevaOptions['tenants'][number], 'id'>,
  upstream: Upstream,
  tokenPath: KeptAnswer<string>,
  clock: Clock,
): TokenSource {
  return createTokenSource({
    clock,
    marginMs: 0,
    async login(call) {
      const path = await tokenPath.get(call);
      const client = { client_id: clientId, client_secret: clientSecret.reveal() };
      const form = { grant_type: 'client_credentials', ...client };
      const askedAt = clock.now().getTime();
      const request = { method: 'POST', path, form, safe: true } as const;
      const { access_token, expires_in } = await ask(upstream, request, grant, call);
      const lifetimeMs = expires_in * SECOND;
      const usedMs = lifetimeMs - Math.min(MAX_MARGIN_MS, lifetimeMs / 5);
      return { token: access_token, expiresAt: new Date(askedAt + usedMs) };
    },
  });
}
