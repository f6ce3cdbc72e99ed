import type { Client } from '../../domain/client.ts';
import type { Clock } from '../../domain/clock.ts';
import { idKey, type ClientId, type IdentityId, type TenantId } from '../../domain/ids.ts';
import { mapPage, pageOf, type Page } from '../../domain/page.ts';
import { each } from '../../provider-kit/each.ts';
import { pageByOffset } from '../../provider-kit/offset-page.ts';
import { orNull } from '../../provider-kit/or-null.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import type { Call, Reads } from '../../provider-kit/provider.ts';
import { pageOfSecrets } from '../../provider-kit/secret-page.ts';
import type { Api, Parameters } from './api.ts';
import { eachInBatches, inBatches, MOST, numbered, WHOLE, type Stretch } from './lists.ts';
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
const NOTHING: Stretch<never> = { items: [], total: 0 };

/**
 * Requests to the vendor: for up to 100 ids of one instance 1; for a page of a list 1 or 2; for the secrets of a client
 * 1; for the clients of up to 100 identities of one instance 1 or 2, and 1 for each of its applications.
 */
export function createReads({ api, clock, name, region }: Eiam): Reads {
  const tenants = async (more: Parameters, call: Call) => {
    const { TotalCount: total, Instances } = await api('ListInstances', {}, more, call);
    return { total, items: Instances.map((data) => tenantOf(name, region, data)) };
  };
  const identities = async (of: TenantId, more: Parameters, call: Call) => {
    const reply = await orNull(api('ListUsers', { tenant: of.tenant }, more, call));
    if (reply === null) return NOTHING;
    return { total: reply.TotalCount, items: reply.Users.map((data) => identityOf(of, data)) };
  };
  const clients = async (of: TenantId, more: Parameters, call: Call) => {
    const reply = await orNull(api('ListApplications', { tenant: of.tenant }, { ...ALL, ...more }, call));
    if (reply === null) return NOTHING;
    return { total: reply.TotalCount, items: reply.Applications.map((data) => clientOf(of, data)) };
  };
  const secrets = async (of: ClientId, call: Call) => {
    const { tenant, client } = of;
    const reply = await orNull(api('ListApplicationClientSecrets', { tenant, client }, {}, call));
    if (reply === null) return NOTHING;
    const [now, found] = [clock.now(), reply.ApplicationClientSecrets];
    return { total: reply.TotalCount, items: found.map((data) => secretOf(of, data, now)) };
  };

  /** What each of these users may use, by the keys of their ids. */
  const usableBy = async (users: readonly IdentityId[], of: TenantId, call: Call) => {
    const list = numbered((page) => clients(of, page, call));
    const { items, total } = await list.read(0, MOST);
    if (total > MOST_APPLICATIONS) throw tooManyApplications();
    const all = total > MOST ? [...items, ...(await list.read(MOST, MOST)).items] : items;
    const UserIds = users.map(({ identity }) => identity);
    const allowed = await each(
      all.map(({ id }) => id),
      async (id) => {
        const reply = await orNull(api('ListUsersForApplication', id, { ...WHOLE, UserIds }, call));
        return new Set(reply?.Users.map(({ UserId }) => UserId));
      },
    );
    const mayUse = (user: IdentityId) => all.filter((_, i) => orThrow(allowed[i])?.has(user.identity));
    return new Map(users.map((user) => [idKey(user), mayUse(user)]));
  };

  return {
    getTenants: (ids, call) =>
      eachInBatches(
        ids,
        () => 'all',
        (batch) => tenants({ ...WHOLE, InstanceIds: batch.map(({ tenant }) => tenant) }, call),
      ),
    listTenants: (page, call) => pageByOffset([numbered((at) => tenants(at, call))], page),
    getIdentities: (ids, call) =>
      eachInBatches(ids, instanceOf, (batch, of) =>
        identities(of, { ...WHOLE, UserIds: batch.map(({ identity }) => identity) }, call),
      ),
    listIdentities: (of, page, call) =>
      each(of, (tenant) => pageByOffset([numbered((at) => identities(tenant, at, call))], page)),
    getClients: (ids, call) =>
      eachInBatches(ids, instanceOf, (batch, of) =>
        clients(of, { ...WHOLE, ApplicationIds: batch.map(({ client }) => client) }, call),
      ),
    listClients(of, page, call) {
      const find = inBatches(of.filter(isIdentity), instanceOf, (users, first) =>
        usableBy(users, first, call),
      );
      return each<TenantId | IdentityId, Page<Client>>(of, async (parent) => {
        if (!isIdentity(parent)) return pageByOffset([numbered((at) => clients(parent, at, call))], page);
        const { provider, tenant, identity } = parent;
        const usable = (await find(parent)) ?? [];
        return mapPage(
          pageOf(usable, ({ id }) => id.client, page),
          (client) => ({ ...client, identity: { provider, tenant, identity } }),
        );
      });
    },
    getSecrets: (ids, call) =>
      eachInBatches(
        ids,
        ({ tenant, client }) => JSON.stringify([tenant, client]),
        (_, of) => secrets(of, call),
      ),
    listSecrets: (of, page, call) =>
      each(of, async (client) => pageOfSecrets((await secrets(client, call)).items, page)),
  };
}

const instanceOf = ({ tenant }: TenantId): string => tenant;

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
