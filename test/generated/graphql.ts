/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** May a write have taken effect at the vendor? */
export type Applied =
  /** It did not. */
  | 'NO'
  /** Perhaps. The gateway finds out in the background, and audits what it finds. */
  | 'UNKNOWN';

/** Which events: those that fit every field that is given. */
export type AuditEventFilter = {
  /** Of this action: `clientSecret.rotate`. */
  action?: string | null | undefined;
  /** Done by this actor. */
  actor?: string | null | undefined;
  /** With one of these outcomes. */
  outcome?: Array<AuditOutcome> | null | undefined;
  /** At this provider. */
  provider?: string | null | undefined;
  /** Recorded then or later. */
  since?: string | null | undefined;
  /** Done to what has this global id. */
  subject?: string | null | undefined;
  /** Recorded before then. */
  until?: string | null | undefined;
};

/** What became of an operation. */
export type AuditOutcome =
  /** It was not allowed. */
  | 'DENIED'
  /** It was not done. */
  | 'FAILED'
  /** The intent, which is recorded before anything is done. */
  | 'STARTED'
  /** It was done. */
  | 'SUCCEEDED'
  /** It may have been done: the vendor gave no answer that tells. */
  | 'UNKNOWN';

/** Are requests sent to a provider? */
export type BreakerState =
  /** All are. */
  | 'CLOSED'
  /** One is, which tries whether the provider is well again. */
  | 'HALF_OPEN'
  /** None is for a while: it has failed several times in a row. */
  | 'OPEN';

/** What `cancelRotation` takes. */
export type CancelRotationInput = {
  /** Global id of the Rotation. */
  id: string;
  /** From 8 to 255 characters of your own choice. For 24 hours the same key with the same input gives the result of the first call again, a value issued once included; with another input it is a ConflictError. */
  idempotencyKey?: string | null | undefined;
  /** Which secret goes on to work. */
  keep: RotationKeep;
};

/** Which clients: those that fit every field that is given. */
export type ClientFilter = {
  /** That authenticate in one of these ways. */
  kind?: Array<ClientKind> | null | undefined;
  /** At one of these providers, by their names. Left out: at all that you may read. */
  providers?: Array<string> | null | undefined;
  /** Each of these words, in 1 to 200 characters, has to begin a word of its name, description, `clientId` or external id, whatever its case. */
  search?: string | null | undefined;
  /** Of this tenant, by its global id. */
  tenant?: string | null | undefined;
};

/** How a client authenticates. */
export type ClientKind =
  /** By presenting an access token that does not change. */
  | 'ACCESS_TOKEN'
  /** By the authorization code grant (RFC 6749, 4.1). */
  | 'AUTHORIZATION_CODE'
  /** By the client credentials grant (RFC 6749, 4.4). */
  | 'CLIENT_CREDENTIALS'
  /** By the hybrid flow of OpenID Connect. */
  | 'HYBRID'
  /** In another way. */
  | 'OTHER'
  /** By the universal auth of the identity that it acts for. */
  | 'UNIVERSAL_AUTH';

/** The order of a list of clients. */
export type ClientOrder = {
  /** Which way. */
  direction?: OrderDirection;
  /** By what. */
  field: ClientOrderField;
};

/** What clients are put in order by. */
export type ClientOrderField =
  /** When they came to be; those of which nobody knows come last. */
  | 'CREATED_AT'
  /** What people call them, whatever the case. */
  | 'NAME';

/** Which secrets: those that fit every field that is given. */
export type ClientSecretFilter = {
  /** Of this client, by its global id. */
  client?: string | null | undefined;
  /** That end by themselves before then, or have so ended. */
  expiresBefore?: string | null | undefined;
  /** That still work, and end by themselves within this time from now. */
  expiresWithin?: string | null | undefined;
  /** At one of these providers, by their names. Left out: at all that you may read. */
  providers?: Array<string> | null | undefined;
  /** Each of these words, in 1 to 200 characters, has to begin a word of its description, hint or external id, or of the name or `clientId` of its client, whatever its case. */
  search?: string | null | undefined;
  /** In one of these states. Left out: in any. */
  status?: Array<ClientSecretStatus> | null | undefined;
  /** Of this tenant, by its global id. */
  tenant?: string | null | undefined;
  /** That still work, and have surely not been used for this time; not together with `asOf`. Where the vendor counts uses and does not say when, its count has to have been seen unchanged for so long; where it tells no use at all, they are left out. */
  unusedFor?: string | null | undefined;
};

/** Can a secret authenticate? */
export type ClientSecretStatus =
  /** It can. */
  | 'ACTIVE'
  /** Not until it is enabled again. */
  | 'DISABLED'
  /** It was used as often as it may be. */
  | 'EXHAUSTED'
  /** Its time is over. */
  | 'EXPIRED'
  /** It was ended for good. */
  | 'REVOKED'
  /** The vendor does not say. */
  | 'UNKNOWN';

/** What `completeRotation` takes. */
export type CompleteRotationInput = {
  /** Global id of the Rotation. */
  id: string;
  /** From 8 to 255 characters of your own choice. For 24 hours the same key with the same input gives the result of the first call again, a value issued once included; with another input it is a ConflictError. */
  idempotencyKey?: string | null | undefined;
};

/** What `createAccessToken` takes. */
export type CreateAccessTokenInput = {
  /** After how long it ends by itself. Left out: never, where that is allowed. */
  expiresIn?: string | null | undefined;
  /** From 8 to 255 characters of your own choice. For 24 hours the same key with the same input gives the result of the first call again, a value issued once included; with another input it is a ConflictError. */
  idempotencyKey?: string | null | undefined;
  /** What people call it: from 1 to 255 characters. */
  name: string;
  /** What its holder may do, and where: from 1 to 50 grants. */
  roles: Array<RoleGrantInput>;
};

/** What `createClient` takes. */
export type CreateClientInput = {
  /** What only this vendor has, at most 16384 characters of JSON in 16 levels. */
  attributes?: Record<string, unknown> | null | undefined;
  /** What it is for: at most 1000 characters. */
  description?: string | null | undefined;
  /** From 8 to 255 characters of your own choice. For 24 hours the same key with the same input gives the result of the first call again, a value issued once included; with another input it is a ConflictError. */
  idempotencyKey?: string | null | undefined;
  /** Global id of the Identity that is to act with it, where the vendor hangs clients on identities. */
  identity?: string | null | undefined;
  /** How it authenticates. Left out: the usual way there. */
  kind?: ClientKind | null | undefined;
  /** What people call it: from 1 to 255 characters. */
  name: string;
  /** Where an authorization may be sent: absolute URIs without a fragment, 50 at most (RFC 6749, 3.1.2). */
  redirectUris?: Array<string> | null | undefined;
  /** Global id of the Tenant. */
  tenant: string;
};

