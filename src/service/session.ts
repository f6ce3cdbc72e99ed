import type { AccessToken } from '../domain/access-token.ts';
import type { AuditEvent } from '../domain/audit-event.ts';
import type { Client } from '../domain/client.ts';
import type { ClientSecret, ClientSecretStatus, Verification } from '../domain/client-secret.ts';
import type { GatewayError } from '../domain/gateway-error.ts';
import type { Identity } from '../domain/identity.ts';
import type { ClientId, ClientSecretId, IdentityId, TenantId } from '../domain/ids.ts';
import type { Operation } from '../domain/operation.ts';
import type { Page, PageRequest } from '../domain/page.ts';
import type { Rotation } from '../domain/rotation.ts';
import type { Tenant } from '../domain/tenant.ts';
import type { DriftEvent } from '../domain/drift-event.ts';
import type { AuditEventFilter } from '../store/audit-events.ts';
import type { InventoryClientFilter, InventoryClientOrder } from '../store/inventory-client-list.ts';
import type { DriftEventFilter } from '../store/inventory-drift.ts';
import type { InventorySecretFilter } from '../store/inventory-secret-filter.ts';
import type { InventorySecretOrder } from '../store/inventory-secret-list.ts';
import type { RotationFilter } from '../store/rotations.ts';
import type { SecretValue } from '../domain/secret-value.ts';
import type { Caller } from './caller.ts';
import type { SeenPage } from './inventory/seen-page.ts';
import type { ProviderView } from './provider-view.ts';
import type { Write } from './write.ts';

/** One answer for each key, in key order; a key that failed answers with its error. */
export type Answers<T> = Promise<readonly (T | GatewayError)[]>;

/** What one actor may do, for the length of one request. Every face works through it and through nothing else. */
export interface Session extends Caller {
  /** Live: each asks the provider anew. */
  readonly read: ProviderReads;
  /**
   * The same over what was read of providers of late, by whomever. No answer comes of a read that began
   * `maxStalenessMs` ago or earlier; null: as each provider is configured; 0: of none that began before this one.
   */
  recent(maxStalenessMs: number | null): ProviderReads;
  readonly records: RecordReads;
  readonly inventory: InventoryReads;
  /** The law of a write. See `Write`. */
  perform<Result>(write: Write<Result>): Promise<Result>;
  /** Is this the value of a secret of that client, which may authenticate now? Counts the use. */
  verify(input: VerificationInput): Promise<Verification>;
}

/** What is at the providers. As in all reads, what the actor may not read is null, or not in the list. */
export interface ProviderReads {
  /** In the order of the configuration. */
  providers(): readonly ProviderView[];
  tenants(ids: readonly TenantId[]): Answers<Tenant | null>;
  identities(ids: readonly IdentityId[]): Answers<Identity | null>;
  clients(ids: readonly ClientId[]): Answers<Client | null>;
  secrets(ids: readonly ClientSecretId[]): Answers<ClientSecret | null>;
  /** Rejects with a GatewayError. */
  listTenants(provider: string, page: PageRequest): Promise<Page<Tenant>>;
  listIdentities(of: readonly TenantId[], page: PageRequest): Answers<Page<Identity>>;
  listClients(of: readonly (TenantId | IdentityId)[], page: PageRequest): Answers<Page<Client>>;
  listSecrets(of: readonly ClientId[], page: SecretPage): Answers<Page<ClientSecret>>;
  /** What this actor can do with it now. */
  clientOperations(client: Client): readonly Operation[];
  secretOperations(secret: ClientSecret): readonly Operation[];
}

/** What the gateway itself keeps. */
export interface RecordReads {
  /** The open rotation that each secret is part of, as the old or the new one. */
  openRotations(of: readonly ClientSecretId[]): Answers<Rotation | null>;
  rotations(ids: readonly string[]): Answers<Rotation | null>;
  /** Newest first. */
  listRotations(filter: RotationFilter, page: PageRequest): Promise<Page<Rotation>>;
  auditEvents(ids: readonly string[]): Answers<AuditEvent | null>;
  /** In the order of the chain. */
  listAuditEvents(filter: AuditEventFilter, page: PageRequest): Promise<Page<AuditEvent>>;
  accessTokens(ids: readonly string[]): Answers<AccessToken | null>;
  /** Newest first. */
  listAccessTokens(page: PageRequest): Promise<Page<AccessToken>>;
}

/** What was last seen at the providers, and how it has changed. */
export interface InventoryReads {
  /** Over several providers. Rejects with InvalidInputError that names fields of the filter. */
  listSeenClients(
    filter: Omit<InventoryClientFilter, 'within'>,
    order: InventoryClientOrder,
    page: PageRequest,
  ): Promise<SeenPage<Client>>;
  listSeenSecrets(
    filter: Omit<InventorySecretFilter, 'within'>,
    order: InventorySecretOrder,
    page: PageRequest,
  ): Promise<SeenPage<ClientSecret>>;
  /** As they were last seen, gone since or not. Null: never seen. */
  seenTenants(ids: readonly TenantId[]): Answers<Tenant | null>;
  seenClients(ids: readonly ClientId[]): Answers<Client | null>;
  seenSecrets(ids: readonly ClientSecretId[]): Answers<ClientSecret | null>;
  driftEvents(ids: readonly string[]): Answers<DriftEvent | null>;
  /** Newest first. */
  listDriftEvents(filter: Omit<DriftEventFilter, 'within'>, page: PageRequest): Promise<Page<DriftEvent>>;
}

export interface VerificationInput {
  readonly clientId: string;
  readonly value: SecretValue;
  /** Null: the provider that can verify. */
  readonly provider: string | null;
}

export interface SecretPage extends PageRequest {
  /** Null: every status that the vendor lists. */
  readonly status: readonly ClientSecretStatus[] | null;
}
