import type { Page, PageRequest } from '../../domain/page.ts';
import type { Identity } from '../../domain/identity.ts';
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
export function parseIdentity(product: Product, id: string) {
  const parts = splitId(id, TYPES[product]);
  return parts !== null && isUuid(parts.id) ? parts : null;
}

/** Requests to the vendor: one for each type that is wanted or on the page, and a hundred uuids; one each for a total. */
export function identityReads({ api, product, id: tenant }: Installation) {
  const types = TYPES[product];
  const query = async (type: IdentityType, how: NonNullable<UpstreamRequest['query']>, call: Call) =>
    (await api.queryIdentities(type, how, call)).map((data) => identityOf(tenant, type, data));

  /** By uuid, and on from the cursor's, so that what comes or goes between two pages neither repeats nor hides another. */
  const pageOfAll = async (
    { limit, direction, cursor, withTotal }: PageRequest,
    call: Call,
  ): Promise<Page<Identity>> => {
    const isForward = direction === 'forward';
    const from = cursor === null ? null : parseIdentity(product, cursor);
    if (cursor !== null && from === null)
      throw invalidInput(isForward ? 'after' : 'before', 'is no cursor of this list');
    const ordered = isForward ? types : types.toReversed();
    const found: Identity[] = [];
    for (const type of ordered.slice(from === null ? 0 : ordered.indexOf(from.kind))) {
      const wanted = limit + 1 - found.length;
      const q = from?.kind === type ? `uuid${isForward ? '>' : '<'}${from.id}` : undefined;
      const how = { q, sort: isForward ? '+uuid' : '-uuid', limit: wanted };
      if (wanted > 0) found.push(...(await query(type, how, call)));
    }
    const items = found.slice(0, limit).map((node) => ({ node, cursor: node.id.identity }));
    const [ahead, behind] = [found.length > limit, from !== null];
    return {
      items: isForward ? items : items.toReversed(),
      hasNext: isForward ? ahead : behind,
      hasPrevious: isForward ? behind : ahead,
      totalCount: withTotal ? await totalOf(call) : null,
    };
  };

  const totalOf = async (call: Call): Promise<number> => {
    const totals = await Promise.all(types.map((type) => api.countIdentities(type, call)));
    return totals.reduce((sum, total) => sum + total, 0);
  };

  return {
    getIdentities(ids, call) {
      const allOf = (type: IdentityType) =>
        remember(async () => {
          const uuids = [...new Set(ids.flatMap(({ identity }) => splitId(identity, [type])?.id ?? []))];
          const starts = [...uuids.keys()].filter((i) => i % IN_ONE_QUERY === 0);
          const batches = starts.map((i) => `uuid?=${uuids.slice(i, i + IN_ONE_QUERY).join(',')}`);
          return (await Promise.all(batches.map((q) => query(type, { q }, call)))).flat();
        });
      const all = { account: allOf('account'), 'virtual-id': allOf('virtual-id') };
      return each(ids, async ({ identity }) => {
        const parts = parseIdentity(product, identity);
        const found = parts === null ? [] : await all[parts.kind]('');
        return found.find(({ id }) => id.identity === identity) ?? null;
      });
    },
    listIdentities: (of, page, call) => each(of, () => pageOfAll(page, call)),
  } satisfies Partial<Reads>;
}
