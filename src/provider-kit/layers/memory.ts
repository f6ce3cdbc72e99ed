import type { Clock } from '../../domain/clock.ts';
import type { ClientId, ClientSecretId, IdentityId, TenantId } from '../../domain/ids.ts';
import type { PageRequest } from '../../domain/page.ts';
import type { Provider, Reads, SecretPageRequest } from '../provider.ts';
import { ProviderError } from '../provider-error.ts';
import { Generations } from './memory/generations.ts';
import { rememberNodes, rememberPage, rememberPages } from './memory/remember-each.ts';

export interface MemoryOptions {
  readonly clock: Clock;
  /** How old an answer may be where the reader does not say. 0: nothing is remembered, whatever he says. */
  readonly memoryMs: number;
  /** Is every write heard of? While it is not, nothing is answered from memory, and no flight is joined. */
  readonly isInformed: () => boolean;
  /** How much is kept of each method: an answer counts one, and each node of a page one more. Default 5000. */
  readonly size?: number;
}

/** A short memory of what a provider answered, shared by all who read: what it answers does not depend on who asks. */
export interface Memory {
  /**
   * The reads of the provider. No answer comes of a read that began `maxStalenessMs` ago or earlier; null: as the
   * provider is configured; 0: all is asked for anew. That nothing is there is remembered for half a second at most; so
   * is that a read failed, from when it did.
   */
  reads(maxStalenessMs: number | null): Reads;
  /** What was read of the tenant, and which tenants there are, will be asked for anew. Null: of every tenant. */
  forget(tenant: string | null): void;
}

export function createMemory(provider: Provider, options: MemoryOptions): Memory {
  const { clock, memoryMs, isInformed, size = 5000 } = options;
  if (memoryMs === 0) return { reads: () => provider, forget() {} };
  const generations = new Generations();
  const world = { clock, generations, size };
  const getTenants = rememberNodes(world, (ids: readonly TenantId[], call) => provider.getTenants(ids, call));
  const getIdentities = rememberNodes(world, (ids: readonly IdentityId[], call) =>
    provider.getIdentities(ids, call),
  );
  const getClients = rememberNodes(world, (ids: readonly ClientId[], call) => provider.getClients(ids, call));
  const getSecrets = rememberNodes(world, (ids: readonly ClientSecretId[], call) =>
    provider.getSecrets(ids, call),
  );
  const listTenants = rememberPage(world, (page, call) => provider.listTenants(page, call));
  const listIdentities = rememberPages(world, (of: readonly TenantId[], page: PageRequest, call) =>
    provider.listIdentities(of, page, call),
  );
  const listClients = rememberPages(
    world,
    (of: readonly (TenantId | IdentityId)[], page: PageRequest, call) => provider.listClients(of, page, call),
  );
  const listSecrets = rememberPages(world, (of: readonly ClientId[], page: SecretPageRequest, call) =>
    provider.listSecrets(of, page, call),
  );

  return {
    reads(maxStalenessMs) {
      const maxAgeMs = () => (isInformed() ? (maxStalenessMs ?? memoryMs) : 0);
      return {
        getTenants: (ids, call) => getTenants(ids, call, maxAgeMs()),
        async listTenants(page, call) {
          const answer = await listTenants(page, call, maxAgeMs());
          if (answer instanceof ProviderError) throw answer;
          return answer;
        },
        getIdentities: (ids, call) => getIdentities(ids, call, maxAgeMs()),
        listIdentities: (of, page, call) => listIdentities(of, page, call, maxAgeMs()),
        getClients: (ids, call) => getClients(ids, call, maxAgeMs()),
        listClients: (of, page, call) => listClients(of, page, call, maxAgeMs()),
        getSecrets: (ids, call) => getSecrets(ids, call, maxAgeMs()),
        listSecrets: (of, page, call) => listSecrets(of, page, call, maxAgeMs()),
      };
    },
    forget: (tenant) => generations.next(tenant),
  };
}
