import type { Clock } from '../domain/clock.ts';
import { SECOND } from '../domain/duration.ts';
import type { SecretValue } from '../domain/secret-value.ts';
import { authorised } from './authorised.ts';
import type { Call } from './provider.ts';
import { createTokenSource } from './token-source.ts';
import type { Upstream } from './upstream.ts';

const MAX_MARGIN_MS = 30 * SECOND;

export interface BearerToken {
  readonly token: SecretValue;
  /** In seconds from now, as in RFC 6749 section 5.1. Null, or 0: until the vendor refuses it. */
  readonly expiresIn: number | null;
}

/**
 * The same upstream, every request with a bearer token (RFC 6750) that `login` gets. A token is given up a tenth of its
 * time early, half a minute at the most, so that none is over on its way; one that is refused is renewed once.
 */
export function bearer(
  upstream: Upstream,
  login: (call: Call) => Promise<BearerToken>,
  clock: Clock,
): Upstream {
  const tokens = createTokenSource({
    clock,
    marginMs: 0,
    async login(call) {
      const { token, expiresIn } = await login(call);
      const lifetimeMs = (expiresIn ?? 0) * SECOND;
      const until = clock.now().getTime() + lifetimeMs - Math.min(MAX_MARGIN_MS, lifetimeMs / 10);
      return { token, expiresAt: lifetimeMs > 0 ? new Date(until) : null };
    },
  });
  return authorised(upstream, tokens, (token) => ({ authorization: `Bearer ${token.reveal()}` }));
}