/** What `createClientSecret` takes. */
export type CreateClientSecretInput = {
  /** Global id of the Client. */
  client: string;
  /** What it is for: at most 1000 characters. */
  description?: string | null | undefined;
  /** When it ends by itself. Not together with `expiresIn`. */
  expiresAt?: string | null | undefined;
  /** After how long it ends by itself. Left out: never, where that is allowed. */
  expiresIn?: string | null | undefined;
  /** From 8 to 255 characters of your own choice. For 24 hours the same key with the same input gives the result of the first call again, a value issued once included; with another input it is a ConflictError. */
  idempotencyKey?: string | null | undefined;
  /** How often it may authenticate. Left out: without limit. */
  maxUses?: number | null | undefined;
  /** Keep the value, sealed, so that it can be revealed later? Only for the local provider. */
  retrievable?: boolean | null | undefined;
  /** The value, for a provider that takes it from you: from 1 to 4096 characters. */
  value?: string | null | undefined;
};

/** What `createIdentity` takes. */
export type CreateIdentityInput = {
  /** What only this vendor has, at most 16384 characters of JSON in 16 levels. */
  attributes?: Record<string, unknown> | null | undefined;
  /** From 8 to 255 characters of your own choice. For 24 hours the same key with the same input gives the result of the first call again, a value issued once included; with another input it is a ConflictError. */
  idempotencyKey?: string | null | undefined;
  /** Who it is. */
  kind?: IdentityKind;
  /** What people call it: from 1 to 255 characters. */
  name: string;
  /** Global id of the Tenant. */
  tenant: string;
};

/** What `createTenant` takes. */
export type CreateTenantInput = {
  /** What it is for: at most 1000 characters. */
  description?: string | null | undefined;
  /** From 8 to 255 characters of your own choice. For 24 hours the same key with the same input gives the result of the first call again, a value issued once included; with another input it is a ConflictError. */
  idempotencyKey?: string | null | undefined;
  /** What people call it: from 1 to 255 characters. */
  name: string;
  /** Name of the provider that is to keep it. */
  provider: string;
};

/** What `deleteClient` takes. */
export type DeleteClientInput = {
  /** Global id of the Client. */
  id: string;
  /** From 8 to 255 characters of your own choice. For 24 hours the same key with the same input gives the result of the first call again, a value issued once included; with another input it is a ConflictError. */
  idempotencyKey?: string | null | undefined;
};

/** What `deleteIdentity` takes. */
export type DeleteIdentityInput = {
  /** Global id of the Identity. */
  id: string;
  /** From 8 to 255 characters of your own choice. For 24 hours the same key with the same input gives the result of the first call again, a value issued once included; with another input it is a ConflictError. */
  idempotencyKey?: string | null | undefined;
};

/** What `deleteTenant` takes. */
export type DeleteTenantInput = {
  /** Global id of the Tenant. */
  id: string;
  /** From 8 to 255 characters of your own choice. For 24 hours the same key with the same input gives the result of the first call again, a value issued once included; with another input it is a ConflictError. */
  idempotencyKey?: string | null | undefined;
};

/** What `disableClientSecret` takes. */
export type DisableClientSecretInput = {
  /** Global id of the ClientSecret. */
  id: string;
  /** From 8 to 255 characters of your own choice. For 24 hours the same key with the same input gives the result of the first call again, a value issued once included; with another input it is a ConflictError. */
  idempotencyKey?: string | null | undefined;
};

/** Which differences: those that fit every field that is given. */
export type DriftEventFilter = {
  /** Of this client or its secrets, by its global id. */
  client?: string | null | undefined;
  /** Of one of these kinds. */
  kinds?: Array<DriftKind> | null | undefined;
  /** At one of these providers, by their names. Left out: at all that you may read. */
  providers?: Array<string> | null | undefined;
  /** First seen then or later. */
  since?: string | null | undefined;
  /** In this tenant, by its global id. */
  tenant?: string | null | undefined;
  /** First seen before then. */
  until?: string | null | undefined;
};

/** What was found to differ. */
export type DriftKind =
  /** It is there, and was not. */
  | 'ADDED'
  /** It says something else of itself. */
  | 'CHANGED'
  /** It ends at another time than it did. */
  | 'EXPIRY_MOVED'
  /** It was there, and is not. */
  | 'REMOVED';

/** What `enableClientSecret` takes. */
export type EnableClientSecretInput = {
  /** Global id of the ClientSecret. */
  id: string;
  /** From 8 to 255 characters of your own choice. For 24 hours the same key with the same input gives the result of the first call again, a value issued once included; with another input it is a ConflictError. */
  idempotencyKey?: string | null | undefined;
};

/** What went wrong. The same codes stand in `extensions.code` of top-level errors. */
export type ErrorCode =
  /** The audit trail could not be written. */
  | 'AUDIT_UNAVAILABLE'
  /** The document, an argument or an input breaks a rule. */
  | 'BAD_USER_INPUT'
  /** It cannot be done in the state that things are in. */
  | 'CONFLICT'
  /** The access token has no role for this. */
  | 'FORBIDDEN'
  /** A fault of the gateway; its log has it under the request id. */
  | 'INTERNAL'
  /** There is no room for one more. */
  | 'LIMIT_REACHED'
  /** It is not there, or the access token may not read it. */
  | 'NOT_FOUND'
  /** The provider said no, for a reason of its own. */
  | 'PROVIDER_REJECTED'
  /** The provider gave no usable answer. */
  | 'PROVIDER_UNAVAILABLE'
  /** Too many requests: wait a while. */
  | 'RATE_LIMITED'
  /** The request has no valid access token. */
  | 'UNAUTHENTICATED'
  /** This provider cannot do it. */
  | 'UNSUPPORTED';

/** Where an answer comes from. */
export type FreshnessSource =
  /** From the provider, in an earlier request. */
  | 'CACHE'
  /** From the list of what was last seen there. */
  | 'INVENTORY'
  /** From the provider, in this request. */
  | 'LIVE';

/** Who acts. */
export type IdentityKind =
  /** An account that people or machines share. */
  | 'ACCOUNT'
  /** A machine. */
  | 'MACHINE'
  /** A person. */
  | 'USER';

/** What can be asked of a provider. */
export type Operation =
  /** `createClient` */
  | 'CREATE_CLIENT'
  /** `createClientSecret` */
  | 'CREATE_CLIENT_SECRET'
  /** `createIdentity` */
  | 'CREATE_IDENTITY'
  /** `createTenant` */
  | 'CREATE_TENANT'
  /** `deleteClient` */
  | 'DELETE_CLIENT'
  /** `deleteIdentity` */
  | 'DELETE_IDENTITY'
  /** `deleteTenant` */
  | 'DELETE_TENANT'
  /** `disableClientSecret` */
  | 'DISABLE_CLIENT_SECRET'
  /** `enableClientSecret` */
  | 'ENABLE_CLIENT_SECRET'
  /** `revealClientSecret` */
  | 'REVEAL_CLIENT_SECRET'
  /** `revokeClientSecret` */
  | 'REVOKE_CLIENT_SECRET'
  /** `rotateClientSecret` */
  | 'ROTATE_CLIENT_SECRET'
  /** `updateClient` */
  | 'UPDATE_CLIENT'
  /** `updateClientSecret` */
  | 'UPDATE_CLIENT_SECRET'
  /** `updateIdentity` */
  | 'UPDATE_IDENTITY'
  /** `updateTenant` */
  | 'UPDATE_TENANT'
  /** `verifyClientSecret` */
  | 'VERIFY_CLIENT_SECRET';

