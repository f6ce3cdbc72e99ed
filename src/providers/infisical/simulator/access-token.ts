import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { endTokens, type AccessToken, type MachineIdentity, type State } from './state.ts';
import { tokenError, unauthorized } from './refusal.ts';

/** Who sent a request. */
export type Caller =
  | { readonly kind: 'machine'; readonly role: string; readonly identity: MachineIdentity }
  | { readonly kind: 'user'; readonly role: string }
  | { readonly kind: 'nobody'; readonly role: string };

const NEVER_PAST_SECONDS = 7_776_000;
const NOT_FOUND = 'No identity access token found';

/** vendor facts, section 3: which lifetime stands in `exp` differs between the generations. */
export function mint(
  state: State,
  given: Pick<AccessToken, 'identityId' | 'secretId' | 'ttl' | 'maxTtl' | 'numUsesLimit'>,
): string {
  const createdAt = state.clock.now();
  const token: AccessToken = { ...given, id: randomUUID(), createdAt, renewedAt: createdAt, numUses: 0 };
  state.tokens.set(token.id, token);
  return sign(state, token);
}

/** The four fields that a login and a renewal answer with. */
export function tokenAnswer(
  accessToken: string,
  { ttl, maxTtl }: Pick<AccessToken, 'ttl' | 'maxTtl'>,
): object {
  return { accessToken, expiresIn: ttl, accessTokenMaxTTL: maxTtl, tokenType: 'Bearer' };
}

/** The scheme word is not looked at: seven characters are cut off, whatever they are. */
export function authenticate(state: State, authorization: string | undefined): Caller {
  if (authorization === undefined) throw unauthorized('Token missing');
  const token = tokenOf(state, authorization.slice(7));
  if (token.identityId === null) return { kind: 'user', role: 'admin' };
  refuseOutlived(state, token);
  const identity = state.identities.get(token.identityId);
  if (identity === undefined) throw unauthorized('Identity does not belong to any organization');
  token.numUses += 1;
  return { kind: 'machine', role: identity.role, identity };
}

/** The current generation answers with a new token, the recorded one with the same. */
export function renew(state: State, text: string): object {
  const token = tokenOf(state, text);
  refuseOutlived(state, token);
  const now = state.clock.now().getTime();
  const end = token.createdAt.getTime() + token.maxTtl * 1000;
  if (token.maxTtl > 0 && now + token.ttl * 1000 > end) {
    if (state.generation === '2024-10') state.tokens.delete(token.id);
    throw unauthorized('Failed to renew MI access token past its Max TTL expiration');
  }
  token.renewedAt = state.clock.now();
  return tokenAnswer(state.generation === 'current' ? sign(state, token) : text, token);
}

export function revoke(state: State, text: string): object {
  const { id } = tokenOf(state, text);
  endTokens(state, (token) => token.id === id);
  return { message: 'Successfully revoked access token' };
}

function refuseOutlived(state: State, token: AccessToken): void {
  const usedUp = token.numUsesLimit > 0 && token.numUses >= token.numUsesLimit;
  const outlived =
    token.ttl > 0 && state.clock.now().getTime() > token.renewedAt.getTime() + token.ttl * 1000;
  if (!usedUp && !outlived) return;
  state.tokens.delete(token.id);
  throw unauthorized(
    usedUp
      ? 'Unable to renew because access token number of uses limit reached'
      : 'Failed to renew MI access token due to TTL expiration',
  );
}

function sign(state: State, token: AccessToken): string {
  const iat = Math.floor(token.renewedAt.getTime() / 1000);
  const seconds =
    state.generation === 'current'
      ? Math.min(token.ttl || NEVER_PAST_SECONDS, NEVER_PAST_SECONDS)
      : token.maxTtl;
  const payload = {
    identityId: token.identityId,
    clientSecretId: token.secretId,
    identityAccessTokenId: token.id,
    authTokenType: token.identityId === null ? 'accessToken' : 'identityAccessToken',
    iat,
    ...(seconds > 0 && { exp: iat + seconds }),
  };
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(payload)}`;
  return `${signed}.${signature(state, signed)}`;
}

/** Verifies a JWT and finds what it stands for. */
function tokenOf(state: State, text: string): AccessToken {
  const [header, body, mac, more] = text.split('.');
  const payload = body === undefined ? null : decode(body);
  if (header === undefined || mac === undefined || more !== undefined || payload === null) {
    throw tokenError(
      'The provided access token is malformed. Please use a valid token or generate a new one and try again.',
    );
  }
  if (!equal(mac, signature(state, `${header}.${body}`))) throw tokenError('invalid signature');
  const { exp, identityAccessTokenId: id } = payload;
  if (typeof exp === 'number' && state.clock.now().getTime() >= exp * 1000) {
    throw tokenError('Your token has expired. Please re-authenticate.');
  }
  const token = typeof id === 'string' ? state.tokens.get(id) : undefined;
  if (token === undefined) throw unauthorized(NOT_FOUND);
  return token;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

function signature({ signingKey }: State, signed: string): string {
  return createHmac('sha256', signingKey).update(signed).digest('base64url');
}

function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
