import { randomUUID } from 'node:crypto';
import type { Client } from '../../src/domain/client.ts';
import type { ClientSecret } from '../../src/domain/client-secret.ts';
import type { Clock } from '../../src/domain/clock.ts';
import { liveAt } from '../../src/domain/freshness.ts';
import type { ClientId, ClientSecretId } from '../../src/domain/ids.ts';
import { EMPTY_PAGE, pageOf } from '../../src/domain/page.ts';
import { SecretValue } from '../../src/domain/secret-value.ts';
import type { Tenant } from '../../src/domain/tenant.ts';
import { ProviderError } from '../../src/provider-kit/provider-error.ts';
import type { NewSecret, Provider, Traits, Writes } from '../../src/provider-kit/provider.ts';

type Method = keyof Writes | 'listTenants' | 'getSecrets' | 'listSecrets';

/** A vendor in memory that can be told to fail, or to act and lose its answer. One tenant `t`, one client `c`. */
export interface Toy {
  readonly provider: Provider;
  /** Every write that reached the vendor. */
  readonly writes: readonly string[];
  readonly secrets: readonly ClientSecret[];
  /** The next calls of this method do not act and fail, or act and lose their answer. */
  fail(method: Method, how: 'refused' | 'down' | 'lost', times?: number): void;
  /** Gone without a trace. */
  purge(ids: readonly ClientSecretId[]): void;
  /** Runs inside the next call of this method, before it acts. */
  meanwhile(method: Method, run: () => Promise<void>): void;
}

export function createToy(name: string, clock: Clock, traits: Partial<Traits> = {}, tenants = ['t']): Toy {
  const secrets = new Map<string, ClientSecret>();
  const writes: string[] = [];
  const faults = new Map<Method, { how: 'refused' | 'down' | 'lost'; times: number }>();
  const hooks = new Map<Method, () => Promise<void>>();

  const call = async <T>(method: Method, act: () => T): Promise<T> => {
    const hook = hooks.get(method);
    hooks.delete(method);
    await hook?.();
    const fault = faults.get(method);
    if (fault !== undefined && fault.times > 0) {
      fault.times -= 1;
      if (fault.how === 'lost') act();
      throw new ProviderError(fault.how === 'refused' ? 'rejected' : 'unavailable', 'The toy says no.', {
        applied: fault.how === 'lost' ? 'maybe' : 'no',
        vendorRequestId: 'toy-1',
      });
    }
    return act();
  };
  const write = <T>(method: keyof Writes, act: () => T) =>
    call(method, () => {
      writes.push(method);
      return act();
    });

  const change = (id: ClientSecretId, part: Partial<ClientSecret>): ClientSecret => {
    const found = secrets.get(id.secret);
    if (found === undefined) throw new ProviderError('not_found', 'No such secret.');
    const changed = { ...found, ...part, updatedAt: clock.now() };
    secrets.set(id.secret, changed);
    return changed;
  };
  /** Expiry is derived as it is read, as vendors do. */
  const seen = (secret: ClientSecret): ClientSecret => {
    const expired =
      secret.expiresAt !== null && secret.expiresAt <= clock.now() && secret.status === 'ACTIVE';
    return expired ? { ...secret, status: 'EXPIRED' } : secret;
  };
  const create = (of: ClientId, input: NewSecret) => {
    const id = { provider: name, tenant: of.tenant, client: of.client, secret: randomUUID() };
    const secret: ClientSecret = {
      id,
      description: input.description,
      hint: null,
      status: 'ACTIVE',
      createdAt: clock.now(),
      updatedAt: null,
      expiresAt: input.expiresAt,
      lastUsedAt: null,
      revokedAt: null,
      useCount: null,
      maxUses: input.maxUses,
      retrievable: false,
      attributes: {},
      freshness: liveAt(clock.now()),
    };
    secrets.set(id.secret, secret);
    return { secret, clientId: of.client, value: new SecretValue(`toy-value-${id.secret}`) };
  };
  const tenant = (id: string): Tenant => ({
    id: { provider: name, tenant: id },
    name: `Tenant ${id}`,
    description: null,
    enabled: null,
    createdAt: null,
    updatedAt: null,
    attributes: {},
    freshness: liveAt(clock.now()),
  });
  const client = (id: ClientId): Client => ({
    id,
    identity: null,
    clientId: id.client,
    name: 'Client',
    description: null,
    kind: 'CLIENT_CREDENTIALS',
    enabled: null,
    redirectUris: [],
    createdAt: null,
    updatedAt: null,
    attributes: {},
    freshness: liveAt(clock.now()),
  });
  const byAge = (secret: ClientSecret) => `${secret.createdAt?.toISOString()}${secret.id.secret}`;

  return {
    provider: {
      name,
      traits: {
        maxActiveSecrets: null,
        minActiveSecrets: 0,
        secretLifetime: { minMs: null, maxMs: null, clearable: true },
        retrieval: 'ONCE',
        revocationDelayMs: 0,
        replacement: null,
        describesSecrets: true,
        instead: { createTenant: 'Make the tenant in the toy shop.' },
        ...traits,
      },
      getTenants: async (ids) => ids.map((id) => (tenants.includes(id.tenant) ? tenant(id.tenant) : null)),
      listTenants: (page) =>
        call('listTenants', () => pageOf(tenants.map(tenant), ({ id }) => id.tenant, page)),
      getIdentities: async (ids) => ids.map(() => null),
      listIdentities: async (of) => of.map(() => EMPTY_PAGE),
      getClients: async (ids) => ids.map((id) => (id.client === 'c' ? client(id) : null)),
      listClients: async (of, page) =>
        of.map((id) => pageOf([client({ ...id, client: 'c' })], (found) => found.id.client, page)),
      getSecrets: (ids) =>
        call('getSecrets', () =>
          ids.map((id) => {
            const found = secrets.get(id.secret);
            return found === undefined ? null : seen(found);
          }),
        ),
      listSecrets: (of, page) =>
        call('listSecrets', () =>
          of.map((id) => {
            const own = [...secrets.values()].map(seen).filter((secret) => secret.id.tenant === id.tenant);
            return pageOf(
              own.filter(({ status }) => page.status?.includes(status) ?? true),
              byAge,
              page,
            );
          }),
        ),
      createSecret: (of, input) => write('createSecret', () => create(of, input)),
      updateSecret: (id, changes) => write('updateSecret', () => change(id, changes)),
      disableSecret: (id) => write('disableSecret', () => change(id, { status: 'DISABLED' })),
      revokeSecret: (id) =>
        write('revokeSecret', () => change(id, { status: 'REVOKED', revokedAt: clock.now() })),
      deleteClient: () => write('deleteClient', () => undefined),
    },
    writes,
    get secrets() {
      return [...secrets.values()];
    },
    fail: (method, how, times = 1) => faults.set(method, { how, times }),
    purge: (ids) => ids.forEach(({ secret }) => secrets.delete(secret)),
    meanwhile: (method, run) => hooks.set(method, run),
  };
}
