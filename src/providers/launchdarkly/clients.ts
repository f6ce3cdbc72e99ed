import type { ClientId } from '../../domain/ids.ts';
import { pageOf, type Page, type PageRequest } from '../../domain/page.ts';
import { byAge } from '../../provider-kit/by-age.ts';
import { finder } from '../../provider-kit/finder.ts';
import { pageByOffset } from '../../provider-kit/offset-page.ts';
import type { Call } from '../../provider-kit/provider.ts';
import { remember } from '../../provider-kit/remember.ts';
import { holds, keyOf, type Account } from './account.ts';
import { MOST, type Api, type Kind, type Registered } from './api.ts';
import { slotOf, type Slot } from './translate.ts';

/** How to find each of these clients. */
export function slotsOf(
  account: Account,
  ids: readonly ClientId[],
  call: Call,
): (id: ClientId) => Promise<Slot | null> {
  const { api, clock, options } = account;
  const finderOf = (kind: Kind, some: (ids: readonly string[]) => Promise<readonly Registered[]>) => {
    const keys = ids.map(({ client }) => keyOf(client, options));
    const own = keys.flatMap((key) => (key?.kind === kind ? [key.id] : []));
    return finder(own, 2, { one: (id) => api.get(kind, id, call), some });
  };
  const find = {
    oauth: finderOf('oauth', () => api.listOAuthClients(call)),
    token: finderOf('token', (some) => tokensAmong(api, some, call)),
  };
  return async (id) => {
    const key = keyOf(id.client, options);
    const found = key !== null && (await holds(account, id, call)) ? await find[key.kind](key.id) : null;
    return found && slotOf(id, found, clock.now());
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

/** Of the tenant: OAuth clients, oldest first, and behind them the tokens in the vendor's order. */
export async function pageOfClients(
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

/** The tokens of each of these members, from one walk through all: the vendor has no filter for it (section 4). */
export function tokensByMember(
  { api, options }: Account,
  page: PageRequest,
  call: Call,
): (member: string) => Promise<Page<Registered>> {
  const all = remember(() => api.listTokens(0, Infinity, call));
  return async (member) => {
    const { items } = options.accessTokens ? await all('all') : { items: [] };
    const own = items.filter(({ memberId }) => memberId === member);
    return pageOf(own, ageOf, page);
  };
}

function ageOf({ createdAt, id }: Registered): string {
  return byAge(createdAt, id);
}
