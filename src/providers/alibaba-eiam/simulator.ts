import type { Clock } from '../../domain/clock.ts';
import type { ClientId, ClientSecretId } from '../../domain/ids.ts';
import { serveSimulator, type Simulator } from '../../provider-kit/simulator.ts';
import { addApplication, type NewApplication } from './simulator/applications.ts';
import { addSecret, type NewClientSecret } from './simulator/client-secrets.ts';
import { createFlowControl } from './simulator/flow-control.ts';
import { handle } from './simulator/handle.ts';
import {
  isExpired,
  newId,
  newValue,
  type AccessKey,
  type Application,
  type ClientSecret,
  type Instance,
  type State,
} from './simulator/state.ts';

export interface AlibabaEiamSimulatorOptions {
  readonly clock: Clock;
  /** Requests a minute for each operation. Default: as many as come. */
  readonly perMinute?: number;
}

/** One region of EIAM, and a key that may do everything there. */
export interface AlibabaEiamSimulator extends Simulator {
  readonly accessKey: AccessKey;
  /** A key of STS. */
  seedSessionKey(expiresAt: Date): AccessKey & { readonly token: { readonly text: string } };
  /** Each seed answers the id of what it makes. */
  seedInstance(description?: string): string;
  seedUser(instance: string, displayName?: string): string;
  /** Without a secret. */
  seedApplication(instance: string, given?: NewApplication): string;
  /** Also more than an application may have. */
  seedSecret(of: Pick<ClientId, 'tenant' | 'client'>, given?: NewClientSecret): ClientSecret;
  letUse(of: Pick<ClientId, 'tenant' | 'client'>, user: string): void;
  /** From now on the key may not do these. */
  deny(...actions: string[]): void;
  /** Would the token endpoint take this value as this secret's, now? */
  accepts(id: Pick<ClientSecretId, 'tenant' | 'client' | 'secret'>, value: string): boolean;
}

/** Plays the vendor over real HTTP, as far as `vendor facts` tell. */
export async function createAlibabaEiamSimulator({
  clock,
  perMinute = Infinity,
}: AlibabaEiamSimulatorOptions): Promise<AlibabaEiamSimulator> {
  const state: State = {
    clock,
    accessKeys: new Map(),
    instances: new Map(),
    usedNonces: new Set(),
    denied: new Set(),
    flowControl: createFlowControl(clock, perMinute),
  };
  const accessKey = addAccessKey(state, null);
  const server = await serveSimulator((request) => handle(state, request));
  return Object.assign(server, { accessKey }, seedsOf(state));
}

function seedsOf(state: State): Omit<AlibabaEiamSimulator, keyof Simulator | 'accessKey'> {
  return {
    seedSessionKey(expiresAt) {
      const token = { text: `${newValue()}+/=`, expiresAt };
      return { ...addAccessKey(state, token), token };
    },
    seedInstance(description = 'Acme') {
      const id = newId('idaas');
      const createdAt = state.clock.now();
      state.instances.set(id, { id, description, createdAt, applications: new Map(), users: new Map() });
      return id;
    },
    seedUser(instance, displayName = 'Zoë') {
      const id = newId('user');
      const username = id.slice(-8);
      instanceOf(state, instance).users.set(id, { id, username, displayName, createdAt: state.clock.now() });
      return id;
    },
    seedApplication: (instance, given = {}) => addApplication(state, instanceOf(state, instance), given).id,
    seedSecret: (of, given = {}) => addSecret(applicationOf(state, of), given),
    letUse(of, user) {
      applicationOf(state, of).userIds.add(user);
    },
    deny(...actions) {
      for (const action of actions) state.denied.add(action);
    },
    accepts({ tenant, client, secret }, value) {
      const application = state.instances.get(tenant)?.applications.get(client);
      const found = application?.secrets.get(secret);
      if (application?.status !== 'enabled' || found === undefined) return false;
      return found.status === 'enabled' && !isExpired(found, state.clock.now()) && found.value === value;
    },
  };
}

function addAccessKey({ accessKeys }: State, token: AccessKey['token']): AccessKey {
  const id = `${token === null ? 'LTAI' : 'STS.'}${newValue().slice(2, 22)}`;
  const key: AccessKey = { id, secret: newValue().slice(2, 32), token, isActive: true };
  accessKeys.set(id, key);
  return key;
}

function instanceOf({ instances }: State, id: string): Instance {
  const instance = instances.get(id);
  if (instance === undefined) throw new Error('seed the instance first');
  return instance;
}

function applicationOf(state: State, { tenant, client }: Pick<ClientId, 'tenant' | 'client'>): Application {
  const application = instanceOf(state, tenant).applications.get(client);
  if (application === undefined) throw new Error('seed the application first');
  return application;
}
