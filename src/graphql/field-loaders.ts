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
import type { ProviderReads, SecretPage, Session } from '../service/session.ts';
import { KeyLoader, NodeLoader, PageLoader } from './batch.ts';
import { SeenLoaders } from './seen-loaders.ts';

/**
 * A session's reads, for one key at a time. Null: not there, or not readable. All reject with GatewayError. Where the id
 * of a tenant or a client is asked for, that of something below it names it as well. What was read stays read until it
 * is to be forgotten. It is a class because it is made for each request: an object spread together out of as many
 * closures takes as long to make as a request to a vendor.
 */
export class FieldLoaders extends SeenLoaders {
  readonly #read: ProviderReads;
  #providers: readonly ProviderView[] | null = null;
  readonly #tenants: NodeLoader<TenantId, Tenant>;
  readonly #identities: NodeLoader<IdentityId, Identity>;
  readonly #clients: NodeLoader<ClientId, Client>;
  readonly #secrets: NodeLoader<ClientSecretId, ClientSecret>;
  readonly #identityPages: PageLoader<TenantId, PageRequest, Identity>;
  readonly #clientPages: PageLoader<TenantId | IdentityId, PageRequest, Client>;
  readonly #secretPages: PageLoader<ClientId, SecretPage, ClientSecret>;
  readonly #openRotations: KeyLoader<ClientSecretId, Rotation | null>;
  readonly #rotations: KeyLoader<string, Rotation | null>;
  readonly #auditEvents: KeyLoader<string, AuditEvent | null>;
  readonly #accessTokens: KeyLoader<string, AccessToken | null>;

  /** `read`: live, or of late. `isBelowWrite`: the answer holds what was written, too. */
  constructor(session: Pick<Session, 'records' | 'inventory'>, read: ProviderReads, isBelowWrite: boolean) {
    super(session, isBelowWrite);
    this.#read = read;
    this.#tenants = new NodeLoader((ids) => read.tenants(ids), idKey);
    this.#identities = new NodeLoader((ids) => read.identities(ids), idKey);
    this.#clients = new NodeLoader((ids) => read.clients(ids), idKey);
    this.#secrets = new NodeLoader((ids) => read.secrets(ids), idKey);
    this.#identityPages = new PageLoader(
      (of, page) => read.listIdentities(of, page),
      idKey,
      (page) => this.#identities.see(page),
    );
    this.#clientPages = new PageLoader(
      (of, page) => read.listClients(of, page),
      idKey,
      (page) => this.#clients.see(page),
    );
    this.#secretPages = new PageLoader(
      (of, page) => read.listSecrets(of, page),
      idKey,
      (page) => this.#secrets.see(page),
    );
    this.#openRotations = new KeyLoader((of) => session.records.openRotations(of), idKey);
    this.#rotations = new KeyLoader((ids) => session.records.rotations(ids), String);
    this.#auditEvents = new KeyLoader((ids) => session.records.auditEvents(ids), String);
    this.#accessTokens = new KeyLoader((ids) => session.records.accessTokens(ids), String);
  }

  /** In the order of the configuration. */
  get providers(): readonly ProviderView[] {
    return (this.#providers ??= this.#read.providers());
  }

  provider(name: string): ProviderView | null {
    return this.providers.find((provider) => provider.name === name) ?? null;
  }

  tenant({ provider, tenant }: TenantId): Promise<Tenant | null> {
    return this.#tenants.load({ provider, tenant });
  }

  identity(id: IdentityId): Promise<Identity | null> {
    return this.#identities.load(id);
  }

  client({ provider, tenant, client }: ClientId): Promise<Client | null> {
    return this.#clients.load({ provider, tenant, client });
  }

  secret(id: ClientSecretId): Promise<ClientSecret | null> {
    return this.#secrets.load(id);
  }

  async tenants(provider: string, page: PageRequest): Promise<Page<Tenant>> {
    const found = await this.#read.listTenants(provider, page);
    this.#tenants.see(found);
    return found;
  }

  /** `providers` null: of all. */
  async tenantsOfAll(providers: readonly string[] | null, page: PageRequest): Promise<TenantPage> {
    const found = await listTenants(this.#read, { providers }, page);
    this.#tenants.see(found);
    return found;
  }

  identities(of: TenantId, page: PageRequest): Promise<Page<Identity>> {
    return this.#identityPages.load(of, page);
  }

  clients(of: TenantId | IdentityId, page: PageRequest): Promise<Page<Client>> {
    return this.#clientPages.load(of, page);
  }

  secrets(of: ClientId, page: SecretPage): Promise<Page<ClientSecret>> {
    return this.#secretPages.load(of, page);
  }

  openRotation(of: ClientSecretId): Promise<Rotation | null> {
    return this.#openRotations.load(of);
  }

  rotation(id: string): Promise<Rotation | null> {
    return this.#rotations.load(id);
  }

  auditEvent(id: string): Promise<AuditEvent | null> {
    return this.#auditEvents.load(id);
  }

  accessToken(id: string): Promise<AccessToken | null> {
    return this.#accessTokens.load(id);
  }

  override forget(): void {
    super.forget();
    for (const nodes of [this.#tenants, this.#identities, this.#clients, this.#secrets]) nodes.clearAll();
    for (const pages of [this.#identityPages, this.#clientPages, this.#secretPages]) pages.clearAll();
    for (const records of [this.#openRotations, this.#rotations, this.#auditEvents, this.#accessTokens])
      records.clearAll();
  }
}
