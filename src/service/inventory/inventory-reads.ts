import { permits, reach, tenantsWithin, type Actor } from '../../domain/actor.ts';
import { InvalidInputError } from '../../domain/gateway-error.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { Page } from '../../domain/page.ts';
import { findDriftEvents } from '../../store/inventory-changes.ts';
import { listInventoryClients } from '../../store/inventory-client-list.ts';
import { listDriftEvents } from '../../store/inventory-drift.ts';
import {
  findInventoryClients,
  findInventorySecrets,
  findInventoryTenants,
} from '../../store/inventory-find.ts';
import { listInventorySecrets } from '../../store/inventory-secret-list.ts';
import { isUuid } from '../../store/uuid.ts';
import type { Services } from '../services.ts';
import type { InventoryReads } from '../session.ts';
import type { SeenPage } from './seen-page.ts';
import { sweepFailures } from './sweep-failures.ts';

/** What was last seen, and what has changed, narrowed to what the actor may read of the providers that there are. */
export function inventoryReads(services: Services, actor: Actor): InventoryReads {
  const { store, clock } = services;
  const within = reach(actor, 'READER');
  const readable = [...services.providers.keys()].filter((name) => {
    const tenants = tenantsWithin(actor, 'READER', name);
    return tenants === 'all' || tenants.length > 0;
  });
  const narrowed = <F extends { readonly providers: readonly string[] | null }>(filter: F) => {
    const { providers } = filter;
    checkNames(providers, readable);
    return { ...filter, within, providers: readable.filter((name) => providers?.includes(name) ?? true) };
  };
  const find = async <Id extends TenantId, T>(
    ids: readonly Id[],
    read: (ids: readonly Id[]) => Promise<readonly (T | null)[]>,
  ) => {
    const own = ids.filter((id) => permits(actor, 'READER', id));
    const found = await read(own);
    return ids.map((id) => found[own.indexOf(id)] ?? null);
  };
  const seenPage = <T>(page: Page<T>, providers: readonly string[]): SeenPage<T> => ({
    ...page,
    failures: () => sweepFailures(services, providers, within),
  });

  return {
    async listSeenClients(filter, order, page) {
      const narrow = narrowed(filter);
      return seenPage(await listInventoryClients(store, narrow, order, page), narrow.providers);
    },
    async listSeenSecrets(filter, order, page) {
      const narrow = narrowed(filter);
      return seenPage(await listInventorySecrets(store, narrow, order, page, clock.now()), narrow.providers);
    },
    seenTenants: (ids) => find(ids, (own) => findInventoryTenants(store, own, EVEN_GONE)),
    seenClients: (ids) => find(ids, (own) => findInventoryClients(store, own, EVEN_GONE)),
    seenSecrets: (ids) => find(ids, (own) => findInventorySecrets(store, own, clock.now(), EVEN_GONE)),
    async driftEvents(ids) {
      const found = await findDriftEvents(store, ids.filter(isUuid));
      const own = found.filter(({ client }) => permits(actor, 'READER', client));
      return ids.map((id) => own.find((event) => event.id === id) ?? null);
    },
    listDriftEvents: (filter, page) => listDriftEvents(store, narrowed(filter), page),
  };
}

const EVEN_GONE = { evenGone: true };

function checkNames(providers: readonly string[] | null, known: readonly string[]): void {
  const fields = (providers ?? []).flatMap((name, i) =>
    known.includes(name)
      ? []
      : [{ path: ['filter', 'providers', String(i)], message: 'is not the name of a provider here' }],
  );
  if (fields.length === 0) return;
  const hint = `The providers that you may read are: ${known.join(', ')}.`;
  throw new InvalidInputError(fields, { hint });
}
