import type { Client } from '../../domain/client.ts';
import type { IdentityId, TenantId } from '../../domain/ids.ts';
import { EMPTY_PAGE, mapPage, pageOf, type Page } from '../../domain/page.ts';
import { each } from '../../provider-kit/each.ts';
import { finder } from '../../provider-kit/finder.ts';
import { pageByOffset } from '../../provider-kit/offset-page.ts';
import { namedTenant } from '../../provider-kit/one-tenant.ts';
import type { Call, Reads } from '../../provider-kit/provider.ts';
import { pageOfSecrets } from '../../provider-kit/secret-page.ts';
import { holds, type Account } from './account.ts';
import { MOST, type Api, type Member } from './api.ts';
import { pageOfClients, slotsOf, tokensByMember } from './clients.ts';
import { identityOf, slotOf } from './translate.ts';

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
      each(ids, async (id) => ((await holds(account, id, call)) ? namedTenant(id, options.name) : null)),
    async listTenants(page, call) {
      const { accountId: tenant } = await account.self(call);
      return pageOf([namedTenant({ provider, tenant }, options.name)], ({ id }) => id.tenant, page);
    },
    getIdentities(ids, call) {
      const wanted = ids.map(({ identity }) => identity);
      const one = (id: string) => api.getMember(id, call);
      const find = finder(wanted, 2, { one, some: (some) => membersAmong(api, some, call) });
      return each(ids, async (id) => {
        const member = (await holds(account, id, call)) ? await find(id.identity) : null;
        return member && identityOf(id, member);
      });
    },
    listIdentities: (of, page, call) =>
      each(of, async (id) => {
        if (!(await holds(account, id, call))) return EMPTY_PAGE;
        const read = (skip: number, count: number) => api.listMembers(skip, count, call);
        return mapPage(await pageByOffset([{ read }], page), (member) => identityOf(id, member));
      }),
  } satisfies Partial<Reads>;
}

/** By their ids, as many in one question as a page holds. */
async function membersAmong(api: Api, ids: readonly string[], call: Call): Promise<readonly Member[]> {
  const found: Member[] = [];
  for (let from = 0; from < ids.length; from += MOST) {
    const batch = ids.slice(from, from + MOST);
    found.push(...(await api.listMembers(0, batch.length, call, batch)).items);
  }
  return found;
}

function clientReads(account: Account) {
  return {
    getClients(ids, call) {
      const find = slotsOf(account, ids, call);
      return each(ids, async (id) => (await find(id))?.client ?? null);
    },
    listClients(of, page, call) {
      const ofMember = tokensByMember(account, page, call);
      return each<TenantId | IdentityId, Page<Client>>(of, async (id) => {
        if (!(await holds(account, id, call))) return EMPTY_PAGE;
        const listed = 'identity' in id ? ofMember(id.identity) : pageOfClients(account, page, call);
        return mapPage(await listed, (it) => slotOf(id, it, account.clock.now()).client);
      });
    },
    getSecrets(ids, call) {
      const find = slotsOf(account, ids, call);
      return each(ids, async (id) => {
        const secret = (await find(id))?.secret;
        return secret?.id.secret === id.secret ? secret : null;
      });
    },
    listSecrets(of, page, call) {
      const find = slotsOf(account, of, call);
      return each(of, async (id) => {
        const slot = await find(id);
        return pageOfSecrets(slot === null ? [] : [slot.secret], page);
      });
    },
  } satisfies Partial<Reads>;
}
