import type { Client } from '../../domain/client.ts';
import type { ClientId, IdentityId, TenantId } from '../../domain/ids.ts';
import { EMPTY_PAGE, mapPage, pageOf, type Page, type PageRequest } from '../../domain/page.ts';
import { byAge } from '../../provider-kit/by-age.ts';
import { each } from '../../provider-kit/each.ts';
import { finder } from '../../provider-kit/finder.ts';
import { inBatches } from '../../provider-kit/in-batches.ts';
import { pageByOffset } from '../../provider-kit/offset-page.ts';
import { namedTenant } from '../../provider-kit/one-tenant.ts';
import type { Call, Reads } from '../../provider-kit/provider.ts';
import { remember } from '../../provider-kit/remember.ts';
import { pageOfSecrets } from '../../provider-kit/secret-page.ts';
import type { Account } from './account.ts';
import { keyOf, MOST, type Api, type Registered } from './api.ts';
import { clientOf, identityOf, secretOf } from './translate.ts';

/**
 * Requests for n different keys, beside one ever that tells the account. Tenants: 0. Identities: 1 for 100. getClients
 * and secrets: 1 for all OAuth clients; of tokens the fewer of n and their pages of 100. listClients of the tenant: 1
 * or 2; of n members: the pages of all tokens.
 */
export function createReads(account: Account): Reads {
  const { api, clock, name: provider, options, within } = account;
  /** What is made of each of these clients, or of null where it is not there. */
  const eachFound = <Id extends ClientId, T>(
    ids: readonly Id[],
    call: Call,
    make: (id: Id, it: Found) => T,
  ) => {
    const wanted = ids.map(({ client }) => client);
    const one = (client: string) => api.get(client, call);
    const find = finder(wanted, 2, { one, some: (some) => clientsAmong(api, some, call) });
    return each(ids, call, async (id) => make(id, await within(id, call, () => find(id.client))));
  };
  return {
    getTenants: (ids, call) =>
      each(ids, call, (id) => within(id, call, async () => namedTenant(id, options.name, clock.now()))),
    async listTenants(page, call) {
      const { accountId: tenant } = await account.self(call);
      return pageOf(
        [namedTenant({ provider, tenant }, options.name, clock.now())],
        ({ id }) => id.tenant,
        page,
      );
    },
    getIdentities(ids, call) {
      const find = inBatches(ids, MOST, tenantIdOf, async (of, batch) => {
        const filter = `id:${batch.map(({ identity }) => identity).join('|')}`;
        const found = await within(of, call, () => api.listMembers(0, MOST, call, { filter }));
        const { items, total } = found ?? { items: [], total: 0 };
        return { items: items.map((member) => identityOf(of, member, clock.now())), total };
      });
      return each(ids, call, find);
    },
    listIdentities(of, page, call) {
      const read = (skip: number, count: number) => api.listMembers(skip, count, call);
      return each(of, call, async (id) => {
        const listed = await within(id, call, () => pageByOffset([{ read }], page));
        return mapPage(listed ?? EMPTY_PAGE, (member) => identityOf(id, member, clock.now()));
      });
    },
    getClients: (ids, call) => eachFound(ids, call, (id, found) => found && clientOf(id, found, clock.now())),
    listClients(of, page, call) {
      const tokens = remember(() => api.listTokens(0, Infinity, call));
      /** From one walk through all, for which the vendor has no filter (section 4). */
      const ofMember = async (member: string) => {
        const { items } = options.accessTokens ? await tokens('all') : { items: [] };
        const own = items.filter(({ memberId }) => memberId === member);
        return pageOf(own, ageOf, page);
      };
      return each<TenantId | IdentityId, Page<Client>>(of, call, async (id) => {
        const list = () => ('identity' in id ? ofMember(id.identity) : pageOfClients(account, page, call));
        return mapPage((await within(id, call, list)) ?? EMPTY_PAGE, (it) => clientOf(id, it, clock.now()));
      });
    },
    getSecrets: (ids, call) =>
      eachFound(ids, call, (id, found) =>
        found?.told.clientId === id.secret ? secretOf(id, found, clock.now()) : null,
      ),
    listSecrets: (of, page, call) =>
      eachFound(of, call, (id, found) =>
        pageOfSecrets(found === null ? [] : [secretOf(id, found, clock.now())], page),
      ),
  };
}

/** From lists: of tokens as far as the pages are fewer than the requests that they save. */
async function clientsAmong(api: Api, ids: readonly string[], call: Call): Promise<readonly Registered[]> {
  const tokens = ids.filter((id) => keyOf(id)?.kind === 'token');
  const found: Registered[] = ids.length - tokens.length > 1 ? await api.listOAuthClients(call) : [];
  for (let skip = 0, left = tokens.length, pages = 1; pages > 0 && left > pages; skip += MOST) {
    const { items, total } = await api.listTokens(skip, MOST, call);
    found.push(...items);
    left -= items.filter(({ id }) => tokens.includes(id)).length;
    pages = Math.ceil((total - skip) / MOST) - 1;
  }
  return found;
}

/** OAuth clients, oldest first, and behind them the tokens in the vendor's order. */
async function pageOfClients({ api, options }: Account, page: PageRequest, call: Call) {
  const oauth = remember(() => api.listOAuthClients(call));
  if (!options.accessTokens) return pageOf<Registered>(await oauth('all'), ageOf, page);
  const read = async (skip: number, count: number) => {
    const all = (await oauth('all')).toSorted((a, b) => Number(a.told.createdAt) - Number(b.told.createdAt));
    return { items: all.slice(skip, skip + count), total: all.length };
  };
  const tokens = (skip: number, count: number) => api.listTokens(skip, count, call);
  return pageByOffset<Registered>([{ read }, { read: tokens }], page);
}

type Found = Registered | null;
const ageOf = ({ told, id }: Registered) => byAge(told.createdAt, id);
const tenantIdOf = ({ provider, tenant }: TenantId): TenantId => ({ provider, tenant });
