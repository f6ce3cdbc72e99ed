import type { Clock } from '../domain/clock.ts';
import { SECOND } from '../domain/duration.ts';
import type { SecretValue } from '../domain/secret-value.ts';
import type { Call } from './provider.ts';
import { ProviderError, withApplied } from './provider-error.ts';
import { singleFlight } from './single-flight.ts';

/** Vendors lock an identity after a few refused logins, so a refusal is not asked for again at once. */
const REST_MS = 30 * SECOND;

export interface Session {
  readonly token: SecretValue;
  /** Null: until the vendor refuses it. */
  readonly expiresAt: Date | null;
}

export interface TokenSourceOptions {
  /** Its `unauthenticated` is remembered for `restMs`, any other failure not at all. */
  readonly login: (call: Call) => Promise<Session>;
  /** For how long nobody logs in after this refusal; its `retryAfterMs`, if it has one, tells what is left. Null, or absent: 30 s. */
  readonly restMs?: (refusal: ProviderError) => number | null;
  readonly clock: Clock;
  /** How long before it expires a token is renewed. */
  readonly marginMs: number;
}

/** The vendor's token, as one for all callers. */
export interface TokenSource {
  /**
   * Runs `use` with a token that has not expired. Where `use` says `unauthenticated`, the vendor has refused the
   * token: it is renewed and `use` runs once more. However many callers need a new token, there is one login.
   */
  withToken<T>(call: Call, use: (token: SecretValue) => Promise<T>): Promise<T>;
}

export function createTokenSource({
  login,
  clock,
  marginMs,
  restMs = () => null,
}: TokenSourceOptions): TokenSource {
  let session: Session | null = null;
  let refusal: { readonly error: ProviderError; readonly until: number } | null = null;

  const renew = singleFlight(async (call) => {
    try {
      session = await login(call);
      return session;
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      // Whatever became of the login, what the token was wanted for has not been sent.
      const failure = withApplied(error, 'no');
      if (isRefusal(failure))
        refusal = { error: failure, until: clock.now().getTime() + (restMs(failure) ?? REST_MS) };
      throw failure;
    }
  });

  const current = async (call: Call): Promise<Session> => {
    const now = clock.now().getTime();
    if (session !== null && (session.expiresAt?.getTime() ?? Infinity) - marginMs > now) return session;
    if (refusal !== null && refusal.until > now) throw later(refusal.error, refusal.until - now);
    return renew(call);
  };

  return {
    async withToken(call, use) {
      const used = await current(call);
      try {
        return await use(used.token);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        if (session === used) session = null;
      }
      return use((await current(call)).token);
    },
  };
}

/** The same error, told when so many ms are left. */
function later(error: ProviderError, leftMs: number): ProviderError {
  if (error.retryAfterMs === null) return error;
  const { code, message, vendorRequestId, hint, cause } = error;
  return new ProviderError(code, message, { vendorRequestId, hint, cause, retryAfterMs: leftMs });
}

function isRefusal(error: unknown): boolean {
  return error instanceof ProviderError && error.code === 'unauthenticated' && error.applied === 'no';
}
