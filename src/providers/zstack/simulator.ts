import { randomBytes } from 'node:crypto';
import type { Clock } from '../../domain/clock.ts';
import { serveSimulator, type Simulator } from '../../provider-kit/simulator.ts';
import type { Product } from './config.ts';
import { addClient } from './simulator/client-calls.ts';
import { handle } from './simulator/handle.ts';
import { newUuid, type Settings, type SsoClient, type State } from './simulator/state.ts';

export interface ZstackSimulatorOptions {
  readonly product: Product;
  readonly clock: Clock;
  readonly settings?: Partial<Settings>;
}

/** An installation of ZStack, with the account and the access key that the gateway works with. */
export interface ZstackSimulator extends Simulator {
  readonly settings: Settings;
  readonly account: string;
  readonly password: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** An OAuth2 client without a secret, unless it is given one; its uuid. */
  seedClient(fields?: Readonly<Record<string, string>>): string;
  /** A client that is none of OAuth2. */
  seedCasClient(): string;
  /** The value in its slot, which is filled now if it was not. */
  seedSecret(client: string): string;
  seedAccount(name?: string): string;
  seedVirtualId(name?: string): string;
  /** Undefined: it is not there. */
  client(uuid: string): Readonly<SsoClient> | undefined;
  /** Ends every session. */
  endSessions(): void;
  /** Forgets every job. */
  forgetJobs(): void;
}

const DEFAULTS: Settings = {
  pollsUntilDone: 0,
  masksSecrets: false,
  listsBaseFieldsOnly: false,
  knowsRedirectUrl: true,
  hasUniqueSession: false,
  wantsCaptcha: false,
  wantsNewPassword: false,
  isAdministrator: true,
  isSynchronous: false,
};

/** Plays the vendor over real HTTP, as far as `vendor facts` tell. */
export async function createZstackSimulator({
  product,
  clock,
  settings,
}: ZstackSimulatorOptions): Promise<ZstackSimulator> {
  const state: State = {
    product,
    clock,
    settings: { ...DEFAULTS, ...settings },
    account: { uuid: newUuid(), name: 'admin', password: randomBytes(12).toString('hex') },
    accessKey: { id: randomBytes(10).toString('hex'), secret: randomBytes(20).toString('hex') },
    clients: new Map(),
    accounts: new Map(),
    virtualIds: new Map(),
    sessions: new Map(),
    jobs: new Map(),
    loginControl: { failures: 0, lockedUntil: null },
  };
  const server = await serveSimulator((request) => handle(state, request));
  return Object.assign(server, seedsOf(state), viewOf(state));
}

type Seeds = Pick<
  ZstackSimulator,
  'seedClient' | 'seedCasClient' | 'seedSecret' | 'seedAccount' | 'seedVirtualId'
>;

function seedsOf(state: State): Seeds {
  const { product, clock, clients, accounts, virtualIds } = state;
  const seedIdentity = (of: State['accounts'], name: string, type: string) => {
    const uuid = newUuid();
    of.set(uuid, { uuid, name, type, createdAt: clock.now() });
    return uuid;
  };
  return {
    seedClient: (fields = {}) =>
      addClient(state, newUuid(), 'OAuth2', {
        name: 'corp-sso',
        clientId: `zs-${randomBytes(4).toString('hex')}`,
        grantType: 'authorization_code',
        tokenUrl: 'https://idp.example/token',
        authorizationUrl: 'https://idp.example/authorize',
        redirectUrl: 'https://zstack.example/callback',
        urlTemplate: 'https://zstack.example/?s=${sessionId}',
        ...(product === 'cloud' && { loginType: 'oauth2-iam1', clientType: 'OIDC' }),
        ...fields,
      }).uuid,
    seedCasClient: () =>
      addClient(state, newUuid(), 'CAS', {
        name: 'corp-cas',
        ...(product === 'cloud' && { loginType: 'cas-iam1', clientType: 'CAS' }),
      }).uuid,
    seedSecret: (uuid) => {
      const client = clients.get(uuid);
      if (client === undefined) throw new Error('seed the client first');
      client.secret ??= randomBytes(24).toString('base64url');
      return client.secret;
    },
    seedAccount: (name = 'worker') => seedIdentity(accounts, name, 'Normal'),
    seedVirtualId: (name = 'person') => seedIdentity(virtualIds, name, 'ZStack'),
  };
}

type View = Pick<
  ZstackSimulator,
  | 'settings'
  | 'account'
  | 'password'
  | 'accessKeyId'
  | 'accessKeySecret'
  | 'client'
  | 'endSessions'
  | 'forgetJobs'
>;

function viewOf({ settings, account, accessKey, clients, sessions, jobs }: State): View {
  return {
    settings,
    account: account.name,
    password: account.password,
    accessKeyId: accessKey.id,
    accessKeySecret: accessKey.secret,
    client: (uuid) => clients.get(uuid),
    endSessions: () => sessions.clear(),
    forgetJobs: () => jobs.clear(),
  };
}
