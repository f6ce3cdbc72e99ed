import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import type { SecretValue } from '../../domain/secret-value.ts';
import { ask } from '../../provider-kit/ask.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import type { Call } from '../../provider-kit/provider.ts';
import { secretValue, within } from '../../provider-kit/reply-fields.ts';
import { createTokenSource, type TokenSource } from '../../provider-kit/token-source.ts';
import type { Upstream } from '../../provider-kit/upstream.ts';
import { LOGIN_PATH } from './classify.ts';

/** How much of its time a session is used for. Using it does not prolong it (vendor facts, section 1). */
const USED_PART = 0.8;

/** Good for differences alone: a date is in the server's zone, and does not name it (vendor facts, section 2). */
const instant = z
  .string()
  .optional()
  .transform((date) => Date.parse(`${date} UTC`));
const opened = within(
  'inventory',
  z.object({ uuid: secretValue, createDate: instant, expiredDate: instant }),
);

/**
 * The session of an account, as one for all callers. A login that ZStack itself refuses is left alone for as long as the
 * refusal says: each counts towards the lock of the account (vendor facts, section 6). It does so even where its answer
 * is lost; so it is not `safe`, which would send it three times.
 */
export function createSessions(
  upstream: Upstream,
  { account, password }: { readonly account: string; readonly password: SecretValue },
  clock: Clock,
): TokenSource {
  const digest = createHash('sha512').update(password.reveal()).digest('hex');
  const json = { logInByAccount: { accountName: account, password: digest } };
  let refused: { readonly error: ProviderError; readonly until: number } | null = null;

  const logIn = async (call: Call) => {
    const now = clock.now().getTime();
    if (refused !== null && refused.until > now) {
      const { code, message, hint } = refused.error;
      throw new ProviderError(code, message, { hint, retryAfterMs: refused.until - now });
    }
    const request = { method: 'PUT', path: LOGIN_PATH, json } as const;
    const { uuid, ...dates } = await ask(upstream, request, opened, call).catch((error: unknown) => {
      if (error instanceof ProviderError && error.code === 'unauthenticated')
        refused = { error, until: clock.now().getTime() + (error.retryAfterMs ?? 0) };
      throw error;
    });
    // NaN where a date cannot be read: then it is used until it is refused.
    const usedMs = (dates.expiredDate - dates.createDate) * USED_PART;
    return { token: uuid, expiresAt: usedMs > 0 ? new Date(now + usedMs) : null };
  };
  return createTokenSource({ login: logIn, clock, marginMs: 0 });
}
