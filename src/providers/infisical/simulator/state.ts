import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../../../domain/clock.ts';
import type { Generation } from './refusal.ts';

export interface Range {
  readonly type: 'ipv4' | 'ipv6';
  readonly prefix: number;
  readonly ipAddress: string;
}

/** What a caller may set of a universal auth. */
export interface Settings {
  accessTokenTTL: number;
  accessTokenMaxTTL: number;
  accessTokenNumUsesLimit: number;
  accessTokenPeriod: number;
  lockoutEnabled: boolean;
  lockoutThreshold: number;
  lockoutDurationSeconds: number;
  lockoutCounterResetSeconds: number;
  clientSecretTrustedIps: readonly Range[];
  accessTokenTrustedIps: readonly Range[];
}

export interface UniversalAuth {
  readonly id: string;
  readonly clientId: string;
  readonly createdAt: Date;
  updatedAt: Date;
  settings: Settings;
  /** In the order in which the database gives them: a changed one moves to the end. */
  secrets: ClientSecret[];
  failures: { count: number; forgottenAt: Date; locked: boolean } | null;
}

export interface ClientSecret {
  readonly id: string;
  readonly value: string;
  readonly description: string;
  readonly numUsesLimit: number;
  readonly ttl: number;
  readonly createdAt: Date;
  updatedAt: Date;
  numUses: number;
  revoked: boolean;
}

export interface MachineIdentity {
  readonly id: string;
  readonly createdAt: Date;
  readonly membership: { readonly id: string; updatedAt: Date };
  name: string;
  role: string;
  metadata: readonly { readonly id: string; readonly key: string; readonly value: string }[];
  hasDeleteProtection: boolean;
  updatedAt: Date;
  lastLoginAt: Date | null;
  universalAuth: UniversalAuth | null;
}

export interface AccessToken {
  readonly id: string;
  /** Null: a user's. */
  readonly identityId: string | null;
  readonly secretId: string | null;
  readonly ttl: number;
  readonly maxTtl: number;
  readonly numUsesLimit: number;
  readonly createdAt: Date;
  renewedAt: Date;
  numUses: number;
}

/** One organisation and all that is in it. */
export interface State {
  readonly generation: Generation;
  readonly clock: Clock;
  readonly organization: { readonly id: string; readonly name: string; readonly slug: string };
  /** Roles of its own, beside `admin`, `member` and `no-access`. They may do what `no-access` may: nothing. */
  readonly customRoles: readonly string[];
  /** Does its plan allow anything but the two wildcards as a trusted address? */
  readonly ipAllowlisting: boolean;
  readonly signingKey: Buffer;
  readonly identities: Map<string, MachineIdentity>;
  readonly tokens: Map<string, AccessToken>;
}

export const ANYWHERE: readonly Range[] = [
  { type: 'ipv4', prefix: 0, ipAddress: '0.0.0.0' },
  { type: 'ipv6', prefix: 0, ipAddress: '::' },
];

const DAYS_30 = 2_592_000;

/** vendor facts, section 5 */
export const DEFAULTS: Settings = {
  accessTokenTTL: DAYS_30,
  accessTokenMaxTTL: DAYS_30,
  accessTokenNumUsesLimit: 0,
  accessTokenPeriod: 0,
  lockoutEnabled: true,
  lockoutThreshold: 3,
  lockoutDurationSeconds: 300,
  lockoutCounterResetSeconds: 30,
  clientSecretTrustedIps: ANYWHERE,
  accessTokenTrustedIps: ANYWHERE,
};

export function addIdentity(
  state: State,
  given: Pick<MachineIdentity, 'name' | 'role' | 'hasDeleteProtection'> & {
    readonly metadata: readonly { readonly key: string; readonly value: string }[];
  },
): MachineIdentity {
  const now = state.clock.now();
  const identity: MachineIdentity = {
    ...given,
    id: randomUUID(),
    metadata: withIds(given.metadata),
    createdAt: now,
    updatedAt: now,
    membership: { id: randomUUID(), updatedAt: now },
    lastLoginAt: null,
    universalAuth: null,
  };
  state.identities.set(identity.id, identity);
  return identity;
}

export function withIds(entries: readonly { readonly key: string; readonly value: string }[]) {
  return entries.map(({ key, value }) => ({ id: randomUUID(), key, value }));
}

/** The recorded build keeps the method's name on the identity, which changes it. */
export function attach(state: State, identity: MachineIdentity, settings: Partial<Settings>): UniversalAuth {
  const now = state.clock.now();
  identity.universalAuth = {
    id: randomUUID(),
    clientId: randomUUID(),
    createdAt: now,
    updatedAt: now,
    settings: { ...DEFAULTS, ...settings },
    secrets: [],
    failures: null,
  };
  identity.updatedAt = now;
  return identity.universalAuth;
}

export function addSecret(
  state: State,
  auth: UniversalAuth,
  given: Pick<ClientSecret, 'description' | 'numUsesLimit' | 'ttl'> & { readonly value?: string },
): ClientSecret {
  const now = state.clock.now();
  const secret: ClientSecret = {
    value: randomBytes(32).toString('hex'),
    ...given,
    id: randomUUID(),
    createdAt: now,
    updatedAt: now,
    numUses: 0,
    revoked: false,
  };
  auth.secrets.push(secret);
  return secret;
}

/** Changes a secret as the database does: its date moves, and so does its place in the list. */
export function touch(state: State, auth: UniversalAuth, secret: ClientSecret): void {
  secret.updatedAt = state.clock.now();
  auth.secrets = [...auth.secrets.filter(({ id }) => id !== secret.id), secret];
}

export function detach(state: State, identity: MachineIdentity): void {
  identity.universalAuth = null;
  identity.updatedAt = state.clock.now();
  endTokens(state, ({ identityId }) => identityId === identity.id);
}

export function endTokens(state: State, ends: (token: AccessToken) => boolean): void {
  for (const token of state.tokens.values()) if (ends(token)) state.tokens.delete(token.id);
}

export function isExpired(secret: ClientSecret, now: Date): boolean {
  return secret.ttl > 0 && now.getTime() > secret.createdAt.getTime() + secret.ttl * 1000;
}

export function isExhausted({ numUses, numUsesLimit }: ClientSecret): boolean {
  return numUsesLimit > 0 && numUses >= numUsesLimit;
}

/** The nightly clean-up: what can authenticate no more is deleted, with the tokens that it minted. */
export function purge(state: State): void {
  const now = state.clock.now();
  const dead = (secret: ClientSecret) => secret.revoked || isExpired(secret, now) || isExhausted(secret);
  for (const { universalAuth } of state.identities.values()) {
    if (universalAuth === null) continue;
    const gone = new Set(universalAuth.secrets.filter(dead).map(({ id }) => id));
    universalAuth.secrets = universalAuth.secrets.filter(({ id }) => !gone.has(id));
    endTokens(state, ({ secretId }) => secretId !== null && gone.has(secretId));
  }
}
