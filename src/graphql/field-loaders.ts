import type { AccessToken } from '../domain/access-token.ts';
import type { AuditEvent } from '../domain/audit-event.ts';
import type { Client } from '../domain/client.ts';
import type { ClientSecret } from '../domain/client-secret.ts';
import { idKey, type ClientId, type ClientSecretId, type IdentityId, type TenantId } from '../domain/ids.ts';
import type { Identity } from '../domain/identity.ts';
import type { Page, PageRequest } from '../domain/page.ts';
import type { Rotation } from '../domain/rotation.ts';
import type { Tenant } from '../domain/tenant.ts';
import { listTenants, type TenantPage } from '../service/list-tenants.ts';
import type { ProviderView } from '../service/provider-view.ts';
import type { SecretPage, SessionReads } from '../service/session.ts';
import { byKey, byPage, nodesByKey } from './batch.ts';
import { createSeenLoaders, type SeenLoaders } from './seen-loaders.ts';

/**
 * The session's reads, for one key at a time. Null: not there, or not readable. All reject with GatewayError. Where
 * the id of a tenant or a client is asked for, that of something below it names it as well.
 */
export interface FieldLoaders extends SeenLoaders {
  /** In the order of the configuration. */
  readonly providers: readonly ProviderView[];
  provider(name: string): ProviderView | null;
  tenant(id: TenantId): Promise<Tenant | null>;
  identity(id: IdentityId): Promise<Identity | null>;
  client(id: ClientId): Promise<Client | null>;
  secret(id: ClientSecretId): Promise<ClientSecret | null>;
  tenants(provider: string, page: PageRequest): Promise<Page<Tenant>>;
  /** `providers` null: of all. */
  tenantsOfAll(providers: readonly string[] | null, page: PageRequest): Promise<TenantPage>;
  identities(of: TenantId, page: PageRequest): Promise<Page<Identity>>;
  clients(of: TenantId | IdentityId, page: PageRequest): Promise<Page<Client>>;
  secrets(of: ClientId, page: SecretPage): Promise<Page<ClientSecret>>;
  openRotation(of: ClientSecretId): Promise<Rotation | null>;
  rotation(id: string): Promise<Rotation | null>;
  auditEvent(id: string): Promise<AuditEvent | null>;
  accessToken(id: string): Promise<AccessToken | null>;
  /** What was read is read anew from now on. */
  forget(): void;
}

/** What was read stays read until then. */
export function createFieldLoaders(read: SessionReads): FieldLoaders {
  const providers = read.providers();
  const tenants = nodesByKey((ids: readonly TenantId[]) => read.tenants(ids), idKey);
  const identities = nodesByKey((ids: readonly IdentityId[]) => read.identities(ids), idKey);
  const clients = nodesByKey((ids: readonly ClientId[]) => read.clients(ids), idKey);
  const secrets = nodesByKey((ids: readonly ClientSecretId[]) => read.secrets(ids), idKey);
  const openRotations = byKey((of: readonly ClientSecretId[]) => read.openRotations(of), idKey);
  const rotations = byKey((ids: readonly string[]) => read.rotations(ids), String);
  const auditEvents = byKey((ids: readonly string[]) => read.auditEvents(ids), String);
  const accessTokens = byKey((ids: readonly string[]) => read.accessTokens(ids), String);

  const seeTenants = <P extends Page<Tenant>>(page: P): P => {
    for (const { node } of page.items) tenants.see(node);
    return page;
  };
  const identityPages = byPage(
    (of: readonly TenantId[], page: PageRequest) => read.listIdentities(of, page),
    idKey,
    (identity) => identities.see(identity),
  );
  const clientPages = byPage(
    (of: readonly (TenantId | IdentityId)[], page: PageRequest) => read.listClients(of, page),
    idKey,
    (client) => clients.see(client),
  );
  const secretPages = byPage(
    (of: readonly ClientId[], page: SecretPage) => read.listSecrets(of, page),
    idKey,
    (secret) => secrets.see(secret),
  );
  const all = [tenants, identities, clients, secrets, openRotations, rotations, auditEvents, accessTokens];

  const tenant = ({ provider, tenant: id }: TenantId) => tenants.load({ provider, tenant: id });
  const client = ({ provider, tenant: of, client: id }: ClientId) =>
    clients.load({ provider, tenant: of, client: id });
  const { forgetSeen, ...seen } = createSeenLoaders(read, { tenant, client });

  return {
    ...seen,
    providers,
    provider: (name) => providers.find((provider) => provider.name === name) ?? null,
    tenant,
    identity: (id) => identities.load(id),
    client,
    secret: (id) => secrets.load(id),
    tenants: async (provider, page) => seeTenants(await read.listTenants(provider, page)),
    tenantsOfAll: async (names, page) => seeTenants(await listTenants(read, { providers: names }, page)),
    identities: (of, page) => identityPages.load(of, page),
    clients: (of, page) => clientPages.load(of, page),
    secrets: (of, page) => secretPages.load(of, page),
    openRotation: (of) => openRotations.load(of),
    rotation: (id) => rotations.load(id),
    auditEvent: (id) => auditEvents.load(id),
    accessToken: (id) => accessTokens.load(id),
    forget() {
      [...all, identityPages, clientPages, secretPages].forEach((loader) => loader.clearAll());
      forgetSeen();
    },
  };
}
