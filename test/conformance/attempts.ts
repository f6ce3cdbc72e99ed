import type { ClientId, ClientSecretId, IdentityId, TenantId } from '../../src/domain/ids.ts';
import type { Call, NewClient, Provider, Writes } from '../../src/provider-kit/provider.ts';
import { newSecretOf, REPLACEMENTS } from './answers.ts';
import { seedEndableSecret } from './endable-secret.ts';
import type { Facts, Stage } from './harness.ts';

/** Every write but the one that only looks; the compiler holds the list to the contract. */
type Attempted = Exclude<keyof Writes, 'verifySecret'>;

/** Something for each write to be done to, that no other write needs. */
export interface Place {
  readonly tenant: TenantId;
  /** With nothing in it, where the vendor has more than one. */
  readonly emptyTenant: TenantId;
  readonly identity: IdentityId;
  readonly client: ClientId;
  /** Of another client, which can do without it. */
  readonly secret: ClientSecretId;
  readonly value: string;
  readonly newClient: NewClient;
}

type Attempt = (
  provider: Provider,
  on: Place,
  call: Call,
  facts: Pick<Facts, 'changes' | 'replacementBy'>,
) => Promise<unknown> | undefined;

/** Each write as it should succeed. Undefined: it is absent. */
export const ATTEMPTS: Readonly<Record<Attempted, Attempt>> = {
  createTenant: (provider, _, call) => provider.createTenant?.({ name: 'one more', description: null }, call),
  updateTenant: (provider, { tenant }, call, { changes }) =>
    provider.updateTenant?.(tenant, changes.tenant ?? {}, call),
  deleteTenant: (provider, { emptyTenant }, call) => provider.deleteTenant?.(emptyTenant, call),
  createIdentity: (provider, { tenant }, call) =>
    provider.createIdentity?.(tenant, { name: 'one more', kind: 'MACHINE', attributes: null }, call),
  updateIdentity: (provider, { identity }, call, { changes }) =>
    provider.updateIdentity?.(identity, changes.identity ?? {}, call),
  deleteIdentity: (provider, { identity }, call) => provider.deleteIdentity?.(identity, call),
  createClient: (provider, { tenant, newClient }, call) => provider.createClient?.(tenant, newClient, call),
  updateClient: (provider, { client }, call, { changes }) =>
    provider.updateClient?.(client, changes.client ?? {}, call),
  deleteClient: (provider, { client }, call) => provider.deleteClient?.(client, call),
  createSecret: (provider, { client }, call) => provider.createSecret?.(client, newSecretOf(provider), call),
  updateSecret: (provider, { secret }, call, { changes }) =>
    provider.updateSecret?.(secret, changes.secret ?? {}, call),
  disableSecret: (provider, { secret }, call) => provider.disableSecret?.(secret, call),
  enableSecret: (provider, { secret }, call) => provider.enableSecret?.(secret, call),
  revokeSecret: (provider, { secret }, call) => provider.revokeSecret?.(secret, call),
  replaceSecret: (provider, { secret }, call, { replacementBy }) =>
    provider.replaceSecret?.(secret, REPLACEMENTS[replacementBy ?? 'vendor'], call),
  revealSecret: (provider, { secret }, call) => provider.revealSecret?.(secret, call),
};

export const ATTEMPTED = Object.keys(ATTEMPTS) as readonly Attempted[];

export async function seedPlace(stage: Stage): Promise<Place> {
  const { seeds } = stage;
  const tenant = await seeds.tenant();
  const { id: secret, value } = await seedEndableSecret(stage, await seeds.client(tenant));
  return {
    tenant,
    emptyTenant: await seeds.tenant(),
    identity: await seeds.identity(tenant),
    client: await seeds.client(tenant),
    secret,
    value,
    newClient: await seeds.newClient(tenant),
  };
}
