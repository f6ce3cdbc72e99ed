import type { Client } from '../../domain/client.ts';
import type { ClientId, IdentityId, TenantId } from '../../domain/ids.ts';
import { EMPTY_PAGE, mapPage, pageOf, type Page, type PageRequest } from '../../domain/page.ts';
import { byAge } from '../../provider-kit/by-age.ts';
import { each } from '../../provider-kit/each.ts';
import { finder } from '../../provider-kit/finder.ts';
import { pageByOffset } from '../../provider-kit/offset-page.ts';
import { namedTenant } from '../../provider-kit/one-tenant.ts';
import type { Call, Reads } from '../../provider-kit/provider.ts';
import { remember } from '../../provider-kit/remember.ts';
import { pageOfSecrets } from '../../provider-kit/secret-page.ts';
import { keyOf, within, type Account } from './account.ts';
import { MOST, type Api, type Kind, type Member, type Registered } from './api.ts';
import { clientOf, identityOf, secretOf } from './translate.ts';

/**
 * Requests to the vendor for n different keys, beside one ever that tells the account. Tenants: 0. getIdentities: 1 for
 * 100. listIdentities: 1. getClients, getSecrets, listSecrets: 1 for all OAuth clients; of tokens the fewer of n and
 * their pages of 100. listClients of the tenant: 1 or 2; of n members: the pages of all tokens.
 */
export function createReads(account: Account): Reads {
  return { ...identityReads(account), ...clientReads(account) };
}

function identityReads(account: Account) {
  const { api, options, provider } = account;
  return {
    getTenants: (ids, call) =>
      each(ids, (id) => within(account, id, call, async () => namedTenant(id, options.name))),
    async listTenants(page, call) {
      const { accountId: tenant } = await account.self(call);
      return pageOf([namedTenant({ provider, tenant }, options.name)], ({ id }) => id.tenant, page);
    },
    getIdentities(ids, call) {
      const wanted = ids.map(({ identity }) => identity);
      const one = (id: string) => api.getMember(id, call);
      const find = finder(wanted, 2, { one, some: (some) => membersAmong(api, some, call) });
      return each(ids, async (id) => {
        const member = await within(account, id, call, () => find(id.identity));
        return member && identityOf(id, member);
      });
    },
    listIdentities(of, page, call) {
      const read = (skip: number, count: number) => api.listMembers(skip, count, call);
      return each(of, async (id) => {
        const listed = await within(account, id, call, () => pageByOffset([{ read }], page));
        return mapPage(listed ?? EMPTY_PAGE, (member) => identityOf(id, member));
      });
    },
  } satisfies Partial<Reads>;
}

/** By their ids, as many in one question as a page holds. */
async function membersAmong(api: Api, ids: readonly string[], call: Call): Promise<readonly Member[]> {
  const found: Member[] = [];
  for (let from = 0; from < ids.length; from += MOST) {
    const batch = ids.slice(from, from + MOST);
    found.push(...(await api.listMembers(0, batch.length, call, { filter: `id:${batch.join('|')}` })).items);
  }
  return found;
}

function clientReads(account: Account) {
  const { api, clock, options } = account;
  return {
    getClients(ids, call) {
      const find = clientFinder(account, ids, call);
      return each(ids, async (id) => {
        const found = await find(id);
        return found && clientOf(id, found);
      });
    },
    listClients(of, page, call) {
      const tokens = remember(() => api.listTokens(0, Infinity, call));
      /** From one walk through all, for which the vendor has no filter (section 4). */
      const ofMember = async (member: string) => {
        const { items } = options.accessTokens ? await tokens('all') : { items: [] };
        const own = items.filter(({ memberId }) => memberId === member);
        return pageOf(own, ageOf, page);
      };
      return each<TenantId | IdentityId, Page<Client>>(of, async (id) => {
        const listed = await within(account, id, call, () =>
          'identity' in id ? ofMember(id.identity) : pageOfClients(account, page, call),
        );
        return mapPage(listed ?? EMPTY_PAGE, (it) => clientOf(id, it));
      });
    },
    getSecrets(ids, call) {
      const find = clientFinder(account, ids, call);
      return each(ids, async (id) => {
        const found = await find(id);
        return found?.id === id.secret ? secretOf(id, found, clock.now()) : null;
      });
    },
    listSecrets(of, page, call) {
      const find = clientFinder(account, of, call);
      return each(of, async (id) => {
        const found = await find(id);
        return pageOfSecrets(found === null ? [] : [secretOf(id, found, clock.now())], page);
      });
    },
  } satisfies Partial<Reads>;
}

function clientFinder(account: Account, ids: readonly ClientId[], call: Call) {
  const { api, options } = account;
  const finderOf = (kind: Kind, some: (ids: readonly string[]) => Promise<readonly Registered[]>) => {
    const keys = ids.map((id) => keyOf(id, options));
    const own = keys.flatMap((key) => (key?.kind === kind ? [key.id] : []));
    return finder(own, 2, { one: (id) => api.get(kind, id, call), some });
  };
  const find = {
    oauth: finderOf('oauth', () => api.listOAuthClients(call)),
    token: finderOf('token', (some) => tokensAmong(api, some, call)),
  };
  return async (id: ClientId) => {
    const key = keyOf(id, options);
    return key && within(account, id, call, () => find[key.kind](key.id));
  };
}

/** From the list, as far as its pages are fewer than the requests that they save. */
async function tokensAmong(api: Api, ids: readonly string[], call: Call): Promise<readonly Registered[]> {
  const found: Registered[] = [];
  for (let skip = 0, pagesLeft = 1; pagesLeft > 0 && ids.length - found.length > pagesLeft; skip += MOST) {
    const { items, total } = await api.listTokens(skip, MOST, call);
    found.push(...items.filter(({ id }) => ids.includes(id)));
    pagesLeft = Math.ceil((total - skip) / MOST) - 1;
  }
  return found;
}

/** OAuth clients, oldest first, and behind them the tokens in the vendor's order. */
async function pageOfClients(
  { api, options }: Account,
  page: PageRequest,
  call: Call,
): Promise<Page<Registered>> {
  const oauthClients = remember(() => api.listOAuthClients(call));
  if (!options.accessTokens) return pageOf(await oauthClients('all'), ageOf, page);
  const read = async (skip: number, count: number) => {
    const all = [...(await oauthClients('all'))].sort((a, b) => Number(a.createdAt) - Number(b.createdAt));
    return { items: all.slice(skip, skip + count), total: all.length };
  };
  const tokens = { read: (skip: number, count: number) => api.listTokens(skip, count, call) };
  return pageByOffset<Registered>([{ read }, tokens], page);
}

function ageOf({ createdAt, id }: Registered): string {
  return byAge(createdAt, id);
}
