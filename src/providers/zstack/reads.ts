import type { Client } from '../../domain/client.ts';
import type { Identity } from '../../domain/identity.ts';
import type { ClientId, IdentityId, TenantId } from '../../domain/ids.ts';
import { EMPTY_PAGE, mapPage, pageOf, type Page } from '../../domain/page.ts';
import type { World } from '../../provider-kit/definition.ts';
import { each } from '../../provider-kit/each.ts';
import { inBatches } from '../../provider-kit/in-batches.ts';
import { namedTenant, oneTenant } from '../../provider-kit/one-tenant.ts';
import { pageByKey, type KeyCursor, type KeyedList } from '../../provider-kit/page-by-key.ts';
import type { Call, Reads } from '../../provider-kit/provider.ts';
import { remember } from '../../provider-kit/remember.ts';
import { pageOfSecrets } from '../../provider-kit/secret-page.ts';
import type { UpstreamRequest } from '../../provider-kit/upstream.ts';
import type { Api, SsoClient } from './api.ts';
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

/** Requests: 1 for any number of keys; of identities 1 for each type on the page, for a hundred ids and for a total. */
export function createReads(installation: Installation): Reads {
  const { api, product, id: tenant, host, clock } = installation;
  /** Null: there is no such client. */
  const ofEach = <Id extends ClientId, T>(
    ids: readonly Id[],
    call: Call,
    make: (client: SsoClient | null, id: Id) => T,
  ) => {
    const all = remember(() => api.listClients(call));
    return each(ids, call, async (id) =>
      make((await all('')).find(({ uuid }) => uuid === id.client) ?? null, id),
    );
  };

  const types: readonly IdentityType[] = IDENTITY_TYPES[product];
  const query = async (type: IdentityType, how: NonNullable<UpstreamRequest['query']>, call: Call) =>
    (await api.queryIdentities(type, how, call)).map((data) => identityOf(tenant, type, data, clock.now()));

  const listOf = (type: IdentityType, call: Call): KeyedList<Identity> => ({
    kind: type,
    read(limit, direction, uuid) {
      const [sort, beyond] = direction === 'forward' ? ['+uuid', '>'] : ['-uuid', '<'];
      return query(type, { q: uuid === null ? undefined : `uuid${beyond}${uuid}`, sort, limit }, call);
    },
    total: () => api.countIdentities(type, call),
  });
  const identityCursor: KeyCursor<Identity> = {
    cursorOf: ({ id }) => id.identity,
    parse: (cursor) => parseIdentity(product, cursor),
  };

  return {
    ...oneTenant(async (call) => {
      // Nothing is to be read of it; but whoever asks for it wants to know that it answers.
      await api.listClients(call);
      return namedTenant(tenant, host, clock.now());
    }),
    getIdentities(ids, call) {
      const typeOf = ({ identity }: IdentityId) => ({ ...tenant, identity: identity.split(':')[0] ?? '' });
      const find = inBatches(ids, IN_ONE_QUERY, typeOf, async (_, batch) => {
        const wanted = batch.flatMap(({ identity }) => parseIdentity(product, identity) ?? []);
        const q = `uuid?=${wanted.map(({ id }) => id).join(',')}`;
        const items = wanted[0] === undefined ? [] : await query(wanted[0].kind, { q }, call);
        return { items, total: items.length };
      });
      return each(ids, call, find);
    },
    listIdentities(of, page, call) {
      const lists = types.map((type) => listOf(type, call));
      return each(of, call, () => pageByKey(lists, page, identityCursor));
    },
    getClients: (ids, call) => ofEach(ids, call, (client) => client && clientOf(tenant, client, clock.now())),
    /** Of an identity there are none: a client does not act for those who sign in by it. */
    listClients: (of, page, call) =>
      each<TenantId | IdentityId, Page<Client>>(of, call, async (id) => {
        if ('identity' in id) return EMPTY_PAGE;
        const all = pageOf(await api.listClients(call), ({ uuid }) => uuid, page);
        return mapPage(all, (client) => clientOf(tenant, client, clock.now()));
      }),
    getSecrets: (ids, call) =>
      ofEach(ids, call, (client, id) =>
        client && id.secret === secretIdOf(id.client)
          ? slotOf(id, product, client.clientSecret, clock.now())
          : null,
      ),
    listSecrets: (of, page, call) =>
      ofEach(of, call, (client, id) =>
        pageOfSecrets(client ? [slotOf(id, product, client.clientSecret, clock.now())] : [], page),
      ),
  };
}
