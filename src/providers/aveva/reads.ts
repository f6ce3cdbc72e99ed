import { clientIdOf, type ClientId, type IdentityId, type TenantId } from '../../domain/ids.ts';
import { EMPTY_PAGE, pageOf, type Page, type PageRequest } from '../../domain/page.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { joinId, splitId } from '../../provider-kit/compound-id.ts';
import { each } from '../../provider-kit/each.ts';
import { inBatches } from '../../provider-kit/in-batches.ts';
import { pageByOffset } from '../../provider-kit/offset-page.ts';
import { orNull } from '../../provider-kit/or-null.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import type { Call, Many, Reads } from '../../provider-kit/provider.ts';
import { pageOfSecrets } from '../../provider-kit/secret-page.ts';
import { UNTOLD_TENANT } from '../../provider-kit/untold.ts';
import { CLIENTS, IDENTITIES, type Collection } from './api.ts';
import { holderOf, missing, type Deployment } from './deployment.ts';
import { clientOf, identityOf, secretOf, tenantOf } from './translate.ts';

/** So many ids make a URL that every server takes. */
const AT_ONCE = 100;

/**
 * Requests to the vendor: 1 for each tenant; for clients and users 1 for each hundred ids of one kind in one tenant, in
 * v1-preview 1 for each, as for automation identities; 1 or 2 for a page of these; 1 for the secrets of a client.
 */
export function createReads(deployment: Deployment): Reads {
  const { clock, dialect, tenants } = deployment;
  const identities = plural(deployment, IDENTITIES, identityOf, {
    idOf: (tenant, identity): IdentityId => ({ ...tenant, identity }),
    textOf: ({ identity }) => identity,
  });
  const clients = plural(deployment, CLIENTS, clientOf, {
    idOf: (tenant, client): ClientId => ({ ...tenant, client }),
    textOf: ({ client }) => client,
  });
  const bare = (id: TenantId): Tenant => ({ ...UNTOLD_TENANT, id, name: id.tenant });
  const tenant = (id: TenantId, call: Call) => {
    const { reads } = deployment.to(id);
    if (dialect === 'v1') return orNull(reads.tenant(call).then((told) => tenantOf(id, told)));
    // v1-preview has no page of a tenant, but that its clients can be listed shows that it is there.
    return orNull(reads.list(CLIENTS.cc, 0, 1, call).then(() => bare(id)));
  };
  const secrets = async (of: ClientId, call: Call) => {
    const told = await orNull(deployment.to(of).reads.secrets(holderOf(of), call));
    const items = (told ?? []).map((it) => secretOf(of, it, clock.now()));
    return { items, total: items.length };
  };
  return {
    getTenants: (ids, call) => each(ids, (id) => tenant(id, call)),
    /** One that cannot be read keeps no other back: it goes by its id. */
    async listTenants(page, call) {
      const read = await each(tenants, (id) => tenant(id, call));
      const failure = read.find((it) => it instanceof ProviderError);
      if (failure && read.every((it) => it instanceof ProviderError)) throw failure;
      const known = tenants.map((id, i) => (read[i] instanceof ProviderError ? bare(id) : read[i]));
      return pageOf(
        known.flatMap((it) => it ?? []),
        ({ id }) => id.tenant,
        page,
      );
    },
    getIdentities: identities.getMany,
    listIdentities: (of, page, call) => each(of, (id) => identities.list(id, page, call)),
    getClients: clients.getMany,
    /** Nothing links a client to an identity (vendor facts, section 5). */
    listClients: (of, page, call) =>
      each(of, async (id) => ('identity' in id ? EMPTY_PAGE : clients.list(id, page, call))),
    getSecrets: (ids, call) =>
      each(
        ids,
        inBatches(ids, AT_ONCE, clientIdOf, (of) => secrets(of, call)),
      ),
    listSecrets: (of, page, call) =>
      each(of, async (id) => pageOfSecrets((await secrets(id, call)).items, page)),
  };
}

/** What a tenant has two collections of, by what the ids of each begin with. */
function plural<Id extends ClientId | IdentityId, T extends { readonly Id: string }, Noun>(
  { to, dialect }: Deployment,
  collections: Readonly<Record<string, Collection<T>>>,
  nounOf: (id: Id, told: T) => Noun,
  { idOf, textOf }: { idOf: (tenant: TenantId, text: string) => Id; textOf: (id: Id) => string },
) {
  const placeOf = (id: Id) => {
    const { kind, id: own } = splitId(textOf(id), Object.keys(collections)) ?? missing();
    return { kind, own, of: collections[kind] ?? missing() };
  };
  return {
    getMany: (ids: readonly Id[], call: Call): Many<Noun | null> => {
      // Those of one kind in one tenant are asked for together.
      const groupOf = (id: Id) => idOf(tenantIdOf(id), placeOf(id).kind);
      const find = inBatches(ids, AT_ONCE, groupOf, async (group, batch) => {
        const own = batch.map((id) => placeOf(id).own);
        const of = collections[textOf(group)] ?? missing();
        const told = await orNull(to(group).reads.many(of, own, call));
        return { items: batch.map((id, i) => ({ id, told: told?.[i] ?? null })), total: batch.length };
      });
      return each(ids, async (id) => {
        const { of, own } = placeOf(id);
        const isBatched = dialect === 'v1' && of.takesIds;
        const told = isBatched ? (await find(id))?.told : await orNull(to(id).reads.one(of, own, call));
        if (told instanceof ProviderError) throw told;
        return told ? nounOf(id, told) : null;
      });
    },

    list: (tenant: TenantId, page: PageRequest, call: Call): Promise<Page<Noun>> => {
      const lists = Object.entries(collections).map(([kind, of]) => ({
        async read(skip: number, count: number) {
          const { items, total } = await to(tenant).reads.list(of, skip, count, call);
          return { items: items.map((told) => nounOf(idOf(tenant, joinId(kind, told.Id)), told)), total };
        },
      }));
      return pageByOffset(lists, page);
    },
  };
}

const tenantIdOf = ({ provider, tenant }: TenantId): TenantId => ({ provider, tenant });