/** Which way a list goes. */
export type OrderDirection =
  /** From the first to the last. */
  | 'ASC'
  /** From the last to the first. */
  | 'DESC';

/** What a provider is a connection to. */
export type ProviderKind =
  /** `kind: alibaba-eiam` in the configuration. */
  | 'ALIBABA_EIAM'
  /** `kind: aveva` in the configuration. */
  | 'AVEVA'
  /** `kind: infisical` in the configuration. */
  | 'INFISICAL'
  /** `kind: launchdarkly` in the configuration. */
  | 'LAUNCHDARKLY'
  /** `kind: local` in the configuration. */
  | 'LOCAL'
  /** `kind: zstack` in the configuration. */
  | 'ZSTACK';

/** Does a provider answer? */
export type ProviderStatus =
  /** Not always. */
  | 'DEGRADED'
  /** It does not. */
  | 'DOWN'
  /** It has not been asked yet. */
  | 'UNKNOWN'
  /** It does. */
  | 'UP';

/** What `revealClientSecret` takes. */
export type RevealClientSecretInput = {
  /** Global id of the ClientSecret. */
  id: string;
  /** Why, for the audit trail: from 1 to 500 characters. */
  reason: string;
};

/** What `revokeAccessToken` takes. */
export type RevokeAccessTokenInput = {
  /** Global id of the AccessToken. */
  id: string;
  /** From 8 to 255 characters of your own choice. For 24 hours the same key with the same input gives the result of the first call again, a value issued once included; with another input it is a ConflictError. */
  idempotencyKey?: string | null | undefined;
};

/** What `revokeClientSecret` takes. */
export type RevokeClientSecretInput = {
  /** Global id of the ClientSecret. */
  id: string;
  /** From 8 to 255 characters of your own choice. For 24 hours the same key with the same input gives the result of the first call again, a value issued once included; with another input it is a ConflictError. */
  idempotencyKey?: string | null | undefined;
  /** Why, for the audit trail: from 1 to 500 characters. */
  reason?: string | null | undefined;
};

/** What somebody may do. */
export type Role =
  /** Everything, access tokens included. */
  | 'ADMIN'
  /** Read the audit trail. */
  | 'AUDITOR'
  /** What a READER may; and create, change, rotate, revoke and delete. */
  | 'OPERATOR'
  /** Read what providers hold, and verify secrets. */
  | 'READER'
  /** What a READER may; and reveal values. */
  | 'REVEALER';

/** A role, and where it is to hold. */
export type RoleGrantInput = {
  /** Name of the provider. Left out: all of them, and the gateway itself. */
  provider?: string | null | undefined;
  /** What may be done. */
  role: Role;
  /** The id that the vendor gave the tenant. Left out: all of the provider. */
  tenant?: string | null | undefined;
};

/** What `rotateClientSecret` takes. */
export type RotateClientSecretInput = {
  /** What it is for: at most 1000 characters. */
  description?: string | null | undefined;
  /** When it ends by itself. Not together with `expiresIn`. */
  expiresAt?: string | null | undefined;
  /** After how long it ends by itself. Left out: never, where that is allowed. */
  expiresIn?: string | null | undefined;
  /** Global id of the ClientSecret. */
  id: string;
  /** From 8 to 255 characters of your own choice. For 24 hours the same key with the same input gives the result of the first call again, a value issued once included; with another input it is a ConflictError. */
  idempotencyKey?: string | null | undefined;
  /** How long the old secret goes on to work beside the new one. Default: `PT24H`. Zero: it ends at once. */
  overlap?: string | null | undefined;
  /** The value, for a provider that takes it from you: from 1 to 4096 characters. */
  value?: string | null | undefined;
};

/** Which rotations: those that fit every field that is given. */
export type RotationFilter = {
  /** Of this client, by its global id. */
  client?: string | null | undefined;
  /** At one of these providers. */
  providers?: Array<string> | null | undefined;
  /** In one of these states. */
  state?: Array<RotationState> | null | undefined;
};

/** Which secret goes on to work. */
export type RotationKeep =
  /** Both; none is revoked. */
  | 'BOTH'
  /** The new one; the old one is revoked. */
  | 'NEW'
  /** The old one; the new one is revoked. */
  | 'OLD';

/** How far a rotation has come. */
export type RotationState =
  /** It was broken off. */
  | 'CANCELLED'
  /** The old secret has ended. */
  | 'COMPLETED'
  /** It has come to nothing; `lastError` says why. */
  | 'FAILED'
  /** The new secret is being issued. */
  | 'ISSUING'
  /** Both secrets work. */
  | 'OVERLAPPING'
  /** The secret that is to end is being revoked. */
  | 'RETIRING';

/** How a secret can be exchanged for another. */
export type RotationSupport =
  /** It cannot. */
  | 'NONE'
  /** The new and the old secret both work for a while. */
  | 'OVERLAP'
  /** There is one slot: the new value ends the old one at once. */
  | 'REPLACE';

/** When the value of a secret can be had. */
export type SecretRetrieval =
  /** Later too, by `revealClientSecret`. */
  | 'ANY_TIME'
  /** Only when it is issued. */
  | 'ONCE';

/** What `updateClient` takes. */
export type UpdateClientInput = {
  /** What only this vendor has, at most 16384 characters of JSON in 16 levels. */
  attributes?: Record<string, unknown> | null | undefined;
  /** What it is for: at most 1000 characters. Null clears it. */
  description?: string | null | undefined;
  /** May it authenticate? */
  enabled?: boolean | null | undefined;
  /** Global id of the Client. */
  id: string;
  /** From 8 to 255 characters of your own choice. For 24 hours the same key with the same input gives the result of the first call again, a value issued once included; with another input it is a ConflictError. */
  idempotencyKey?: string | null | undefined;
  /** What people call it: from 1 to 255 characters. */
  name?: string | null | undefined;
  /** Where an authorization may be sent: absolute URIs without a fragment, 50 at most (RFC 6749, 3.1.2). */
  redirectUris?: Array<string> | null | undefined;
};

/** What `updateClientSecret` takes. */
export type UpdateClientSecretInput = {
  /** What it is for: at most 1000 characters. Null clears it. */
  description?: string | null | undefined;
  /** When it ends by itself. Null: never, where the vendor allows that. */
  expiresAt?: string | null | undefined;
  /** Global id of the ClientSecret. */
  id: string;
  /** From 8 to 255 characters of your own choice. For 24 hours the same key with the same input gives the result of the first call again, a value issued once included; with another input it is a ConflictError. */
  idempotencyKey?: string | null | undefined;
};

/** What `updateIdentity` takes. */
export type UpdateIdentityInput = {
  /** What only this vendor has, at most 16384 characters of JSON in 16 levels. */
  attributes?: Record<string, unknown> | null | undefined;
  /** Global id of the Identity. */
  id: string;
  /** From 8 to 255 characters of your own choice. For 24 hours the same key with the same input gives the result of the first call again, a value issued once included; with another input it is a ConflictError. */
  idempotencyKey?: string | null | undefined;
  /** What people call it: from 1 to 255 characters. */
  name?: string | null | undefined;
};

