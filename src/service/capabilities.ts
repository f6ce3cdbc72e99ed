import { permits, type Actor, type Role } from '../domain/actor.ts';
import type { Client } from '../domain/client.ts';
import { isLive, type ClientSecret } from '../domain/client-secret.ts';
import { UnsupportedError } from '../domain/gateway-error.ts';
import type { ClientId, ClientSecretId } from '../domain/ids.ts';
import { OPERATIONS, type Operation } from '../domain/operation.ts';
import type { Provider, Writes } from '../provider-kit/provider.ts';
import type { Capabilities } from './provider-view.ts';

/** What each operation asks of the adapter: any of these, each of one method, or of the two that it is made of. */
const WAYS: Readonly<Record<Operation, readonly (readonly (keyof Writes)[])[]>> = {
  CREATE_TENANT: [['createTenant']],
  UPDATE_TENANT: [['updateTenant']],
  DELETE_TENANT: [['deleteTenant']],
  CREATE_IDENTITY: [['createIdentity']],
  UPDATE_IDENTITY: [['updateIdentity']],
  DELETE_IDENTITY: [['deleteIdentity']],
  CREATE_CLIENT: [['createClient']],
  UPDATE_CLIENT: [['updateClient']],
  DELETE_CLIENT: [['deleteClient']],
  CREATE_CLIENT_SECRET: [['createSecret']],
  UPDATE_CLIENT_SECRET: [['updateSecret']],
  DISABLE_CLIENT_SECRET: [['disableSecret']],
  ENABLE_CLIENT_SECRET: [['enableSecret']],
  ROTATE_CLIENT_SECRET: [['createSecret', 'revokeSecret'], ['replaceSecret']],
  REVOKE_CLIENT_SECRET: [['revokeSecret']],
  REVEAL_CLIENT_SECRET: [['revealSecret']],
  VERIFY_CLIENT_SECRET: [['verifySecret']],
};

const ROLE: Readonly<Partial<Record<Operation, Role>>> = {
  REVEAL_CLIENT_SECRET: 'REVEALER',
  VERIFY_CLIENT_SECRET: 'READER',
};

/** Who may do it: an operator, but for revealing and verifying. */
export function roleFor(operation: Operation): Role {
  return ROLE[operation] ?? 'OPERATOR';
}

/** Of this object, where one is given; else of any that the provider has. */
function can(provider: Provider, operation: Operation, id?: ClientId | ClientSecretId): boolean {
  const lacking = (id && provider.lacking?.(id)) ?? {};
  return WAYS[operation].some((methods) =>
    methods.every((method) => provider[method] !== undefined && lacking[method] === undefined),
  );
}

/**
 * The provider's method, or an UnsupportedError that names what can be done instead: also where only the object that
 * is given lacks it.
 */
export function required<M extends keyof Writes>(
  provider: Provider,
  method: M,
  operation: Operation,
  id?: ClientId | ClientSecretId,
): NonNullable<Provider[M]> {
  const found = provider[method];
  if (!found) throw unsupported('This provider', operation, provider.traits.instead[method]);
  const instead = id && provider.lacking?.(id)[method];
  if (instead !== undefined) throw unsupported('This client', operation, instead);
  return found;
}

function unsupported(who: string, operation: Operation, hint: string | undefined): UnsupportedError {
  return new UnsupportedError(`${who} does not offer this operation.`, operation, { hint: hint ?? null });
}

/** Is rotation one new value in the only slot, rather than a second secret beside the first? */
export function rotatesInPlace({ createSecret, revokeSecret }: Provider): boolean {
  return createSecret === undefined || revokeSecret === undefined;
}

/** Computed from the adapter itself. */
export function capabilitiesOf(provider: Provider): Capabilities {
  const { maxActiveSecrets, secretLifetime, retrieval, revocationDelayMs } = provider.traits;
  return {
    operations: OPERATIONS.filter((operation) => can(provider, operation)),
    secretRetrieval: retrieval,
    rotation: rotationSupport(provider),
    maxActiveSecretsPerClient: maxActiveSecrets,
    minSecretLifetimeMs: secretLifetime?.minMs ?? null,
    maxSecretLifetimeMs: secretLifetime?.maxMs ?? null,
    supportsSecretExpiry: secretLifetime !== null,
    revocationDelayMs,
  };
}

function rotationSupport(provider: Provider): Capabilities['rotation'] {
  if (!can(provider, 'ROTATE_CLIENT_SECRET')) return 'NONE';
  return rotatesInPlace(provider) && provider.traits.replacement !== 'OVERLAP' ? 'REPLACE' : 'OVERLAP';
}

const ON_CLIENT: readonly Operation[] = [
  'UPDATE_CLIENT',
  'DELETE_CLIENT',
  'CREATE_CLIENT_SECRET',
  'VERIFY_CLIENT_SECRET',
];

export function clientOperations(provider: Provider, actor: Actor, { id }: Client): readonly Operation[] {
  return ON_CLIENT.filter(
    (operation) => can(provider, operation, id) && permits(actor, roleFor(operation), id),
  );
}

/** What a secret's state still allows. */
const ON_SECRET: Readonly<Partial<Record<Operation, (secret: ClientSecret) => boolean>>> = {
  UPDATE_CLIENT_SECRET: ({ status }) => status !== 'REVOKED',
  DISABLE_CLIENT_SECRET: ({ status }) => status === 'ACTIVE',
  ENABLE_CLIENT_SECRET: ({ status }) => status === 'DISABLED',
  ROTATE_CLIENT_SECRET: ({ status }) => isLive(status),
  REVOKE_CLIENT_SECRET: ({ status }) => status !== 'REVOKED',
  REVEAL_CLIENT_SECRET: ({ status, retrievable }) => retrievable && status !== 'REVOKED',
};

export function secretOperations(
  provider: Provider,
  actor: Actor,
  secret: ClientSecret,
): readonly Operation[] {
  return OPERATIONS.filter(
    (operation) =>
      ON_SECRET[operation]?.(secret) === true &&
      can(provider, operation, secret.id) &&
      permits(actor, roleFor(operation), secret.id),
  );
}
