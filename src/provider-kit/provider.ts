import type { Client, ClientKind } from '../domain/client.ts';
import type {
  ClientSecret,
  ClientSecretStatus,
  IssuedSecret,
  Verification,
} from '../domain/client-secret.ts';
import type { ClientId, ClientSecretId, IdentityId, TenantId } from '../domain/ids.ts';
import type { Identity, IdentityKind } from '../domain/identity.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Page, PageRequest } from '../domain/page.ts';
import type { SecretValue } from '../domain/secret-value.ts';
import type { Tenant } from '../domain/tenant.ts';
import type { ProviderError } from './provider-error.ts';

/** What travels with each call to a provider. */
export interface Call {
  /** Aborts within 50 ms, and then nothing more is sent. */
  readonly signal: AbortSignal;
  readonly requestId: string;
  /** Does it serve a write? Then no read keeps its requests waiting. A method of `Writes` always does. */
  readonly isWrite?: boolean;
  /** Whose share of the vendor's places its requests take. Absent: its own. */
  readonly share?: object;
  /** Does nobody wait for it? Then its requests take few places, and only those that nobody else wants. */
  readonly isBackground?: boolean;
  /**
   * How many more requests of its kind the vendor takes at once just now; negative: so many wait that it does not.
   * Absent: it takes all.
   */
  readonly room?: () => number;
  /** On the clock of `performance.now()`: an answer that comes later is of no use. Absent: there is no such moment. */
  readonly endsAt?: number;
}

/** Whose share of the vendor the call takes. */
export function accountOf(call: Call): object {
  return call.share ?? call;
}

/** One answer for each key, in key order, repeats kept; a key that failed answers with its error. `[]` makes no call. */
export type Many<T> = Promise<readonly (T | ProviderError)[]>;

export interface SecretPageRequest extends PageRequest {
  /** Null: every status that the vendor lists. */
  readonly status: readonly ClientSecretStatus[] | null;
}

/** Plural, the shape of a dataloader batch. Null: nothing there. No answer ever holds a secret value. */
export interface Reads {
  getTenants(ids: readonly TenantId[], call: Call): Many<Tenant | null>;
  /** Rejects where the provider as a whole cannot answer. */
  listTenants(page: PageRequest, call: Call): Promise<Page<Tenant>>;
  getIdentities(ids: readonly IdentityId[], call: Call): Many<Identity | null>;
  listIdentities(of: readonly TenantId[], page: PageRequest, call: Call): Many<Page<Identity>>;
  getClients(ids: readonly ClientId[], call: Call): Many<Client | null>;
  /** Of a tenant, or of an identity. A parent that is not there has an empty page. */
  listClients(of: readonly (TenantId | IdentityId)[], page: PageRequest, call: Call): Many<Page<Client>>;
  getSecrets(ids: readonly ClientSecretId[], call: Call): Many<ClientSecret | null>;
  /** In a stable order, oldest first where the vendor tells the age. */
  listSecrets(of: readonly ClientId[], page: SecretPageRequest, call: Call): Many<Page<ClientSecret>>;
}

export interface NewTenant {
  readonly name: string;
  readonly description: string | null;
}

/** In all changes: an absent key leaves the field as it is, null clears it. */
export interface TenantChanges {
  readonly name?: string;
  readonly description?: string | null;
  readonly enabled?: boolean;
}

export interface NewIdentity {
  readonly name: string;
  readonly kind: IdentityKind;
  readonly attributes: JsonObject | null;
}

export interface IdentityChanges {
  readonly name?: string;
  readonly attributes?: JsonObject;
}

export interface NewClient {
  readonly identity: IdentityId | null;
  readonly name: string;
  readonly description: string | null;
  readonly kind: ClientKind | null;
  readonly redirectUris: readonly string[] | null;
  readonly attributes: JsonObject | null;
}

export interface ClientChanges {
  readonly name?: string;
  readonly description?: string | null;
  readonly enabled?: boolean;
  readonly redirectUris?: readonly string[];
  readonly attributes?: JsonObject;
}

export interface NewSecret {
  readonly description: string | null;
  readonly expiresAt: Date | null;
  readonly maxUses: number | null;
  /** The caller's own value, for a vendor that takes one. */
  readonly value: SecretValue | null;
  /** Keep the value so that it can be revealed later, where the caller may choose. Null: not said. */
  readonly retrievable: boolean | null;
}

