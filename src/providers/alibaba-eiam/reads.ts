import type { Client } from '../../domain/client.ts';
import { clientIdOf, type ClientId, type IdentityId, type TenantId } from '../../domain/ids.ts';
import { pageOf, type Page } from '../../domain/page.ts';
import type { World } from '../../provider-kit/definition.ts';
import { each } from '../../provider-kit/each.ts';
import { inBatches, type Stretch } from '../../provider-kit/in-batches.ts';
import { numberedCollection, type NumberedPage } from '../../provider-kit/numbered-collection.ts';
import { pageByOffset } from '../../provider-kit/offset-page.ts';
import { orNull } from '../../provider-kit/or-null.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import type { Call, Reads } from '../../provider-kit/provider.ts';
import { pageOfSecrets } from '../../provider-kit/secret-page.ts';
import type { Api } from './api.ts';
import { clientOf, identityOf, secretOf, tenantOf } from './translate.ts';

/** One region of EIAM, and the way to it. */
export interface Eiam extends Pick<World, 'name' | 'clock'> {
  readonly api: Api;
  readonly region: string | undefined;
}

/** The most that a list gives at once, and the most ids that it takes. */
const MOST = 100;
/** Without these the vendor leaves some applications out (vendor facts, section 4.3). */
const ALL = { ApplicationCreationType: 'all', ApplicationIdentityType: 'all' };
const TOO_MANY = `EIAM would have to be asked of each application, and there are more than ${2 * MOST}.`;
const INSTEAD = { hint: 'List the clients of the tenant instead.' };

/** Requests: 1 for 100 ids of an instance, 1 or 2 for a page; for clients of identities 1 for each application too. */
export function createReads({ api, clock, name, region }: Eiam): Reads {
  const vendor = { provider: name, tenant: '' };
  const tenants = numberedCollection({
    parentOf: (): TenantId => vendor,
    async read(_, page, call) {
      const wanted = wantedOf(page, 'InstanceIds', ({ tenant }) => tenant);
      return mapped(await api('ListInstances', {}, wanted, call), (data) =>
        tenantOf(name, region, data, clock.now()),
      );
    },
  });
  const identities = numberedCollection({
    parentOf: (id: IdentityId) => tenantIdOf(id),
    async read(of, page, call) {
      const wanted = wantedOf(page, 'UserIds', ({ identity }) => identity);
      const found = await orNull(api('ListUsers', of, wanted, call));
      return mapped(found, (data) => identityOf(of, data, clock.now()));
    },
  });
  const clients = numberedCollection({
    parentOf: (id: ClientId) => tenantIdOf(id),
    async read(of, page, call) {
      const wanted = wantedOf(page, 'ApplicationIds', ({ client }) => client);
      const found = await orNull(api('ListApplications', of, { ...ALL, ...wanted }, call));
      return mapped(found, (data) => clientOf(of, data, clock.now()));
    },
  });
  const secrets = async (of: ClientId, call: Call) => {
    const found = await orNull(api('ListApplicationClientSecrets', of, {}, call));
    return mapped(found, (data) => secretOf(of, data, clock.now()));
  };

  /** Each of these users, with the clients that it may use. */
  const usable = async (of: TenantId, ids: readonly IdentityId[], call: Call) => {
    const list = clients.listOf(of, call);
    const { items, total } = await list.read(0, MOST);
    if (total > 2 * MOST) throw new ProviderError('unsupported', TOO_MANY, INSTEAD);
    const all = total > MOST ? [...items, ...(await list.read(MOST, MOST)).items] : items;
    const asked = wantedOf({ number: 1, size: MOST, ids }, 'UserIds', ({ identity }) => identity);
    const usersOf = ({ id }: Client) => orNull(api('ListUsersForApplication', id, asked, call));
    const users = await Promise.all(all.map(usersOf));
    const mayUse = (i: number, id: IdentityId) =>
      users[i]?.items.some(({ UserId }) => UserId === id.identity);
    const clientsOf = (identity: IdentityId) =>
      all.flatMap((client, i) => (mayUse(i, identity) ? [{ ...client, identity }] : []));
    return { items: ids.map((id) => ({ id, clients: clientsOf(id) })), total: ids.length };
  };

  return {
    getTenants: tenants.getMany,
    listTenants: (page, call) => pageByOffset([tenants.listOf(vendor, call)], page),
    getIdentities: identities.getMany,
    listIdentities: (of, page, call) =>
      each(of, call, (id) => pageByOffset([identities.listOf(id, call)], page)),
    getClients: clients.getMany,
    listClients(of, page, call) {
      const users = of.flatMap((id) => ('identity' in id ? [id] : []));
      const find = inBatches(users, MOST, tenantIdOf, (tenant, batch) => usable(tenant, batch, call));
      return each<TenantId | IdentityId, Page<Client>>(of, call, async (id) => {
        if (!('identity' in id)) return pageByOffset([clients.listOf(id, call)], page);
        return pageOf((await find(id))?.clients ?? [], ({ id: { client } }) => client, page);
      });
    },
    getSecrets(ids, call) {
      const find = inBatches(ids, MOST, clientIdOf, (of) => secrets(of, call));
      return each(ids, call, find);
    },
    listSecrets: (of, page, call) =>
      each(of, call, async (id) => pageOfSecrets((await secrets(id, call)).items, page)),
  };
}

/** Null, of a parent that is not there: nothing. */
function mapped<T, U>(found: Stretch<T> | null, map: (item: T) => U): Stretch<U> {
  return { items: found?.items.map(map) ?? [], total: found?.total ?? 0 };
}

function wantedOf<Id>({ number, size, ids }: NumberedPage<Id>, name: string, partOf: (id: Id) => string) {
  return { PageNumber: number, PageSize: size, [name]: ids?.map(partOf) };
}

const tenantIdOf = ({ provider, tenant }: TenantId): TenantId => ({ provider, tenant });
