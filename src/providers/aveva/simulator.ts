import { randomUUID } from 'node:crypto';
import type { Clock } from '../../domain/clock.ts';
import { HOUR } from '../../domain/duration.ts';
import { serveSimulator, type Simulator } from '../../provider-kit/simulator.ts';
import type { Dialect } from './config.ts';
import { handle, type Door } from './simulator/handle.ts';
import {
  addClient,
  addSecret,
  createTenant,
  type AutomationIdentity,
  type Client,
  type Secret,
  type Settings,
  type State,
  type Tenant,
  type User,
} from './simulator/state.ts';
import { authenticated } from './simulator/token-endpoint.ts';

export interface AvevaSimulatorOptions {
  readonly dialect: Dialect;
  readonly clock: Clock;
  /** By their company names. */
  readonly tenants?: readonly string[];
  /** How long a deleted secret still gets tokens. */
  readonly revocationDelayMs?: number;
  /** Of the tokens of the gateway, in seconds. */
  readonly tokenLifetime?: number;
  readonly maxClients?: number;
  /** Is there a second region, which can only be read? */
  readonly hasReadOnlyRegion?: boolean;
}

export interface SimulatedTenant {
  readonly id: string;
  readonly roles: Tenant['roles'];
  /** Of an administrator. */
  readonly gateway: { readonly clientId: string; readonly clientSecret: string };
}

/** The vendor over real HTTP, as far as `vendor facts` tell. What is seeded goes to the first tenant unless it is named. */
export interface AvevaSimulator extends Simulator {
  readonly tenants: readonly [SimulatedTenant, ...SimulatedTenant[]];
  /** Of the first tenant. */
  readonly gateway: SimulatedTenant['gateway'];
  /** Null: there is one region, which takes changes. */
  readonly readOnlyRegion: Simulator | null;
  /** Without any secret. */
  seedClient(given?: Partial<Settings> & { kind?: Client['kind']; id?: string; tenant?: string }): string;
  seedSecret(
    clientId: string,
    given?: Partial<Pick<Secret, 'description' | 'expiration' | 'value'>>,
  ): { readonly id: string; readonly value: string };
  seedUser(given?: Partial<Omit<User, 'Id'>> & { tenant?: string }): string;
  seedAutomationIdentity(given?: Partial<Pick<AutomationIdentity, 'Name'>> & { tenant?: string }): string;
  /** From now on this one fails when it is read among others. */
  failReading(id: string, status: number): void;
  /** Would a token be given for this, if the client is of the kind that gets any? */
  letsIn(clientId: string, value: string): boolean;
}

export async function createAvevaSimulator(options: AvevaSimulatorOptions): Promise<AvevaSimulator> {
  const { dialect, clock, tenants = ['Acme'], tokenLifetime = 3600 } = options;
  const state: State = {
    dialect,
    clock,
    revocationDelayMs: options.revocationDelayMs ?? HOUR,
    maxClients: options.maxClients ?? 50_000,
    tenants: tenants.map((name) => createTenant(randomUUID(), name, clock.now())),
    tokens: new Map(),
    failing: new Map(),
    regions: [],
  };
  const [global, reader] = await Promise.all([
    serve(state, true),
    options.hasReadOnlyRegion === true ? serve(state, false) : null,
  ]);
  state.regions = [
    ...(reader === null ? [] : [region('WestEurope', 'West Europe', reader.origin, null)]),
    region('WestUS', 'West US', `${global.origin}/`, true),
  ];
  const [first, ...others] = state.tenants.map((tenant) => withGateway(tenant, tokenLifetime));
  if (first === undefined) throw new Error('there has to be a tenant');
  const closeGlobal = global.close.bind(global);
  return Object.assign(global, seedsOf(state), {
    close: async () => void (await Promise.all([closeGlobal(), reader?.close()])),
    tenants: [first, ...others] as const,
    gateway: first.gateway,
    readOnlyRegion: reader,
    failReading: (id: string, status: number) => void state.failing.set(id, status),
    letsIn: (clientId: string, value: string) => authenticated(state, clientId, value) !== null,
  });
}

async function serve(state: State, isWritable: boolean): Promise<Simulator> {
  const door: Door = { origin: '', isWritable };
  const server = await serveSimulator((request) => handle(state, door, request));
  door.origin = server.origin;
  return server;
}

function region(
  Id: string,
  Name: string,
  BaseAddress: string,
  AdministrativeEndpointsWritable: boolean | null,
) {
  return { Id, Name, BaseAddress, AdministrativeEndpointsWritable };
}

function withGateway(tenant: Tenant, AccessTokenLifetime: number): SimulatedTenant {
  const { id, roles } = tenant;
  const RoleIds = [roles.member, roles.administrator];
  const given = { Name: 'gateway', AccessTokenLifetime, RoleIds };
  const client = addClient(tenant, 'ClientCredentialClients', randomUUID(), given);
  const { value: clientSecret } = addSecret(client, { description: 'gateway' });
  return { id, roles, gateway: { clientId: client.id, clientSecret } };
}

type Seeds = Pick<AvevaSimulator, 'seedClient' | 'seedSecret' | 'seedUser' | 'seedAutomationIdentity'>;

function seedsOf({ tenants }: State): Seeds {
  const tenantOf = (id = tenants[0]?.id) => {
    const tenant = tenants.find((it) => it.id === id);
    if (tenant === undefined) throw new Error('there is no such tenant');
    return tenant;
  };
  return {
    seedClient({ kind = 'ClientCredentialClients', id = randomUUID(), tenant, ...settings } = {}) {
      const uris = kind === 'HybridClients' ? { RedirectUris: ['https://acme.example/signed-in'] } : {};
      return addClient(tenantOf(tenant), kind, id, { ...uris, ...settings }).id;
    },
    seedSecret(clientId, given = {}) {
      const client = tenants.flatMap(({ clients }) => clients).find(({ id }) => id === clientId);
      if (client === undefined) throw new Error('seed the client first');
      const { id, value } = addSecret(client, given);
      return { id: String(id), value };
    },
    seedUser({ tenant, ...given } = {}) {
      const { users, roles } = tenantOf(tenant);
      const names = { Name: null, GivenName: 'Ada', Surname: 'Byron' };
      const from = { ExternalUserId: null, IdentityProviderId: randomUUID() };
      const user = { Id: randomUUID(), ...names, ...from, RoleIds: [roles.member], ...given };
      users.push(user);
      return user.Id;
    },
    seedAutomationIdentity({ tenant, ...given } = {}) {
      const { automationIdentities, id: TenantId, roles } = tenantOf(tenant);
      const common = { RoleIds: [roles.member], RoleTypeIds: [], Tags: [] };
      const identity = { Id: randomUUID(), Name: 'automation', TenantId, ...common, ...given };
      automationIdentities.push(identity);
      return identity.Id;
    },
  };
}