/** What `updateTenant` takes. */
export type UpdateTenantInput = {
  /** What it is for: at most 1000 characters. Null clears it. */
  description?: string | null | undefined;
  /** May its clients authenticate? */
  enabled?: boolean | null | undefined;
  /** Global id of the Tenant. */
  id: string;
  /** From 8 to 255 characters of your own choice. For 24 hours the same key with the same input gives the result of the first call again, a value issued once included; with another input it is a ConflictError. */
  idempotencyKey?: string | null | undefined;
  /** What people call it: from 1 to 255 characters. */
  name?: string | null | undefined;
};

/** Why a secret does not authenticate. */
export type VerificationFailure =
  /** The client was disabled, or its tenant. */
  | 'CLIENT_DISABLED'
  /** It was disabled. */
  | 'DISABLED'
  /** It was used as often as it may be. */
  | 'EXHAUSTED'
  /** Its time is over. */
  | 'EXPIRED'
  /** No secret of this client has this value, or there is no such client. */
  | 'MISMATCH'
  /** It was ended for good. */
  | 'REVOKED';

/** What `verifyClientSecret` takes. */
export type VerifyClientSecretInput = {
  /** The `client_id` that was presented. */
  clientId: string;
  /** Name of the provider. Left out: the one that can verify. */
  provider?: string | null | undefined;
  /** The value that was presented. */
  value: string;
};

export type FirstLookQueryVariables = Exact<{ [key: string]: never; }>;


export type FirstLookQuery = { viewer: { name: string, roles: Array<{ role: Role, provider: string | null, tenant: string | null }> }, providers: Array<{ name: string, kind: ProviderKind, health: { status: ProviderStatus, message: string | null }, capabilities: { rotation: RotationSupport, secretRetrieval: SecretRetrieval, revocationDelay: string } }>, tenants: { nodes: Array<{ name: string, provider: { name: string, kind: ProviderKind }, clients: { nodes: Array<{ name: string, clientId: string, secrets: { nodes: Array<{ hint: string | null, status: ClientSecretStatus, expiresAt: string | null }> } | null }> } | null }>, failures: Array<{ message: string, provider: { name: string } }> } };

export type AccessTokensQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type AccessTokensQuery = { accessTokens: { nodes: Array<{ id: string, name: string, hint: string, expiresAt: string | null, lastUsedAt: string | null, revokedAt: string | null, roles: Array<{ role: Role, provider: string | null, tenant: string | null }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type CreateAccessTokenMutationVariables = Exact<{
  input: CreateAccessTokenInput;
}>;


export type CreateAccessTokenMutation = { createAccessToken:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'CreateAccessTokenSuccess', value: string, accessToken: { id: string, hint: string, expiresAt: string | null } }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string | null, fields: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string | null }
   };

export type RevokeAccessTokenMutationVariables = Exact<{
  input: RevokeAccessTokenInput;
}>;


export type RevokeAccessTokenMutation = { revokeAccessToken:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'RevokeAccessTokenSuccess', accessToken: { id: string, revokedAt: string | null } }
   };

export type AuditEventsQueryVariables = Exact<{
  filter?: AuditEventFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type AuditEventsQuery = { auditEvents: { totalCount: number | null, nodes: Array<{ id: string, sequence: number, at: string, actor: string, action: string, subject: string | null, provider: string | null, outcome: AuditOutcome, code: ErrorCode | null, requestId: string, reason: string | null, hash: string }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type ClientSecretQueryVariables = Exact<{
  provider: string;
  tenant: string;
  client: string;
  externalId: string;
  maxStaleness?: string | null | undefined;
}>;


export type ClientSecretQuery = { clientSecret: { id: string, description: string | null, hint: string | null, status: ClientSecretStatus, createdAt: string | null, expiresAt: string | null, lastUsedAt: string | null, revokedAt: string | null, useCount: number | null, maxUses: number | null, retrievable: boolean, availableOperations: Array<Operation>, rotation: { id: string, state: RotationState, retireAt: string | null } | null, freshness: { asOf: string, source: FreshnessSource } } | null };

export type CreateClientSecretMutationVariables = Exact<{
  input: CreateClientSecretInput;
}>;


export type CreateClientSecretMutation = { createClientSecret:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string | null, retryable: boolean }
    | { __typename: 'CreateClientSecretSuccess', issued: { clientId: string, value: string, clientSecret: { id: string, hint: string | null, status: ClientSecretStatus, expiresAt: string | null } } }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string | null, retryable: boolean }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string | null, retryable: boolean, fields: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'LimitReachedError', code: ErrorCode, message: string, hint: string | null, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string | null, retryable: boolean }
    | { __typename: 'ProviderRejectedError', code: ErrorCode, message: string, hint: string | null, retryable: boolean }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, message: string, hint: string | null, retryable: boolean, applied: Applied, retryAfter: string | null }
    | { __typename: 'RateLimitedError', code: ErrorCode, message: string, hint: string | null, retryable: boolean }
    | { __typename: 'UnsupportedError', code: ErrorCode, message: string, hint: string | null, retryable: boolean }
   };

export type UpdateClientSecretMutationVariables = Exact<{
  input: UpdateClientSecretInput;
}>;


export type UpdateClientSecretMutation = { updateClientSecret:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ProviderRejectedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'RateLimitedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'UnsupportedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'UpdateClientSecretSuccess', clientSecret: { id: string, description: string | null, expiresAt: string | null } }
   };

export type DisableClientSecretMutationVariables = Exact<{
  input: DisableClientSecretInput;
}>;


export type DisableClientSecretMutation = { disableClientSecret:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'DisableClientSecretSuccess', clientSecret: { id: string, status: ClientSecretStatus } }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ProviderRejectedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'RateLimitedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'UnsupportedError', code: ErrorCode, message: string, hint: string | null }
   };

export type EnableClientSecretMutationVariables = Exact<{
  input: EnableClientSecretInput;
}>;


export type EnableClientSecretMutation = { enableClientSecret:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'EnableClientSecretSuccess', clientSecret: { id: string, status: ClientSecretStatus } }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ProviderRejectedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'RateLimitedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'UnsupportedError', code: ErrorCode, message: string, hint: string | null }
   };

export type RevokeClientSecretMutationVariables = Exact<{
  input: RevokeClientSecretInput;
}>;


export type RevokeClientSecretMutation = { revokeClientSecret:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ProviderRejectedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'RateLimitedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'RevokeClientSecretSuccess', effectiveBy: string, clientSecret: { id: string, status: ClientSecretStatus, revokedAt: string | null } }
    | { __typename: 'UnsupportedError', code: ErrorCode, message: string, hint: string | null }
   };

export type RevealClientSecretMutationVariables = Exact<{
  input: RevealClientSecretInput;
}>;


export type RevealClientSecretMutation = { revealClientSecret:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ProviderRejectedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'RateLimitedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'RevealClientSecretSuccess', issued: { clientId: string, value: string } }
    | { __typename: 'UnsupportedError', code: ErrorCode, message: string, hint: string | null }
   };

export type VerifyClientSecretMutationVariables = Exact<{
  input: VerifyClientSecretInput;
}>;


export type VerifyClientSecretMutation = { verifyClientSecret:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ProviderRejectedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'RateLimitedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'UnsupportedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'VerifyClientSecretSuccess', valid: boolean, reason: VerificationFailure | null, clientSecret: { id: string, useCount: number | null } | null }
   };

