import type { TenantId } from '../../domain/ids.ts';
import { mapPage, type Page, type PageRequest } from '../../domain/page.ts';
import { joinId, splitId } from '../../provider-kit/compound-id.ts';
import { each } from '../../provider-kit/each.ts';
import { pageByOffset } from '../../provider-kit/offset-page.ts';
import type { Call, Many } from '../../provider-kit/provider.ts';
import type { Collection } from './api.ts';
import { accessTo, notFound, type Deployment } from './deployment.ts';

/** A noun that a tenant has two collections of. */
interface Plural<Id extends TenantId, Told extends { readonly Id: string }, Noun> {
  /** By what the ids of each begin with in the gateway. */
  readonly collections: Readonly<Record<string, Collection<Told>>>;
  readonly idOf: (tenant: TenantId, id: string) => Id;
  readonly textOf: (id: Id) => string;
  readonly nounOf: (id: Id, told: Told) => Noun;
}

/** The reads of such a noun; of `getMany` one request serves a hundred ids, where the vendor takes many. */
export function collectionReads<Id extends TenantId, Told extends { readonly Id: string }, Noun>(
  deployment: Deployment,
  { collections, idOf, textOf, nounOf }: Plural<Id, Told, Noun>,
) {
  const kinds = Object.keys(collections);
  const placeOf = (id: Id) => {
    const place = splitId(textOf(id), kinds);
    const collection = place && collections[place.kind];
    if (!collection) throw notFound();
    return { collection, id: place.id, group: `${id.tenant} ${place.kind}` };
  };
  return {
    getMany(ids: readonly Id[], call: Call): Many<Noun | null> {
      const finders = new Map<string, (id: string) => Promise<Told | null>>();
      return each(ids, async (key) => {
        const { collection, id, group } = placeOf(key);
        const asked = () => ids.map(placeOf).flatMap((it) => (it.group === group ? [it.id] : []));
        const find = finders.get(group) ?? accessTo(deployment, key).reads.finder(collection, asked(), call);
        finders.set(group, find);
        const told = await find(id);
        return told && nounOf(key, told);
      });
    },

    /** Those of the first kind, and then those of the second. */
    async list(tenant: TenantId, page: PageRequest, call: Call): Promise<Page<Noun>> {
      const { reads } = accessTo(deployment, tenant);
      const lists = Object.entries(collections).map(([kind, collection]) => ({
        async read(skip: number, count: number) {
          const { items, total } = await reads.list(collection, skip, count, call);
          return { items: items.map((told) => ({ kind, told })), total };
        },
      }));
      return mapPage(await pageByOffset(lists, page), ({ kind, told }) =>
        nounOf(idOf(tenant, joinId(kind, told.Id)), told),
      );
    },
  };
}
