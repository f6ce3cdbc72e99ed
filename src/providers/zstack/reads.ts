import type { Client } from '../../domain/client.ts';
import type { Identity } from '../../domain/identity.ts';
import type { ClientId, IdentityId, TenantId } from '../../domain/ids.ts';
import { EMPTY_PAGE, mapPage, pageOf, type Page, type PageRequest } from '../../domain/page.ts';
import type { World } from '../../provider-kit/definition.ts';
import { each } from '../../provider-kit/each.ts';
import { inBatches } from '../../provider-kit/in-batches.ts';
import { namedTenant, oneTenant } from '../../provider-kit/one-tenant.ts';
import { invalidInput } from '../../provider-kit/provider-error.ts';
import type { Call, Reads } from '../../provider-kit/provider.ts';
import { remember } from '../../provider-kit/remember.ts';
import { pageOfSecrets } from '../../provider-kit/secret-page.ts';
import type { UpstreamRequest } from '../../provider-kit/upstream.ts';
import type { Api } from './api.ts';
import type { Product } from './config.ts';
import { IDENTITY_TYPES, parseIdentity, secretIdOf, type IdentityType } from './ids.ts';
import { clientOf, identityOf, slotOf } from './translate.ts';

export interface Installation extends Pick<World, 'clock'> {
  readonly api: Api;
  readonly product: Product;
  readonly id: TenantId;
  readonly host: string;
}

/** So many uuids fit into an address. */
const IN_ONE_QUERY = 100;

/** Requests: 1 for any number of keys; of identities 1 for each type on the page, or hundred ids, and each for a total. */
export function createReads(installation: Installation): Reads {
  const { api, product, id: tenant, host } = installation;
  const finder = (call: Call) => {
    const all = remember(() => api.listClients(call));
    return async ({ client }: ClientId) => (await all('')).find(({ uuid }) => uuid === client) ?? null;
  };

  const types: readonly IdentityType[] = IDENTITY_TYPES[product];
  const query = async (type: IdentityType, how: NonNullable<UpstreamRequest['query']>, call: Call) =>
    (await api.queryIdentities(type, how, call)).map((data) => identityOf(tenant, type, data));

  /** By uuid, and on from the cursor's, so that what comes or goes between two pages neither repeats nor hides another. */
  const pageOfIdentities = async (page: PageRequest, call: Call): Promise<Page<Identity>> => {
    const { limit, cursor } = page;
    const isForward = page.direction === 'forward';
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
    const taken = found.slice(0, limit).map((node) => ({ node, cursor: node.id.identity }));
    const items = isForward ? taken : taken.toReversed();
    const [ahead, behind] = [found.length > limit, from !== null];
    const [hasNext, hasPrevious] = isForward ? [ahead, behind] : [behind, ahead];
    return { items, hasNext, hasPrevious, totalCount: page.withTotal ? await totalOf(call) : null };
  };
  const totalOf = async (call: Call): Promise<number> => {
    const totals = await Promise.all(types.map((type) => api.countIdentities(type, call)));
    return totals.reduce((sum, total) => sum + total, 0);
  };

  return {
    ...oneTenant(async (call) => {
      // Nothing is to be read of it; but whoever asks for it wants to know that it answers.
      await api.listClients(call);
      return namedTenant(tenant, host);
    }),
    getIdentities(ids, call) {
      const typeOf = ({ identity }: IdentityId) => ({ ...tenant, identity: identity.split(':')[0] ?? '' });
      const find = inBatches(ids, IN_ONE_QUERY, typeOf, async (_, batch) => {
        const wanted = batch.flatMap(({ identity }) => parseIdentity(product, identity) ?? []);
        const q = `uuid?=${wanted.map(({ id }) => id).join(',')}`;
        const items = wanted[0] === undefined ? [] : await query(wanted[0].kind, { q }, call);
        return { items, total: items.length };
      });
      return each(ids, find);
    },
    listIdentities: (of, page, call) => each(of, () => pageOfIdentities(page, call)),
    getClients(ids, call) {
      const find = finder(call);
      return each(ids, async (id) => {
        const client = await find(id);
        return client && clientOf(tenant, client);
      });
    },
    /** Of an identity there are none: a client does not act for those who sign in by it. */
    listClients: (of, page, call) =>
      each<TenantId | IdentityId, Page<Client>>(of, async (id) => {
        if ('identity' in id) return EMPTY_PAGE;
        const all = pageOf(await api.listClients(call), ({ uuid }) => uuid, page);
        return mapPage(all, (client) => clientOf(tenant, client));
      }),
    getSecrets(ids, call) {
      const find = finder(call);
      return each(ids, async (id) => {
        const client = id.secret === secretIdOf(id.client) ? await find(id) : null;
        return client && slotOf(id, installation, client);
      });
    },
    listSecrets(of, page, call) {
      const find = finder(call);
      return each(of, async (id) => {
        const client = await find(id);
        return pageOfSecrets(client === null ? [] : [slotOf(id, installation, client)], page);
      });
    },
  };
}