export type ClientQueryVariables = Exact<{
  provider: string;
  tenant: string;
  externalId: string;
}>;


export type ClientQuery = { client: { id: string, clientId: string, name: string, description: string | null, kind: ClientKind, enabled: boolean | null, redirectUris: Array<string>, availableOperations: Array<Operation>, identity: { id: string, name: string } | null, secrets: { nodes: Array<{ id: string, hint: string | null, status: ClientSecretStatus, expiresAt: string | null, lastUsedAt: string | null }> } | null } | null };

export type ClientsOfTenantQueryVariables = Exact<{
  tenant: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
  secrets?: number | null | undefined;
}>;


export type ClientsOfTenantQuery = { node:
    | { id: string, clients: { nodes: Array<{ id: string, clientId: string, name: string, secrets: { nodes: Array<{ id: string, hint: string | null, status: ClientSecretStatus, client: { id: string } }> } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null }
    | Record<PropertyKey, never>
   | null };

export type CreateClientMutationVariables = Exact<{
  input: CreateClientInput;
}>;


export type CreateClientMutation = { createClient:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'CreateClientSuccess', client: { id: string, externalId: string, clientId: string, name: string, kind: ClientKind }, issued: { value: string, clientSecret: { id: string } } | null }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string | null, fields: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'LimitReachedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ProviderRejectedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'RateLimitedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'UnsupportedError', code: ErrorCode, message: string, hint: string | null }
   };

export type UpdateClientMutationVariables = Exact<{
  input: UpdateClientInput;
}>;


export type UpdateClientMutation = { updateClient:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ProviderRejectedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'RateLimitedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'UnsupportedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'UpdateClientSuccess', client: { id: string, name: string, description: string | null, enabled: boolean | null, redirectUris: Array<string> } }
   };

export type DeleteClientMutationVariables = Exact<{
  input: DeleteClientInput;
}>;


export type DeleteClientMutation = { deleteClient:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'DeleteClientSuccess', deletedId: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ProviderRejectedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'RateLimitedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'UnsupportedError', code: ErrorCode, message: string, hint: string | null }
   };

