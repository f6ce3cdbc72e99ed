import type { Client } from '../../domain/client.ts';
import type { Clock } from '../../domain/clock.ts';
import { clientIdOf, type ClientId, type IdentityId, type TenantId } from '../../domain/ids.ts';
import { mapPage, pageOf, type Page } from '../../domain/page.ts';
import { each } from '../../provider-kit/each.ts';
import { pageByOffset } from '../../provider-kit/offset-page.ts';
import { orNull } from '../../provider-kit/or-null.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import type { Call, Reads } from '../../provider-kit/provider.ts';
import { pageOfSecrets } from '../../provider-kit/secret-page.ts';
import type { Api, Parameters } from './api.ts';
import { inBatches, MOST, numbered, WHOLE, type Stretch } from './lists.ts';
import { clientOf, identityOf, secretOf, tenantOf } from './translate.ts';

/** One region of EIAM, and the way to it. */
export interface Eiam {
  readonly api: Api;
  readonly clock: Clock;
  readonly name: string;
  readonly region: string | undefined;
}

/** Without these the vendor leaves some applications out (vendor facts, section 4.3). */
const ALL = { ApplicationCreationType: 'all', ApplicationIdentityType: 'all' };
const MOST_APPLICATIONS = 2 * MOST;

/**
 * Requests to the vendor: for up to 100 ids of one instance 1; for a page of a list 1 or 2; for the secrets of a client
 * 1; for the clients of up to 100 identities of one instance 1 or 2, and 1 for each of its applications.
 */
export function createReads({ api, clock, name, region }: Eiam): Reads {
  const tenants = async (more: Parameters, call: Call) => {
    const found = await api('ListInstances', {}, more, call);
    return mapped(found, (data) => tenantOf(name, region, data));
  };
  const identities = async (of: TenantId, more: Parameters, call: Call) => {
    const found = await orNull(api('ListUsers', tenantIdOf(of), more, call));
    return mapped(found, (data) => identityOf(of, data));
  };
  const clients = async (of: TenantId, more: Parameters, call: Call) => {
    const found = await orNull(api('ListApplications', tenantIdOf(of), { ...ALL, ...more }, call));
    return mapped(found, (data) => clientOf(of, data));
  };
  const secrets = async (of: ClientId, call: Call) => {
    const found = await orNull(api('ListApplicationClientSecrets', of, {}, call));
    return mapped(found, (data) => secretOf(of, data, clock.now()));
  };

  /** Each of these users, with what it may use. */
  const usable = async (of: TenantId, users: readonly IdentityId[], call: Call) => {
    const list = numbered((page) => clients(of, page, call));
    const { items, total } = await list.read(0, MOST);
    if (total > MOST_APPLICATIONS) throw tooManyApplications();
    const all = total > MOST ? [...items, ...(await list.read(MOST, MOST)).items] : items;
    const asked = { ...WHOLE, UserIds: users.map(({ identity }) => identity) };
    const usersOf = async (id: ClientId) =>
      mapped(await orNull(api('ListUsersForApplication', id, asked, call)), ({ UserId }) => UserId).items;
    const allowed = await each(
      all.map(({ id }) => id),
      usersOf,
    );
    const mayUse = (user: IdentityId, i: number) => orThrow(allowed[i] ?? []).includes(user.identity);
    const own = users.map((id) => ({ id, clients: all.filter((_, i) => mayUse(id, i)) }));
    return { items: own, total: own.length };
  };

  return {
    getTenants(ids, call) {
      const ask = (_: TenantId, batch: readonly TenantId[]) =>
        tenants({ ...WHOLE, InstanceIds: batch.map(({ tenant }) => tenant) }, call);
      return each(
        ids,
        inBatches(ids, () => ({ provider: name, tenant: '' }), ask),
      );
    },
    listTenants: (page, call) => pageByOffset([numbered((at) => tenants(at, call))], page),
    getIdentities(ids, call) {
      const ask = (of: TenantId, batch: readonly IdentityId[]) =>
        identities(of, { ...WHOLE, UserIds: batch.map(({ identity }) => identity) }, call);
      return each(ids, inBatches(ids, tenantIdOf, ask));
    },
    listIdentities: (of, page, call) =>
      each(of, (tenant) => pageByOffset([numbered((at) => identities(tenant, at, call))], page)),
    getClients(ids, call) {
      const ask = (of: TenantId, batch: readonly ClientId[]) =>
        clients(of, { ...WHOLE, ApplicationIds: batch.map(({ client }) => client) }, call);
      return each(ids, inBatches(ids, tenantIdOf, ask));
    },
    listClients(of, page, call) {
      const find = inBatches(of.filter(isIdentity), tenantIdOf, (tenant, users) =>
        usable(tenant, users, call),
      );
      return each<TenantId | IdentityId, Page<Client>>(of, async (parent) => {
        if (!isIdentity(parent)) return pageByOffset([numbered((at) => clients(parent, at, call))], page);
        const own = (await find(parent))?.clients ?? [];
        return mapPage(
          pageOf(own, ({ id }) => id.client, page),
          (client) => ({ ...client, identity: parent }),
        );
      });
    },
    getSecrets: (ids, call) =>
      each(
        ids,
        inBatches(ids, clientIdOf, (of) => secrets(of, call)),
      ),
    listSecrets: (of, page, call) =>
      each(of, async (client) => pageOfSecrets((await secrets(client, call)).items, page)),
  };
}

/** Null, of a parent that is not there: nothing. */
function mapped<T, U>(found: Stretch<T> | null, map: (item: T) => U): Stretch<U> {
  return { items: found?.items.map(map) ?? [], total: found?.total ?? 0 };
}

const tenantIdOf = ({ provider, tenant }: TenantId): TenantId => ({ provider, tenant });

function isIdentity(id: TenantId | IdentityId): id is IdentityId {
  return 'identity' in id;
}

function orThrow<T>(answer: T | ProviderError): T {
  if (answer instanceof ProviderError) throw answer;
  return answer;
}

function tooManyApplications(): ProviderError {
  const message = `This instance has more than ${MOST_APPLICATIONS} applications, each of which would have to be asked.`;
  return new ProviderError('unsupported', message, { hint: 'List the clients of the tenant instead.' });
}
