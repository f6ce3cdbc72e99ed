import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import { MINUTE, SECOND } from '../../domain/duration.ts';
import { SecretValue } from '../../domain/secret-value.ts';
import { parseReply } from '../../provider-kit/parse-reply.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import { createTokenSource, type TokenSource } from '../../provider-kit/token-source.ts';
import type { Upstream } from '../../provider-kit/upstream.ts';
import { DISCOVERY_PATH } from './classify.ts';
import type { AvevaOptions } from './config.ts';
import { keepAnswer, type KeptAnswer } from './kept-answer.ts';

const MAX_MARGIN_MS = 5 * MINUTE;
const configuration = z.object({ token_endpoint: z.url() });
const tokenReply = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

/** The path of the token endpoint (vendor facts, section 1). One of another origin is not told any credential. */
export function discoverTokenPath(upstream: Upstream, url: string): KeptAnswer<string> {
  return keepAnswer(async (call) => {
    const reply = await upstream.send({ method: 'GET', path: DISCOVERY_PATH }, call);
    const { origin, pathname, search } = new URL(parseReply(configuration, reply, 'no').token_endpoint);
    if (origin === url) return pathname + search;
    const hint = 'Check the url: write it as AVEVA itself does.';
    throw new ProviderError('malformed', 'AVEVA names a token endpoint of another origin.', { hint });
  });
}

/** A token is given up early, by five minutes or a fifth of its time: the shortest live for one minute. */
export function tokensOf(
  { clientId, clientSecret }: Pick<AvevaOptions['tenants'][number], 'clientId' | 'clientSecret'>,
  upstream: Upstream,
  tokenPath: KeptAnswer<string>,
  clock: Clock,
): TokenSource {
  return createTokenSource({
    clock,
    marginMs: 0,
    async login(call) {
      const path = await tokenPath.get(call);
      const credentials = { client_id: clientId, client_secret: clientSecret.reveal() };
      const form = { grant_type: 'client_credentials', ...credentials };
      const askedAt = clock.now().getTime();
      const reply = await upstream.send({ method: 'POST', path, form, safe: true }, call);
      const { access_token, expires_in } = parseReply(tokenReply, reply, 'no');
      const lifetimeMs = expires_in * SECOND;
      const expiresAt = new Date(askedAt + lifetimeMs - Math.min(MAX_MARGIN_MS, lifetimeMs / 5));
      return { token: new SecretValue(access_token), expiresAt };
    },
  });
}
