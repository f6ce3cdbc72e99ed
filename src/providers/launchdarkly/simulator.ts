import type { Clock } from '../../domain/clock.ts';
import { serveSimulator, type Simulator } from '../../provider-kit/simulator.ts';
import { createLimiter, type Limits } from './simulator/limiter.ts';
import { handle } from './simulator/handle.ts';
import {
  addMember,
  addOAuthClient,
  addToken,
  objectId,
  type AccessToken,
  type Fields,
  type Member,
  type NewToken,
  type State,
} from './simulator/state.ts';

export interface LaunchDarklySimulatorOptions {
  readonly clock: Clock;
  /** Absent: none, and no reply tells of any. */
  readonly limits?: Limits;
  /** Of the token that the gateway works with. */
  readonly gateway?: { readonly role?: 'reader' | 'writer' | 'admin'; readonly defaultApiVersion?: number };
  readonly mostAtOnce?: number;
  readonly showsWholeTokens?: boolean;
}

/** A LaunchDarkly with one account, and in it a member with the token that the gateway works with. */
export interface LaunchDarklySimulator extends Simulator {
  readonly accountId: string;
  readonly gateway: { readonly memberId: string; readonly tokenId: string; readonly accessToken: string };
  seedMember(given?: Partial<Omit<Member, 'id'>>): string;
  seedOAuthClient(given?: Fields): { readonly id: string; readonly secret: string };
  /** Of a new member, unless one is given. */
  seedToken(given?: Partial<NewToken>): AccessToken;
  /** Is this the secret of this OAuth client? */
  isSecretOf(clientId: string, secret: string): boolean;
  /** How often this token was reset. */
  resetsOf(tokenId: string): number;
}

/** Plays the vendor over real HTTP, as far as `vendor facts` tell. */
export async function createLaunchDarklySimulator(
  options: LaunchDarklySimulatorOptions,
): Promise<LaunchDarklySimulator> {
  const { clock, limits, gateway, mostAtOnce = Infinity, showsWholeTokens = false } = options;
  const state: State = {
    clock,
    accountId: objectId(),
    members: new Map(),
    oauthClients: new Map(),
    tokens: new Map(),
    mostAtOnce,
    showsWholeTokens,
  };
  const limiter = limits === undefined ? null : createLimiter(limits, clock);
  const server = await serveSimulator((request) => handle(state, limiter, request));
  const { id: memberId } = addMember(state, { firstName: 'Ada', lastName: 'Lovelace', role: 'admin' });
  const { role = 'admin', defaultApiVersion = 20240415 } = gateway ?? {};
  const own = addToken(state, { memberId, defaultApiVersion, fields: { name: 'gateway', role } });
  return Object.assign(server, seedsOf(state), {
    accountId: state.accountId,
    gateway: { memberId, tokenId: own.id, accessToken: own.value },
  });
}

type Seeds = Pick<
  LaunchDarklySimulator,
  'seedMember' | 'seedOAuthClient' | 'seedToken' | 'isSecretOf' | 'resetsOf'
>;

function seedsOf(state: State): Seeds {
  return {
    seedMember: (given = {}) => addMember(state, given).id,
    seedOAuthClient: (given = {}) => {
      const common = {
        name: 'dashboard',
        redirectUri: 'https://dash.example.com/callback',
        description: null,
      };
      return addOAuthClient(state, { ...common, ...given });
    },
    seedToken: ({ memberId = addMember(state, {}).id, ...given } = {}) =>
      addToken(state, { memberId, ...given, fields: { name: 'ci', ...given.fields } }),
    isSecretOf: (clientId, secret) => state.oauthClients.get(clientId)?.secret === secret,
    resetsOf: (tokenId) => state.tokens.get(tokenId)?.resets ?? 0,
  };
}