export type DriftQueryVariables = Exact<{
  filter?: DriftEventFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type DriftQuery = { driftEvents: { totalCount: number | null, nodes: Array<{ id: string, kind: DriftKind, firstSeenAt: string, before: Record<string, unknown> | null, after: Record<string, unknown> | null, provider: { name: string }, tenant: { name: string }, client: { name: string } | null, clientSecret: { id: string, description: string | null, hint: string | null, status: ClientSecretStatus } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type IdentityQueryVariables = Exact<{
  provider: string;
  tenant: string;
  externalId: string;
}>;


export type IdentityQuery = { identity: { id: string, name: string, kind: IdentityKind, attributes: Record<string, unknown>, clients: { nodes: Array<{ id: string, clientId: string }> } | null } | null };

export type CreateIdentityMutationVariables = Exact<{
  input: CreateIdentityInput;
}>;


export type CreateIdentityMutation = { createIdentity:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'CreateIdentitySuccess', identity: { id: string, externalId: string, name: string, kind: IdentityKind } }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string | null, fields: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'LimitReachedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ProviderRejectedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'RateLimitedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'UnsupportedError', code: ErrorCode, message: string, hint: string | null }
   };

export type UpdateIdentityMutationVariables = Exact<{
  input: UpdateIdentityInput;
}>;


export type UpdateIdentityMutation = { updateIdentity:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ProviderRejectedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'RateLimitedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'UnsupportedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'UpdateIdentitySuccess', identity: { id: string, name: string, attributes: Record<string, unknown> } }
   };

export type DeleteIdentityMutationVariables = Exact<{
  input: DeleteIdentityInput;
}>;


export type DeleteIdentityMutation = { deleteIdentity:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'DeleteIdentitySuccess', deletedId: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ProviderRejectedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'RateLimitedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'UnsupportedError', code: ErrorCode, message: string, hint: string | null }
   };

export type ProvidersQueryVariables = Exact<{ [key: string]: never; }>;


export type ProvidersQuery = { providers: Array<{ id: string, name: string, kind: ProviderKind, capabilities: { operations: Array<Operation>, secretRetrieval: SecretRetrieval, rotation: RotationSupport, maxActiveSecretsPerClient: number | null, minSecretLifetime: string | null, maxSecretLifetime: string | null, supportsSecretExpiry: boolean, revocationDelay: string }, health: { status: ProviderStatus, checkedAt: string | null, latencyMs: number | null, message: string | null, breaker: BreakerState, lastError: ErrorCode | null, lastErrorMessage: string | null, lastErrorAt: string | null } }> };

export type ProviderQueryVariables = Exact<{
  name: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ProviderQuery = { provider: { id: string, name: string, kind: ProviderKind, tenants: { nodes: Array<{ id: string, name: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null };

export type RotationsQueryVariables = Exact<{
  filter?: RotationFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type RotationsQuery = { rotations: { totalCount: number | null, nodes: Array<{ id: string, state: RotationState, startedAt: string, retireAt: string | null, completedAt: string | null, attempts: number, lastError: string | null, client: { id: string, name: string }, oldSecret: { id: string, status: ClientSecretStatus } | null, newSecret: { id: string, status: ClientSecretStatus } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type RotateClientSecretMutationVariables = Exact<{
  input: RotateClientSecretInput;
}>;


export type RotateClientSecretMutation = { rotateClientSecret:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string | null, retryable: boolean }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string | null, retryable: boolean }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string | null, retryable: boolean }
    | { __typename: 'LimitReachedError', code: ErrorCode, message: string, hint: string | null, retryable: boolean, limit: number }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string | null, retryable: boolean }
    | { __typename: 'ProviderRejectedError', code: ErrorCode, message: string, hint: string | null, retryable: boolean }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, message: string, hint: string | null, retryable: boolean, applied: Applied, retryAfter: string | null }
    | { __typename: 'RateLimitedError', code: ErrorCode, message: string, hint: string | null, retryable: boolean }
    | { __typename: 'RotateClientSecretSuccess', rotation: { id: string, state: RotationState, retireAt: string | null }, issued: { clientId: string, value: string, clientSecret: { id: string, status: ClientSecretStatus, expiresAt: string | null } } }
    | { __typename: 'UnsupportedError', code: ErrorCode, message: string, hint: string | null, retryable: boolean }
   };

export type CompleteRotationMutationVariables = Exact<{
  input: CompleteRotationInput;
}>;


export type CompleteRotationMutation = { completeRotation:
    | { __typename: 'CompleteRotationSuccess', rotation: { id: string, state: RotationState, completedAt: string | null } }
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ProviderRejectedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'RateLimitedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'UnsupportedError', code: ErrorCode, message: string, hint: string | null }
   };

export type CancelRotationMutationVariables = Exact<{
  input: CancelRotationInput;
}>;


export type CancelRotationMutation = { cancelRotation:
    | { __typename: 'CancelRotationSuccess', rotation: { id: string, state: RotationState, completedAt: string | null } }
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ProviderRejectedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'RateLimitedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'UnsupportedError', code: ErrorCode, message: string, hint: string | null }
   };

export type TenantsQueryVariables = Exact<{
  providers?: Array<string> | string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type TenantsQuery = { tenants: { totalCount: number | null, edges: Array<{ cursor: string, node: { id: string, externalId: string, name: string, description: string | null, enabled: boolean | null, provider: { name: string } } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, failures: Array<{ code: ErrorCode, message: string, retryable: boolean, provider: { name: string } }> } };

export type TenantQueryVariables = Exact<{
  provider: string;
  externalId: string;
}>;


export type TenantQuery = { tenant: { id: string, name: string, identities: { nodes: Array<{ id: string, name: string, kind: IdentityKind }> } | null, clients: { totalCount: number | null, nodes: Array<{ id: string, name: string, clientId: string, kind: ClientKind, availableOperations: Array<Operation> }> } | null } | null };

export type NodeQueryVariables = Exact<{
  id: string;
}>;


export type NodeQuery = { node:
    | { __typename: 'AccessToken', id: string }
    | { __typename: 'AuditEvent', id: string }
    | { __typename: 'Client', name: string, clientId: string, id: string }
    | { __typename: 'ClientSecret', hint: string | null, status: ClientSecretStatus, id: string }
    | { __typename: 'DriftEvent', id: string }
    | { __typename: 'Identity', name: string, id: string }
    | { __typename: 'Provider', id: string }
    | { __typename: 'Rotation', id: string }
    | { __typename: 'Tenant', name: string, id: string }
   | null };

export type CreateTenantMutationVariables = Exact<{
  input: CreateTenantInput;
}>;


export type CreateTenantMutation = { createTenant:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'CreateTenantSuccess', tenant: { id: string, externalId: string, name: string, description: string | null } }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string | null, fields: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'LimitReachedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ProviderRejectedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'RateLimitedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'UnsupportedError', code: ErrorCode, message: string, hint: string | null }
   };

export type UpdateTenantMutationVariables = Exact<{
  input: UpdateTenantInput;
}>;


export type UpdateTenantMutation = { updateTenant:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ProviderRejectedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'RateLimitedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'UnsupportedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'UpdateTenantSuccess', tenant: { id: string, name: string, description: string | null, enabled: boolean | null } }
   };

export type DeleteTenantMutationVariables = Exact<{
  input: DeleteTenantInput;
}>;


export type DeleteTenantMutation = { deleteTenant:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'DeleteTenantSuccess', deletedId: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ProviderRejectedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'RateLimitedError', code: ErrorCode, message: string, hint: string | null }
    | { __typename: 'UnsupportedError', code: ErrorCode, message: string, hint: string | null }
   };

export type WhatExpiresQueryVariables = Exact<{
  filter?: ClientSecretFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type WhatExpiresQuery = { clientSecrets: { totalCount: number | null, nodes: Array<{ id: string, description: string | null, hint: string | null, status: ClientSecretStatus, expiresAt: string | null, lastUsedAt: string | null, client: { name: string, clientId: string }, tenant: { name: string }, provider: { name: string, kind: ProviderKind }, freshness: { asOf: string, source: FreshnessSource } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, failures: Array<{ code: ErrorCode, message: string, since: string | null, provider: { name: string } }> } };

export type WhatWasValidQueryVariables = Exact<{
  asOf: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type WhatWasValidQuery = { clientSecrets: { nodes: Array<{ id: string, hint: string | null, status: ClientSecretStatus, expiresAt: string | null, client: { name: string }, provider: { name: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type AllClientsQueryVariables = Exact<{
  filter?: ClientFilter | null | undefined;
  orderBy?: ClientOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type AllClientsQuery = { clients: { totalCount: number | null, nodes: Array<{ id: string, name: string, clientId: string, kind: ClientKind, enabled: boolean | null, tenant: { name: string }, provider: { name: string }, freshness: { asOf: string, source: FreshnessSource } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, failures: Array<{ message: string, since: string | null, provider: { name: string } }> } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const FirstLookDocument = new TypedDocumentString(`
    query FirstLook {
  viewer {
    name
    roles {
      role
      provider
      tenant
    }
  }
  providers {
    name
    kind
    health {
      status
      message
    }
    capabilities {
      rotation
      secretRetrieval
      revocationDelay
    }
  }
  tenants(first: 10) {
    nodes {
      name
      provider {
        name
        kind
      }
      clients(first: 5) {
        nodes {
          name
          clientId
          secrets(first: 5) {
            nodes {
              hint
              status
              expiresAt
            }
          }
        }
      }
    }
    failures {
      provider {
        name
      }
      message
    }
  }
}
    `) as unknown as TypedDocumentString<FirstLookQuery, FirstLookQueryVariables>;
export const AccessTokensDocument = new TypedDocumentString(`
    query AccessTokens($first: Int, $after: String) {
  accessTokens(first: $first, after: $after) {
    nodes {
      id
      name
      hint
      roles {
        role
        provider
        tenant
      }
      expiresAt
      lastUsedAt
      revokedAt
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<AccessTokensQuery, AccessTokensQueryVariables>;
export const CreateAccessTokenDocument = new TypedDocumentString(`
    mutation CreateAccessToken($input: CreateAccessTokenInput!) {
  createAccessToken(input: $input) {
    __typename
    ... on CreateAccessTokenSuccess {
      value
      accessToken {
        id
        hint
        expiresAt
      }
    }
    ... on GatewayError {
      code
      message
      hint
    }
    ... on InvalidInputError {
      fields {
        path
        message
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CreateAccessTokenMutation, CreateAccessTokenMutationVariables>;
export const RevokeAccessTokenDocument = new TypedDocumentString(`
    mutation RevokeAccessToken($input: RevokeAccessTokenInput!) {
  revokeAccessToken(input: $input) {
    __typename
    ... on RevokeAccessTokenSuccess {
      accessToken {
        id
        revokedAt
      }
    }
    ... on GatewayError {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<RevokeAccessTokenMutation, RevokeAccessTokenMutationVariables>;
export const AuditEventsDocument = new TypedDocumentString(`
    query AuditEvents($filter: AuditEventFilter, $first: Int, $after: String, $last: Int, $before: String) {
  auditEvents(
    filter: $filter
    first: $first
    after: $after
    last: $last
    before: $before
  ) {
    nodes {
      id
      sequence
      at
      actor
      action
      subject
      provider
      outcome
      code
      requestId
      reason
      hash
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
    totalCount
  }
}
    `) as unknown as TypedDocumentString<AuditEventsQuery, AuditEventsQueryVariables>;
export const ClientSecretDocument = new TypedDocumentString(`
    query ClientSecret($provider: String!, $tenant: String!, $client: String!, $externalId: String!, $maxStaleness: Duration) {
  clientSecret(
    provider: $provider
    tenant: $tenant
    client: $client
    externalId: $externalId
    maxStaleness: $maxStaleness
  ) {
    id
    description
    hint
    status
    createdAt
    expiresAt
    lastUsedAt
    revokedAt
    useCount
    maxUses
    retrievable
    availableOperations
    rotation {
      id
      state
      retireAt
    }
    freshness {
      asOf
      source
    }
  }
}
    `) as unknown as TypedDocumentString<ClientSecretQuery, ClientSecretQueryVariables>;
export const CreateClientSecretDocument = new TypedDocumentString(`
    mutation CreateClientSecret($input: CreateClientSecretInput!) {
  createClientSecret(input: $input) {
    __typename
    ... on CreateClientSecretSuccess {
      issued {
        clientId
        value
        clientSecret {
          id
          hint
          status
          expiresAt
        }
      }
    }
    ... on GatewayError {
      code
      message
      hint
      retryable
    }
    ... on ProviderUnavailableError {
      applied
      retryAfter
    }
    ... on InvalidInputError {
      fields {
        path
        message
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CreateClientSecretMutation, CreateClientSecretMutationVariables>;
export const UpdateClientSecretDocument = new TypedDocumentString(`
    mutation UpdateClientSecret($input: UpdateClientSecretInput!) {
  updateClientSecret(input: $input) {
    __typename
    ... on UpdateClientSecretSuccess {
      clientSecret {
        id
        description
        expiresAt
      }
    }
    ... on GatewayError {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateClientSecretMutation, UpdateClientSecretMutationVariables>;
export const DisableClientSecretDocument = new TypedDocumentString(`
    mutation DisableClientSecret($input: DisableClientSecretInput!) {
  disableClientSecret(input: $input) {
    __typename
    ... on DisableClientSecretSuccess {
      clientSecret {
        id
        status
      }
    }
    ... on GatewayError {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<DisableClientSecretMutation, DisableClientSecretMutationVariables>;
export const EnableClientSecretDocument = new TypedDocumentString(`
    mutation EnableClientSecret($input: EnableClientSecretInput!) {
  enableClientSecret(input: $input) {
    __typename
    ... on EnableClientSecretSuccess {
      clientSecret {
        id
        status
      }
    }
    ... on GatewayError {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<EnableClientSecretMutation, EnableClientSecretMutationVariables>;
export const RevokeClientSecretDocument = new TypedDocumentString(`
    mutation RevokeClientSecret($input: RevokeClientSecretInput!) {
  revokeClientSecret(input: $input) {
    __typename
    ... on RevokeClientSecretSuccess {
      effectiveBy
      clientSecret {
        id
        status
        revokedAt
      }
    }
    ... on GatewayError {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<RevokeClientSecretMutation, RevokeClientSecretMutationVariables>;
export const RevealClientSecretDocument = new TypedDocumentString(`
    mutation RevealClientSecret($input: RevealClientSecretInput!) {
  revealClientSecret(input: $input) {
    __typename
    ... on RevealClientSecretSuccess {
      issued {
        clientId
        value
      }
    }
    ... on GatewayError {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<RevealClientSecretMutation, RevealClientSecretMutationVariables>;
export const VerifyClientSecretDocument = new TypedDocumentString(`
    mutation VerifyClientSecret($input: VerifyClientSecretInput!) {
  verifyClientSecret(input: $input) {
    __typename
    ... on VerifyClientSecretSuccess {
      valid
      reason
      clientSecret {
        id
        useCount
      }
    }
    ... on GatewayError {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<VerifyClientSecretMutation, VerifyClientSecretMutationVariables>;
export const ClientDocument = new TypedDocumentString(`
    query Client($provider: String!, $tenant: String!, $externalId: String!) {
  client(provider: $provider, tenant: $tenant, externalId: $externalId) {
    id
    clientId
    name
    description
    kind
    enabled
    redirectUris
    availableOperations
    identity {
      id
      name
    }
    secrets(status: [ACTIVE], first: 10) {
      nodes {
        id
        hint
        status
        expiresAt
        lastUsedAt
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ClientQuery, ClientQueryVariables>;
export const ClientsOfTenantDocument = new TypedDocumentString(`
    query ClientsOfTenant($tenant: ID!, $first: Int, $after: String, $secrets: Int) {
  node(id: $tenant) {
    ... on Tenant {
      id
      clients(first: $first, after: $after) {
        nodes {
          id
          clientId
          name
          secrets(first: $secrets) {
            nodes {
              id
              hint
              status
              client {
                id
              }
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ClientsOfTenantQuery, ClientsOfTenantQueryVariables>;
export const CreateClientDocument = new TypedDocumentString(`
    mutation CreateClient($input: CreateClientInput!) {
  createClient(input: $input) {
    __typename
    ... on CreateClientSuccess {
      client {
        id
        externalId
        clientId
        name
        kind
      }
      issued {
        value
        clientSecret {
          id
        }
      }
    }
    ... on GatewayError {
      code
      message
      hint
    }
    ... on InvalidInputError {
      fields {
        path
        message
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CreateClientMutation, CreateClientMutationVariables>;
export const UpdateClientDocument = new TypedDocumentString(`
    mutation UpdateClient($input: UpdateClientInput!) {
  updateClient(input: $input) {
    __typename
    ... on UpdateClientSuccess {
      client {
        id
        name
        description
        enabled
        redirectUris
      }
    }
    ... on GatewayError {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateClientMutation, UpdateClientMutationVariables>;
export const DeleteClientDocument = new TypedDocumentString(`
    mutation DeleteClient($input: DeleteClientInput!) {
  deleteClient(input: $input) {
    __typename
    ... on DeleteClientSuccess {
      deletedId
    }
    ... on GatewayError {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteClientMutation, DeleteClientMutationVariables>;
export const DriftDocument = new TypedDocumentString(`
    query Drift($filter: DriftEventFilter, $first: Int, $after: String) {
  driftEvents(filter: $filter, first: $first, after: $after) {
    nodes {
      id
      kind
      firstSeenAt
      before
      after
      provider {
        name
      }
      tenant {
        name
      }
      client {
        name
      }
      clientSecret {
        id
        description
        hint
        status
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    totalCount
  }
}
    `) as unknown as TypedDocumentString<DriftQuery, DriftQueryVariables>;
export const IdentityDocument = new TypedDocumentString(`
    query Identity($provider: String!, $tenant: String!, $externalId: String!) {
  identity(provider: $provider, tenant: $tenant, externalId: $externalId) {
    id
    name
    kind
    attributes
    clients(first: 10) {
      nodes {
        id
        clientId
      }
    }
  }
}
    `) as unknown as TypedDocumentString<IdentityQuery, IdentityQueryVariables>;
export const CreateIdentityDocument = new TypedDocumentString(`
    mutation CreateIdentity($input: CreateIdentityInput!) {
  createIdentity(input: $input) {
    __typename
    ... on CreateIdentitySuccess {
      identity {
        id
        externalId
        name
        kind
      }
    }
    ... on GatewayError {
      code
      message
      hint
    }
    ... on InvalidInputError {
      fields {
        path
        message
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CreateIdentityMutation, CreateIdentityMutationVariables>;
export const UpdateIdentityDocument = new TypedDocumentString(`
    mutation UpdateIdentity($input: UpdateIdentityInput!) {
  updateIdentity(input: $input) {
    __typename
    ... on UpdateIdentitySuccess {
      identity {
        id
        name
        attributes
      }
    }
    ... on GatewayError {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateIdentityMutation, UpdateIdentityMutationVariables>;
export const DeleteIdentityDocument = new TypedDocumentString(`
    mutation DeleteIdentity($input: DeleteIdentityInput!) {
  deleteIdentity(input: $input) {
    __typename
    ... on DeleteIdentitySuccess {
      deletedId
    }
    ... on GatewayError {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteIdentityMutation, DeleteIdentityMutationVariables>;
export const ProvidersDocument = new TypedDocumentString(`
    query Providers {
  providers {
    id
    name
    kind
    capabilities {
      operations
      secretRetrieval
      rotation
      maxActiveSecretsPerClient
      minSecretLifetime
      maxSecretLifetime
      supportsSecretExpiry
      revocationDelay
    }
    health {
      status
      checkedAt
      latencyMs
      message
      breaker
      lastError
      lastErrorMessage
      lastErrorAt
    }
  }
}
    `) as unknown as TypedDocumentString<ProvidersQuery, ProvidersQueryVariables>;
export const ProviderDocument = new TypedDocumentString(`
    query Provider($name: String!, $first: Int, $after: String) {
  provider(name: $name) {
    id
    name
    kind
    tenants(first: $first, after: $after) {
      nodes {
        id
        name
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ProviderQuery, ProviderQueryVariables>;
export const RotationsDocument = new TypedDocumentString(`
    query Rotations($filter: RotationFilter, $first: Int, $after: String) {
  rotations(filter: $filter, first: $first, after: $after) {
    nodes {
      id
      state
      client {
        id
        name
      }
      oldSecret {
        id
        status
      }
      newSecret {
        id
        status
      }
      startedAt
      retireAt
      completedAt
      attempts
      lastError
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    totalCount
  }
}
    `) as unknown as TypedDocumentString<RotationsQuery, RotationsQueryVariables>;
export const RotateClientSecretDocument = new TypedDocumentString(`
    mutation RotateClientSecret($input: RotateClientSecretInput!) {
  rotateClientSecret(input: $input) {
    __typename
    ... on RotateClientSecretSuccess {
      rotation {
        id
        state
        retireAt
      }
      issued {
        clientId
        value
        clientSecret {
          id
          status
          expiresAt
        }
      }
    }
    ... on GatewayError {
      code
      message
      hint
      retryable
    }
    ... on ProviderUnavailableError {
      applied
      retryAfter
    }
    ... on LimitReachedError {
      limit
    }
  }
}
    `) as unknown as TypedDocumentString<RotateClientSecretMutation, RotateClientSecretMutationVariables>;
export const CompleteRotationDocument = new TypedDocumentString(`
    mutation CompleteRotation($input: CompleteRotationInput!) {
  completeRotation(input: $input) {
    __typename
    ... on CompleteRotationSuccess {
      rotation {
        id
        state
        completedAt
      }
    }
    ... on GatewayError {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<CompleteRotationMutation, CompleteRotationMutationVariables>;
export const CancelRotationDocument = new TypedDocumentString(`
    mutation CancelRotation($input: CancelRotationInput!) {
  cancelRotation(input: $input) {
    __typename
    ... on CancelRotationSuccess {
      rotation {
        id
        state
        completedAt
      }
    }
    ... on GatewayError {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<CancelRotationMutation, CancelRotationMutationVariables>;
export const TenantsDocument = new TypedDocumentString(`
    query Tenants($providers: [String!], $first: Int, $after: String, $last: Int, $before: String) {
  tenants(
    providers: $providers
    first: $first
    after: $after
    last: $last
    before: $before
  ) {
    edges {
      cursor
      node {
        id
        externalId
        name
        description
        enabled
        provider {
          name
        }
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
    totalCount
    failures {
      provider {
        name
      }
      code
      message
      retryable
    }
  }
}
    `) as unknown as TypedDocumentString<TenantsQuery, TenantsQueryVariables>;
export const TenantDocument = new TypedDocumentString(`
    query Tenant($provider: String!, $externalId: String!) {
  tenant(provider: $provider, externalId: $externalId) {
    id
    name
    identities(first: 10) {
      nodes {
        id
        name
        kind
      }
    }
    clients(first: 10) {
      nodes {
        id
        name
        clientId
        kind
        availableOperations
      }
      totalCount
    }
  }
}
    `) as unknown as TypedDocumentString<TenantQuery, TenantQueryVariables>;
export const NodeDocument = new TypedDocumentString(`
    query Node($id: ID!) {
  node(id: $id) {
    __typename
    id
    ... on Tenant {
      name
    }
    ... on Identity {
      name
    }
    ... on Client {
      name
      clientId
    }
    ... on ClientSecret {
      hint
      status
    }
  }
}
    `) as unknown as TypedDocumentString<NodeQuery, NodeQueryVariables>;
export const CreateTenantDocument = new TypedDocumentString(`
    mutation CreateTenant($input: CreateTenantInput!) {
  createTenant(input: $input) {
    __typename
    ... on CreateTenantSuccess {
      tenant {
        id
        externalId
        name
        description
      }
    }
    ... on GatewayError {
      code
      message
      hint
    }
    ... on InvalidInputError {
      fields {
        path
        message
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CreateTenantMutation, CreateTenantMutationVariables>;
export const UpdateTenantDocument = new TypedDocumentString(`
    mutation UpdateTenant($input: UpdateTenantInput!) {
  updateTenant(input: $input) {
    __typename
    ... on UpdateTenantSuccess {
      tenant {
        id
        name
        description
        enabled
      }
    }
    ... on GatewayError {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateTenantMutation, UpdateTenantMutationVariables>;
export const DeleteTenantDocument = new TypedDocumentString(`
    mutation DeleteTenant($input: DeleteTenantInput!) {
  deleteTenant(input: $input) {
    __typename
    ... on DeleteTenantSuccess {
      deletedId
    }
    ... on GatewayError {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteTenantMutation, DeleteTenantMutationVariables>;
export const WhatExpiresDocument = new TypedDocumentString(`
    query WhatExpires($filter: ClientSecretFilter = {expiresWithin: "P14D"}, $first: Int, $after: String) {
  clientSecrets(
    filter: $filter
    orderBy: {field: EXPIRES_AT}
    first: $first
    after: $after
  ) {
    nodes {
      id
      description
      hint
      status
      expiresAt
      lastUsedAt
      client {
        name
        clientId
      }
      tenant {
        name
      }
      provider {
        name
        kind
      }
      freshness {
        asOf
        source
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    totalCount
    failures {
      provider {
        name
      }
      code
      message
      since
    }
  }
}
    `) as unknown as TypedDocumentString<WhatExpiresQuery, WhatExpiresQueryVariables>;
export const WhatWasValidDocument = new TypedDocumentString(`
    query WhatWasValid($asOf: DateTime!, $first: Int, $after: String) {
  clientSecrets(
    asOf: $asOf
    filter: {status: [ACTIVE]}
    first: $first
    after: $after
  ) {
    nodes {
      id
      hint
      status
      expiresAt
      client {
        name
      }
      provider {
        name
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<WhatWasValidQuery, WhatWasValidQueryVariables>;
export const AllClientsDocument = new TypedDocumentString(`
    query AllClients($filter: ClientFilter, $orderBy: ClientOrder, $first: Int, $after: String) {
  clients(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
    nodes {
      id
      name
      clientId
      kind
      enabled
      tenant {
        name
      }
      provider {
        name
      }
      freshness {
        asOf
        source
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    totalCount
    failures {
      provider {
        name
      }
      message
      since
    }
  }
}
    `) as unknown as TypedDocumentString<AllClientsQuery, AllClientsQueryVariables>;