import { clientIdOf, type ClientId, type IdentityId, type TenantId } from '../../domain/ids.ts';
import { EMPTY_PAGE, mapPage, pageOf, type PageRequest } from '../../domain/page.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { joinId, splitId } from '../../provider-kit/compound-id.ts';
import { each } from '../../provider-kit/each.ts';
import { inBatches } from '../../provider-kit/in-batches.ts';
import { pageByOffset } from '../../provider-kit/offset-page.ts';
import { orNull } from '../../provider-kit/or-null.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import type { Call, Reads } from '../../provider-kit/provider.ts';
import { pageOfSecrets } from '../../provider-kit/secret-page.ts';
import { tenantTold } from '../../provider-kit/told.ts';
import { missing, type Kind } from './api.ts';
import { replies } from './replies.ts';
import type { Deployment } from './tenants.ts';
import { clientOf, identityOf, secretOf, tenantOf } from './translate.ts';

/** So many ids make a URL that every server takes. */
const AT_ONCE = 100;

/**
 * Requests to the vendor: 1 for each tenant; for clients and users 1 for each hundred ids of one kind in one tenant, in
 * v1-preview 1 for each, as for automation identities; 1 or 2 for a page of these; 1 for the secrets of a client.
 */
export function createReads({ all, to, dialect, clock }: Deployment): Reads {
  const getTenant = async (id: TenantId, call: Call) => {
    const { root, get, list } = to(id).reads;
    if (dialect === 'v1') return tenantOf(id, await get(root, replies.tenant, call), clock.now());
    // v1-preview has no page of a tenant, but that its clients can be listed shows that it is there.
    await list('cc', 0, 1, call);
    return bare(id, clock.now());
  };
  /** Of clients, or of identities in their place: those of one kind in one tenant are asked for together. */
  const finderOf = (ids: readonly ClientId[], call: Call) => {
    const find = inBatches(ids, AT_ONCE, groupOf, async (group, batch) => {
      const [kind = 'cc'] = batch.map((id) => split(id).kind);
      const own = batch.map((id) => split(id).id);
      const told = await to(group).reads.findMany(kind, own, call);
      return { items: batch.map((id, i) => ({ id, told: told[i] ?? null })), total: batch.length };
    });
    return async (id: ClientId) => {
      const { kind, id: own } = split(id);
      const isAlone = dialect !== 'v1' || kind === 'auto';
      const told = isAlone ? await to(id).reads.find(kind, own, call) : ((await find(id))?.told ?? null);
      if (told instanceof ProviderError) throw told;
      return told;
    };
  };
  /** Those of the first kind, and then those of the second. */
  const pageOfKinds = (kinds: readonly Kind[], of: TenantId, page: PageRequest, call: Call) => {
    const lists = kinds.map((kind) => ({
      async read(skip: number, count: number) {
        const { items, total } = await to(of).reads.list(kind, skip, count, call);
        return { items: items.map((told) => ({ text: joinId(kind, told.Id), told })), total };
      },
    }));
    return pageByOffset(lists, page);
  };
  const secretsOf = async (of: ClientId, call: Call) => {
    const told = (await orNull(to(of).reads.listSecrets(of, call))) ?? [];
    const now = clock.now();
    return { items: told.map((it) => secretOf(of, it, now)), total: told.length };
  };

  return {
    getTenants: (ids, call) => each(ids, call, (id) => orNull(getTenant(id, call))),
    /** One that cannot be read keeps no other back: it goes by its id. */
    async listTenants(page, call) {
      const told = await each(all, call, (id) => orNull(getTenant(id, call)));
      const failures = told.filter((it) => it instanceof ProviderError);
      if (failures[0] && failures.length === told.length) throw failures[0];
      const known = all.map((id, i) => (told[i] instanceof ProviderError ? bare(id, clock.now()) : told[i]));
      const there = known.flatMap((it) => it ?? []);
      return pageOf(there, ({ id }) => id.tenant, page);
    },
    getIdentities(ids, call) {
      const find = finderOf(ids.map(inPlace), call);
      return each(ids, call, async (id) => {
        const told = await find(inPlace(id));
        return told && identityOf(id, told, clock.now());
      });
    },
    listIdentities: (of, page, call) =>
      each(of, call, async (id) => {
        const found = await pageOfKinds(['user', 'auto'], id, page, call);
        return mapPage(found, ({ text, told }) => identityOf({ ...id, identity: text }, told, clock.now()));
      }),
    getClients(ids, call) {
      const find = finderOf(ids, call);
      return each(ids, call, async (id) => {
        const told = await find(id);
        return told && clientOf(id, told, clock.now());
      });
    },
    listClients: (of, page, call) =>
      each(of, call, async (id) => {
        // Nothing links a client to an identity (vendor facts, section 5).
        if ('identity' in id) return EMPTY_PAGE;
        const found = await pageOfKinds(['cc', 'hy'], id, page, call);
        return mapPage(found, ({ text, told }) => clientOf({ ...id, client: text }, told, clock.now()));
      }),
    getSecrets: (ids, call) =>
      each(
        ids,
        call,
        inBatches(ids, AT_ONCE, clientIdOf, (of) => secretsOf(of, call)),
      ),
    listSecrets: (of, page, call) =>
      each(of, call, async (id) => pageOfSecrets((await secretsOf(id, call)).items, page)),
  };
}

const bare = (id: TenantId, now: Date): Tenant => tenantTold(now, { id, name: id.tenant });
const split = ({ client }: ClientId) => splitId(client, ['cc', 'hy', 'user', 'auto']) ?? missing();
const groupOf = (id: ClientId): ClientId => ({ ...id, client: split(id).kind });
const inPlace = ({ provider, tenant, identity }: IdentityId): ClientId => ({
  provider,
  tenant,
  client: identity,
});
