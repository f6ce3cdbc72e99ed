import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../../domain/clock.ts';
import { serveSimulator, type Simulator } from '../../provider-kit/simulator.ts';
import { mint } from './simulator/access-token.ts';
import { createRateLimiter } from './simulator/rate-limiter.ts';
import { handle } from './simulator/handle.ts';
import type { Generation } from './simulator/refusal.ts';
import {
  addIdentity,
  addSecret,
  attach,
  purge,
  type ClientSecret,
  type MachineIdentity,
  type Settings,
  type State,
  type UniversalAuth,
} from './simulator/state.ts';

export interface InfisicalSimulatorOptions {
  readonly generation: Generation;
  readonly clock: Clock;
  readonly organizationId?: string;
  readonly organizationName?: string;
  /** Roles of the organisation's own; they permit nothing. */
  readonly customRoles?: readonly string[];
  /** Does the plan take trusted addresses? */
  readonly ipAllowlisting?: boolean;
  /** The cloud's limits, or those that the build of 2024-10 has; the current self-hosted one has none. */
  readonly rateLimited?: boolean;
  /** Of the universal auth that the gateway logs in with. */
  readonly gatewaySettings?: Partial<Settings>;
}

/** An Infisical with one organisation, and in it the identity that the gateway works as. */
export interface InfisicalSimulator extends Simulator {
  readonly organizationId: string;
  /** Of an admin. */
  readonly gateway: { readonly identityId: string; readonly clientId: string; readonly clientSecret: string };
  seedIdentity(given: Partial<Pick<MachineIdentity, 'name' | 'role' | 'hasDeleteProtection'>>): string;
  seedUniversalAuth(identityId: string, settings?: Partial<Settings>): { id: string; clientId: string };
  seedSecret(
    identityId: string,
    given?: Partial<Pick<ClientSecret, 'value' | 'description' | 'numUsesLimit' | 'ttl'>>,
  ): { id: string; value: string };
  /** The token of a user, who may do everything. */
  userToken(): string;
  /** What the server does every night: secrets that are revoked, expired or used up are gone. */
  purge(): void;
}

/** Plays the vendor over real HTTP, as far as `vendor facts` tell. */
export async function createInfisicalSimulator(
  options: InfisicalSimulatorOptions,
): Promise<InfisicalSimulator> {
  const state = emptyState(options);
  const limiter = options.rateLimited === true ? createRateLimiter(options.generation, options.clock) : null;
  const server = await serveSimulator((request) => handle(state, limiter, `req-${nonce()}`, request));
  const seeds = seedsOf(state);
  const identityId = seeds.seedIdentity({ name: 'gateway', role: 'admin' });
  const { clientId } = seeds.seedUniversalAuth(identityId, options.gatewaySettings);
  const { value: clientSecret } = seeds.seedSecret(identityId);
  const { id: organizationId } = state.organization;
  return Object.assign(server, seeds, { organizationId, gateway: { identityId, clientId, clientSecret } });
}

function emptyState(options: InfisicalSimulatorOptions): State {
  const { generation, clock, organizationId = randomUUID(), organizationName = 'Acme' } = options;
  return {
    generation,
    clock,
    organization: { id: organizationId, name: organizationName, slug: `acme-${nonce().slice(0, 4)}` },
    customRoles: options.customRoles ?? [],
    ipAllowlisting: options.ipAllowlisting ?? false,
    signingKey: randomBytes(32),
    identities: new Map(),
    tokens: new Map(),
  };
}

type Seeds = Pick<
  InfisicalSimulator,
  'seedIdentity' | 'seedUniversalAuth' | 'seedSecret' | 'userToken' | 'purge'
>;

function seedsOf(state: State): Seeds {
  return {
    seedIdentity: (given) =>
      addIdentity(state, {
        name: 'identity',
        role: 'no-access',
        hasDeleteProtection: false,
        metadata: [],
        ...given,
      }).id,
    seedUniversalAuth: (identityId, settings = {}) => attach(state, seeded(state, identityId), settings),
    seedSecret: (identityId, given = {}) =>
      addSecret(state, attachedTo(seeded(state, identityId)), {
        description: '',
        numUsesLimit: 0,
        ttl: 0,
        ...given,
      }),
    userToken: () => mint(state, { identityId: null, secretId: null, ttl: 0, maxTtl: 0, numUsesLimit: 0 }),
    purge: () => purge(state),
  };
}

function seeded({ identities }: State, id: string): MachineIdentity {
  const identity = identities.get(id);
  if (identity === undefined) throw new Error('seed the identity first');
  return identity;
}

function attachedTo({ universalAuth }: MachineIdentity): UniversalAuth {
  if (universalAuth === null) throw new Error('seed the universal auth first');
  return universalAuth;
}

function nonce(): string {
  return randomBytes(7).toString('hex');
}
