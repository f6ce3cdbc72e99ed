import type { Identity } from '../../domain/identity.ts';
import type { Page, PageRequest } from '../../domain/page.ts';
import { splitId } from '../../provider-kit/compound-id.ts';
import { each } from '../../provider-kit/each.ts';
import { invalidInput } from '../../provider-kit/provider-error.ts';
import type { Call, Reads } from '../../provider-kit/provider.ts';
import { remember } from '../../provider-kit/remember.ts';
import type { UpstreamRequest } from '../../provider-kit/upstream.ts';
import type { IdentityType } from './api.ts';
import type { Product } from './config.ts';
import { isUuid, type Installation } from './installation.ts';
import { identityOf } from './translate.ts';

/** In the order in which they are listed. Virtual ids are the people of Cloud (vendor facts, section 4). */
const TYPES: Readonly<Record<Product, readonly IdentityType[]>> = {
  zsphere: ['account'],
  cloud: ['account', 'virtual-id'],
};
/** So many uuids fit into an address. */
const IN_ONE_QUERY = 100;

/** Null where it cannot be the id of an identity. */
export function parseIdentity(product: Product, id: string): { type: IdentityType; uuid: string } | null {
  const parts = splitId(id, TYPES[product]);
  return parts !== null && isUuid(parts.id) ? { type: parts.kind, uuid: parts.id } : null;
}

/** Requests to the vendor: one for each type that is wanted or on the page, and a hundred uuids; one each for a total. */
export function identityReads({ api, product, id: tenant }: Installation) {
  const types = TYPES[product];
  const query = async (type: IdentityType, how: Query, call: Call) => {
    const found = await api.queryIdentities(type, how, call);
    return found.map((data) => identityOf(tenant, type, data));
  };

  const getAll = async (type: IdentityType, uuids: readonly string[], call: Call): Promise<Identity[]> => {
    if (uuids.length === 0) return [];
    const q = `uuid?=${uuids.slice(0, IN_ONE_QUERY).join(',')}`;
    const first = query(type, { q, limit: IN_ONE_QUERY }, call);
    return [...(await first), ...(await getAll(type, uuids.slice(IN_ONE_QUERY), call))];
  };

  /** By uuid, and on from the cursor's, so that what comes or goes between two pages neither repeats nor hides another. */
  const pageOfAll = async (
    { limit, direction, cursor }: PageRequest,
    call: Call,
  ): Promise<Page<Identity>> => {
    const isForward = direction === 'forward';
    const from = cursor === null ? null : parseIdentity(product, cursor);
    if (cursor !== null && from === null)
      throw invalidInput(isForward ? 'after' : 'before', 'is no cursor of this list');
    const [sort, operator] = isForward ? ['+uuid', '>'] : ['-uuid', '<'];
    const ordered = isForward ? types : types.toReversed();
    const found: Identity[] = [];
    for (const type of ordered.slice(from === null ? 0 : ordered.indexOf(from.type))) {
      const q = from?.type === type ? `uuid${operator}${from.uuid}` : undefined;
      if (found.length <= limit)
        found.push(...(await query(type, { q, sort, limit: limit + 1 - found.length }, call)));
    }
    const items = found.slice(0, limit).map((node) => ({ node, cursor: node.id.identity }));
    const [ahead, behind] = [found.length > limit, from !== null];
    return isForward
      ? { items, hasNext: ahead, hasPrevious: behind, totalCount: null }
      : { items: items.toReversed(), hasNext: behind, hasPrevious: ahead, totalCount: null };
  };

  const totalOf = async (call: Call): Promise<number> => {
    const totals = await Promise.all(types.map((type) => api.countIdentities(type, call)));
    return totals.reduce((sum, total) => sum + total, 0);
  };

  return {
    getIdentities(ids, call) {
      const wanted = new Set(ids.map(({ identity }) => identity));
      const places = [...wanted].flatMap((identity) => parseIdentity(product, identity) ?? []);
      const all = remember(() =>
        Promise.all(
          types.map((type) =>
            getAll(
              type,
              places.flatMap((it) => (it.type === type ? it.uuid : [])),
              call,
            ),
          ),
        ),
      );
      return each(
        ids,
        async ({ identity }) => (await all('')).flat().find(({ id }) => id.identity === identity) ?? null,
      );
    },
    listIdentities: (of, page, call) =>
      each(of, async () => {
        const listed = await pageOfAll(page, call);
        return page.withTotal ? { ...listed, totalCount: await totalOf(call) } : listed;
      }),
  } satisfies Partial<Reads>;
}

type Query = NonNullable<UpstreamRequest['query']>;
