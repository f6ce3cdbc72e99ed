import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import type { SecretValue } from '../../domain/secret-value.ts';
import { ask } from '../../provider-kit/ask.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import type { Call } from '../../provider-kit/provider.ts';
import { secretValue, within } from '../../provider-kit/reply-fields.ts';
import { createTokenSource, type Session } from '../../provider-kit/token-source.ts';
import type { Upstream } from '../../provider-kit/upstream.ts';
import type { Entrance } from './api.ts';
import { LOGIN_PATH } from './classify.ts';

export interface Login {
  readonly account: string;
  readonly password: SecretValue;
}

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
 * Within one session for all callers. `use` runs once more in a new session where ZStack says that the old one is over,
 * be it at once or, of a job, later: what it was asked for has then not begun (vendor facts, section 5).
 */
export function loggedIn(upstream: Upstream, { account, password }: Login, clock: Clock): Entrance {
  /** It counts towards the lock even where its answer is lost; so it is not `safe`, which would send it three times. */
  const login = async (call: Call): Promise<Session> => {
    const digest = createHash('sha512').update(password.reveal()).digest('hex');
    const json = { logInByAccount: { accountName: account, password: digest } };
    const sentAt = clock.now().getTime();
    const { uuid, ...dates } = await ask(upstream, { method: 'PUT', path: LOGIN_PATH, json }, opened, call);
    // NaN where a date cannot be read: then it is used until it is refused.
    const lifetimeMs = dates.expiredDate - dates.createDate;
    return { token: uuid, expiresAt: lifetimeMs > 0 ? new Date(sentAt + lifetimeMs * USED_PART) : null };
  };

  const tokens = createTokenSource({ login: untilRefused(login, clock), clock, marginMs: 0 });
  return (call, use) =>
    tokens.withToken(call, (session) => {
      const authorization = `OAuth ${session.reveal()}`;
      const send: Upstream['send'] = ({ headers, ...request }, call) =>
        upstream.send({ ...request, headers: { ...headers, authorization } }, call);
      return use({ send });
    });
}

type Open = (call: Call) => Promise<Session>;

/**
 * What ZStack itself has refused is left alone for as long as the refusal says: each further try counts towards the lock
 * of the account (vendor facts, section 6).
 */
function untilRefused(login: Open, clock: Clock): Open {
  let refused: { readonly error: ProviderError; readonly until: number } | null = null;
  return async (call) => {
    const now = clock.now().getTime();
    if (refused !== null && refused.until > now) {
      const { code, message, hint } = refused.error;
      throw new ProviderError(code, message, { hint, retryAfterMs: refused.until - now });
    }
    return login(call).catch((error: unknown) => {
      if (error instanceof ProviderError && error.code === 'unauthenticated')
        refused = { error, until: clock.now().getTime() + (error.retryAfterMs ?? 0) };
      throw error;
    });
  };
}
