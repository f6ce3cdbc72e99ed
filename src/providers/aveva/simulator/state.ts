import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../../../domain/clock.ts';
import type { Dialect } from '../config.ts';
import { settled, type Lagging } from './lagging.ts';

export interface Secret {
  readonly id: number;
  readonly value: string;
  description: string | null;
  expiration: Date | null;
  isDeleted: boolean;
  /** When it stops letting anybody in, as authentication knows it. */
  end: Lagging<Date | null>;
}

/** What a caller may set of a client, by the vendor's names for it. */
export interface Settings {
  Name: string;
  Enabled: boolean;
  AccessTokenLifetime: number;
  Tags: readonly string[];
  RoleIds: readonly string[];
  RedirectUris: readonly string[];
  PostLogoutRedirectUris: readonly string[];
  ClientUri: string | null;
  LogoUri: string | null;
  AllowOfflineAccess: boolean;
  AllowAccessTokensViaBrowser: boolean;
}

export interface Client {
  readonly kind: 'ClientCredentialClients' | 'HybridClients';
  readonly id: string;
  settings: Settings;
  readonly secrets: Secret[];
  isDeleted: boolean;
  /** Is it enabled, as authentication knows it? */
  isLetIn: Lagging<boolean>;
}

export interface User {
  readonly Id: string;
  readonly Name: string | null;
  readonly GivenName: string;
  readonly Surname: string;
  readonly ExternalUserId: string | null;
  readonly IdentityProviderId: string;
  readonly RoleIds: readonly string[];
}

export interface AutomationIdentity {
  readonly Id: string;
  readonly Name: string;
  readonly TenantId: string;
  readonly RoleIds: readonly string[];
  readonly RoleTypeIds: readonly string[];
  readonly Tags: readonly string[];
}

export interface Tenant {
  readonly id: string;
  readonly companyName: string;
  readonly created: Date;
  readonly roles: { readonly administrator: string; readonly member: string };
  /** The deleted ones too: authentication goes on knowing them for a while. */
  readonly clients: Client[];
  readonly users: User[];
  readonly automationIdentities: AutomationIdentity[];
}

export interface Region {
  readonly Id: string;
  readonly Name: string;
  readonly BaseAddress: string;
  readonly AdministrativeEndpointsWritable: boolean | null;
}

export interface State {
  readonly dialect: Dialect;
  readonly clock: Clock;
  /** How long authentication takes to notice an update or a deletion. */
  readonly revocationDelayMs: number;
  readonly maxClients: number;
  readonly tenants: readonly Tenant[];
  readonly tokens: Map<
    string,
    { readonly client: Client; readonly tenant: Tenant; readonly expiresAt: Date }
  >;
  /** By id: the status that reading one of many fails with. */
  readonly failing: Map<string, number>;
  regions: readonly Region[];
}

export function createTenant(id: string, companyName: string, created: Date): Tenant {
  const roles = { administrator: randomUUID(), member: randomUUID() };
  return { id, companyName, created, roles, clients: [], users: [], automationIdentities: [] };
}

export function addClient(
  tenant: Tenant,
  kind: Client['kind'],
  id: string,
  given: Partial<Settings>,
): Client {
  const settings: Settings = {
    Name: 'client',
    Enabled: true,
    AccessTokenLifetime: 3600,
    Tags: [],
    RoleIds: kind === 'HybridClients' ? [] : [tenant.roles.member],
    RedirectUris: [],
    PostLogoutRedirectUris: [],
    ClientUri: null,
    LogoUri: null,
    AllowOfflineAccess: false,
    AllowAccessTokensViaBrowser: false,
    ...given,
  };
  const isLetIn = settled(settings.Enabled);
  const client: Client = { kind, id, settings, secrets: [], isDeleted: false, isLetIn };
  tenant.clients.push(client);
  return client;
}

export function addSecret(
  { secrets }: Client,
  given: Partial<Pick<Secret, 'description' | 'expiration' | 'value'>>,
): Secret {
  const { description = null, expiration = null, value = randomBytes(32).toString('base64') } = given;
  const id = secrets.length + 1;
  const secret: Secret = { id, value, description, expiration, isDeleted: false, end: settled(expiration) };
  secrets.push(secret);
  return secret;
}

/** In their order of creation. */
export function secretsOf({ secrets }: Client): readonly Secret[] {
  return secrets.filter(({ isDeleted }) => !isDeleted);
}

export function clientsOf({ clients }: Tenant): readonly Client[] {
  return clients.filter(({ isDeleted }) => !isDeleted);
}
