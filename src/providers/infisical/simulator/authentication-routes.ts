import { z } from 'zod';
import {
  isExhausted,
  isExpired,
  touch,
  type ClientSecret,
  type MachineIdentity,
  type State,
  type UniversalAuth,
} from './state.ts';
import { mint, renew, revoke, tokenAnswer } from './access-token.ts';
import { notFound, unauthorized } from './refusal.ts';
import { read } from './validation.ts';
import { route, type Asked, type Route } from './route.ts';

const INVALID = 'Invalid credentials';

const credentials = z.object({
  clientId: z.string().trim(),
  clientSecret: z.string().trim(),
  subOrganizationName: z.string().trim().optional(),
});
const token = z.object({ accessToken: z.string().trim() });
const open = { needsToken: false };

/** vendor facts, section 3 */
export const authenticationRoutes: readonly Route[] = [
  route('GET /api/status', status, { ...open, counts: null }),
  route('POST /api/v1/auth/universal-auth/login', login, open),
  route(
    'POST /api/v1/auth/token/renew',
    (state, { body }) => renew(state, read(state, token, body).accessToken),
    open,
  ),
  route(
    'POST /api/v1/auth/token/revoke',
    (state, { body }) => revoke(state, read(state, token, body).accessToken),
    open,
  ),
];

function status({ clock }: State): object {
  return {
    date: clock.now(),
    message: 'Ok',
    emailConfigured: false,
    inviteOnlySignup: true,
    redisConfigured: true,
    secretScanningConfigured: false,
  };
}

function login(state: State, { body }: Asked): object {
  const { clientId, clientSecret, subOrganizationName } = read(state, credentials, body);
  const identity = [...state.identities.values()].find(
    ({ universalAuth }) => universalAuth?.clientId === clientId,
  );
  const auth = identity?.universalAuth;
  if (identity === undefined || auth === undefined || auth === null) throw unknownClient(state);
  refuseLockedOut(state, auth);
  const secret = auth.secrets.find(({ value, revoked }) => value === clientSecret && !revoked);
  if (secret === undefined) throw countFailure(state, auth);
  auth.failures = null;
  refuseEnded(state, auth, secret);
  if (state.generation === 'current' && subOrganizationName !== undefined) {
    throw notFound(`Sub organization with name ${subOrganizationName} not found`);
  }
  return loggedIn(state, identity, auth, secret);
}

/** The marking of an ended secret as revoked happens here, at the first login after its end. */
function refuseEnded(state: State, auth: UniversalAuth, secret: ClientSecret): void {
  const expired = isExpired(secret, state.clock.now());
  if (!expired && !isExhausted(secret)) return;
  secret.revoked = true;
  touch(state, auth, secret);
  throw unauthorized(
    `Access denied due to ${expired ? 'expired client secret' : 'client secret usage limit reached'}`,
  );
}

function loggedIn(
  state: State,
  identity: MachineIdentity,
  auth: UniversalAuth,
  secret: ClientSecret,
): object {
  const { accessTokenTTL, accessTokenMaxTTL, accessTokenPeriod, accessTokenNumUsesLimit } = auth.settings;
  const lifetime =
    accessTokenPeriod > 0
      ? { ttl: accessTokenPeriod, maxTtl: 1_000_000_000 }
      : { ttl: accessTokenTTL, maxTtl: accessTokenMaxTTL };
  secret.numUses += 1;
  touch(state, auth, secret);
  identity.lastLoginAt = state.clock.now();
  const minted = mint(state, {
    ...lifetime,
    identityId: identity.id,
    secretId: secret.id,
    numUsesLimit: accessTokenNumUsesLimit,
  });
  return tokenAnswer(minted, lifetime);
}

function unknownClient({ generation }: State) {
  return generation === 'current'
    ? unauthorized(INVALID)
    : notFound('No identity with specified client ID was found');
}

function refuseLockedOut(state: State, auth: UniversalAuth): void {
  if (auth.failures !== null && auth.failures.forgottenAt <= state.clock.now()) auth.failures = null;
  if (auth.failures?.locked === true) {
    throw unauthorized('This identity auth method is temporarily locked, please try again later');
  }
}

/** The recorded build has no lockout. */
function countFailure(state: State, auth: UniversalAuth) {
  const { lockoutEnabled, lockoutThreshold, lockoutDurationSeconds, lockoutCounterResetSeconds } =
    auth.settings;
  if (state.generation === 'current' && lockoutEnabled) {
    const count = (auth.failures?.count ?? 0) + 1;
    const locked = count >= lockoutThreshold;
    const seconds = locked ? lockoutDurationSeconds : lockoutCounterResetSeconds;
    auth.failures = { count, locked, forgottenAt: new Date(state.clock.now().getTime() + seconds * 1000) };
  }
  return unauthorized(INVALID);
}
