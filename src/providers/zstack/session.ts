import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import { SecretValue } from '../../domain/secret-value.ts';
import { parseReply } from '../../provider-kit/parse-reply.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import type { Call } from '../../provider-kit/provider.ts';
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
const loginReply = z.object({
  inventory: z.object({ uuid: z.string().min(1), createDate: z.string(), expiredDate: z.string() }),
});

/**
 * Within one session for all callers. `use` runs once more in a new session where ZStack says that the old one is over,
 * be it at once or, of a job, later: what it was asked for has then not begun (vendor facts, section 5).
 */
export function loggedIn(upstream: Upstream, login: Login, clock: Clock): Entrance {
  const tokens = createTokenSource({
    login: untilRefused(loginWith(upstream, login, clock), clock),
    clock,
    marginMs: 0,
  });
  return (call, use) => tokens.withToken(call, (token) => use(within(upstream, token)));
}

function within(upstream: Upstream, session: SecretValue): Upstream {
  const authorization = `OAuth ${session.reveal()}`;
  return {
    send: (request, call) =>
      upstream.send({ ...request, headers: { ...request.headers, authorization } }, call),
  };
}

/** It counts towards the lock even where its answer is lost; so it is not `safe`, which would send it up to three times. */
function loginWith(upstream: Upstream, { account, password }: Login, clock: Clock) {
  return async (call: Call): Promise<Session> => {
    const digest = createHash('sha512').update(password.reveal()).digest('hex');
    const json = { logInByAccount: { accountName: account, password: digest } };
    const sentAt = clock.now().getTime();
    const reply = await upstream.send({ method: 'PUT', path: LOGIN_PATH, json }, call);
    const { uuid, createDate, expiredDate } = parseReply(loginReply, reply, 'no').inventory;
    const lifetimeMs = instantOf(expiredDate) - instantOf(createDate);
    return {
      token: new SecretValue(uuid),
      expiresAt: lifetimeMs > 0 ? new Date(sentAt + lifetimeMs * USED_PART) : null,
    };
  };
}

/** Good for differences alone: the date is in the server's zone, and does not name it (vendor facts, section 2). */
function instantOf(date: string): number {
  return Date.parse(`${date} UTC`);
}

/** What ZStack has refused is not tried again: for as long as the refusal says, or else for ever. */
function untilRefused(
  login: (call: Call) => Promise<Session>,
  clock: Clock,
): (call: Call) => Promise<Session> {
  let refused: { readonly error: ProviderError; readonly until: number } | null = null;
  return async (call) => {
    if (refused !== null && refused.until > clock.now().getTime()) throw refused.error;
    try {
      return await login(call);
    } catch (error) {
      if (error instanceof ProviderError && error.code === 'unauthenticated') {
        refused = { error, until: clock.now().getTime() + (error.retryAfterMs ?? Infinity) };
      }
      throw error;
    }
  };
}
