import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import { SECOND } from '../../domain/duration.ts';
import { SecretValue } from '../../domain/secret-value.ts';
import { authorised } from '../../provider-kit/authorised.ts';
import { parseReply } from '../../provider-kit/parse-reply.ts';
import type { Call } from '../../provider-kit/provider.ts';
import { createTokenSource, type Session } from '../../provider-kit/token-source.ts';
import type { Upstream } from '../../provider-kit/upstream.ts';
import { LOGIN_PATH } from './classify.ts';
import type { InfisicalOptions } from './config.ts';

const MAX_MARGIN_MS = 30 * SECOND;
const loginReply = z.object({ accessToken: z.string().min(1), expiresIn: z.number() });
const claims = z.object({ exp: z.number() });

/** The same upstream, every request with an access token (vendor facts, section 3). */
export function loggedIn(upstream: Upstream, options: InfisicalOptions, clock: Clock): Upstream {
  const tokens = createTokenSource({
    login: (call) => login(upstream, options, clock, call),
    clock,
    marginMs: 0,
  });
  return authorised(upstream, tokens, (token) => ({ authorization: `Bearer ${token.reveal()}` }));
}

/** The token is given up a little early, so that none is over on its way. */
async function login(
  upstream: Upstream,
  { clientId, clientSecret }: InfisicalOptions,
  clock: Clock,
  call: Call,
): Promise<Session> {
  const json = { clientId, clientSecret: clientSecret.reveal() };
  const reply = await upstream.send({ method: 'POST', path: LOGIN_PATH, json, safe: true }, call);
  const { accessToken, expiresIn } = parseReply(loginReply, reply, 'no');
  const now = clock.now().getTime();
  const lifetimeMs = Math.min(expiresIn > 0 ? expiresIn * SECOND : Infinity, expiryOf(accessToken) - now);
  const expiry = now + lifetimeMs - Math.min(MAX_MARGIN_MS, lifetimeMs / 10);
  return {
    token: new SecretValue(accessToken),
    expiresAt: Number.isFinite(expiry) ? new Date(expiry) : null,
  };
}

/** Of the build of 2024-10 `exp` is the end of the maximum, and the server ends the token before. */
function expiryOf(accessToken: string): number {
  try {
    const payload: unknown = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString());
    return claims.parse(payload).exp * SECOND;
  } catch {
    return Infinity;
  }
}
