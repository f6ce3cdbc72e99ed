import { permits, type Actor, type Role } from '../domain/actor.ts';
import type { Client } from '../domain/client.ts';
import { isLive, type ClientSecret } from '../domain/client-secret.ts';
import { UnsupportedError } from '../domain/gateway-error.ts';
import { OPERATIONS, type Operation } from '../domain/operation.ts';
import type { Provider, Writes } from '../provider-kit/provider.ts';
import type { Capabilities } from './provider-view.ts';

/** What each operation asks of the adapter: the method, or for rotation the two that it is made of. */
const NEEDS: Readonly<Record<Operation, readonly (keyof Writes)[]>> = {
  CREATE_TENANT: ['createTenant'],
  UPDATE_TENANT: ['updateTenant'],
  DELETE_TENANT: ['deleteTenant'],
  CREATE_IDENTITY: ['createIdentity'],
  UPDATE_IDENTITY: ['updateIdentity'],
  DELETE_IDENTITY: ['deleteIdentity'],
  CREATE_CLIENT: ['createClient'],
  UPDATE_CLIENT: ['updateClient'],
  DELETE_CLIENT: ['deleteClient'],
  CREATE_CLIENT_SECRET: ['createSecret'],
  UPDATE_CLIENT_SECRET: ['updateSecret'],
  DISABLE_CLIENT_SECRET: ['disableSecret'],
  ENABLE_CLIENT_SECRET: ['enableSecret'],
  ROTATE_CLIENT_SECRET: ['createSecret', 'revokeSecret'],
  REVOKE_CLIENT_SECRET: ['revokeSecret'],
  REVEAL_CLIENT_SECRET: ['revealSecret'],
  VERIFY_CLIENT_SECRET: ['verifySecret'],
};

const ROLE: Readonly<Partial<Record<Operation, Role>>> = {
  REVEAL_CLIENT_SECRET: 'REVEALER',
  VERIFY_CLIENT_SECRET: 'READER',
};

/** Who may do it: an operator, but for revealing and verifying. */
export function roleFor(operation: Operation): Role {
  return ROLE[operation] ?? 'OPERATOR';
}

function can(provider: Provider, operation: Operation): boolean {
  return NEEDS[operation].every((method) => provider[method] !== undefined);
}

/** The provider's method, or an UnsupportedError that names what can be done instead. */
export function required<M extends keyof Writes>(
  provider: Provider,
  method: M,
  operation: Operation,
): NonNullable<Provider[M]> {
  const found = provider[method];
  if (!found) {
    throw new UnsupportedError('This provider does not offer this operation.', operation, {
      hint: provider.traits.instead[method] ?? null,
    });
  }
  return found;
}

/** Computed from the adapter itself. */
export function capabilitiesOf(provider: Provider): Capabilities {
  const { maxActiveSecrets, secretLifetime, retrieval, revocationDelayMs } = provider.traits;
  return {
    operations: OPERATIONS.filter((operation) => can(provider, operation)),
    secretRetrieval: retrieval,
    rotation: can(provider, 'ROTATE_CLIENT_SECRET') ? 'OVERLAP' : 'NONE',
    maxActiveSecretsPerClient: maxActiveSecrets,
    minSecretLifetimeMs: secretLifetime?.minMs ?? null,
    maxSecretLifetimeMs: secretLifetime?.maxMs ?? null,
    supportsSecretExpiry: secretLifetime !== null,
    revocationDelayMs,
  };
}

const ON_CLIENT: readonly Operation[] = [
  'UPDATE_CLIENT',
  'DELETE_CLIENT',
  'CREATE_CLIENT_SECRET',
  'VERIFY_CLIENT_SECRET',
];

export function clientOperations(provider: Provider, actor: Actor, { id }: Client): readonly Operation[] {
  return ON_CLIENT.filter((operation) => can(provider, operation) && permits(actor, roleFor(operation), id));
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
      can(provider, operation) &&
      permits(actor, roleFor(operation), secret.id),
  );
}