export interface SecretChanges {
  readonly description?: string | null;
  readonly expiresAt?: Date | null;
}

/** A new value in the place of the old one, under the same id. */
export interface Replacement {
  /** The caller's own value, for a vendor that takes one. */
  readonly value: SecretValue | null;
  /** When the vendor is to end the old value. Null: at once; always so unless `traits.replacement` is OVERLAP. */
  readonly oldEndsAt: Date | null;
}

export interface VerificationRequest {
  readonly clientId: string;
  readonly value: SecretValue;
  /** A client of a tenant that this refuses is answered as if it did not exist. */
  readonly mayUse: (tenant: TenantId) => boolean;
}

/**
 * All optional: an absent method is an operation that the vendor lacks; no flag repeats it. All reject with
 * ProviderError only. Revoking, disabling and enabling twice is doing it once. A write on something that is not
 * there is `not_found`.
 */
export interface Writes {
  createTenant(input: NewTenant, call: Call): Promise<Tenant>;
  updateTenant(id: TenantId, changes: TenantChanges, call: Call): Promise<Tenant>;
  deleteTenant(id: TenantId, call: Call): Promise<void>;
  createIdentity(of: TenantId, input: NewIdentity, call: Call): Promise<Identity>;
  updateIdentity(id: IdentityId, changes: IdentityChanges, call: Call): Promise<Identity>;
  deleteIdentity(id: IdentityId, call: Call): Promise<void>;
  /** `issued`: the first secret, where the vendor makes one with the client. */
  createClient(
    of: TenantId,
    input: NewClient,
    call: Call,
  ): Promise<{ client: Client; issued: IssuedSecret | null }>;
  updateClient(id: ClientId, changes: ClientChanges, call: Call): Promise<Client>;
  deleteClient(id: ClientId, call: Call): Promise<void>;
  createSecret(of: ClientId, input: NewSecret, call: Call): Promise<IssuedSecret>;
  updateSecret(id: ClientSecretId, changes: SecretChanges, call: Call): Promise<ClientSecret>;
  disableSecret(id: ClientSecretId, call: Call): Promise<ClientSecret>;
  enableSecret(id: ClientSecretId, call: Call): Promise<ClientSecret>;
  revokeSecret(id: ClientSecretId, call: Call): Promise<ClientSecret>;
  /** For a client with one slot. What rotation is made of where there is no `createSecret`. */
  replaceSecret(id: ClientSecretId, input: Replacement, call: Call): Promise<IssuedSecret>;
  revealSecret(id: ClientSecretId, call: Call): Promise<IssuedSecret>;
  verifySecret(request: VerificationRequest, call: Call): Promise<Verification>;
}

/** A null bound: none. */
export interface SecretLifetime {
  readonly minMs: number | null;
  readonly maxMs: number | null;
  /** May a secret that has an end lose it again? */
  readonly clearable: boolean;
}

/** Facts that no method can state. */
export interface Traits {
  /** Null: no limit known. */
  readonly maxActiveSecrets: number | null;
  /** How many the vendor keeps while the client is there: it refuses to end the last one by itself, or cannot. */
  readonly minActiveSecrets: number;
  /** Null: secrets of this vendor do not expire. */
  readonly secretLifetime: SecretLifetime | null;
  readonly retrieval: 'ONCE' | 'ANY_TIME';
  /** How long a revoked secret may still authenticate. */
  readonly revocationDelayMs: number;
  /** What `replaceSecret` does to the old value: ends it, or lets it work until then. Null: there is no such method. */
  readonly replacement: 'AT_ONCE' | 'OVERLAP' | null;
  /** Does a secret have a description? Without one, a secret whose making was never answered cannot be told from others. */
  readonly describesSecrets: boolean;
  readonly instead: Instead;
}

/** What to do instead of each operation that is lacking, for the hint of UnsupportedError. */
export type Instead = Readonly<Partial<Record<keyof Writes, string>>>;

/** One configured connection to a vendor, or the gateway's own store. */
export interface Provider extends Reads, Partial<Writes> {
  readonly name: string;
  readonly traits: Traits;
  /** What objects of this kind lack, though others of this vendor have it. Told by the id alone. Absent: nothing. */
  lacking?(id: ClientId | ClientSecretId): Instead;
}
