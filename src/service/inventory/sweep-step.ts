import type { TenantId } from '../../domain/ids.ts';
import { MAX_PAGE_SIZE } from '../../domain/page.ts';
import { NOTHING } from '../../provider-kit/layers/witness.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import type { Call, Provider } from '../../provider-kit/provider.ts';
import { findUnlistedTenants } from '../../store/inventory-note-tenants.ts';
import { findUnseen } from '../../store/inventory-find.ts';
import { removeSweepsOfGone, scheduleSweeps } from '../../store/inventory-sweeps.ts';
import type { Services } from '../services.ts';
import { noteSight } from './note-sight.ts';
import { passOver } from './pass-over.ts';
import type { SweepPlace } from './sweep-place.ts';
import { walkTenant } from './walk-tenant.ts';

/** The next piece of a sweep: looks, notes what was seen, and tells where it goes on. Rejects with ProviderError. */
export type Step = (
  from: SweepPlace,
  about: {
    /** How often this step has failed before. */
    readonly tries: number;
    /** When the sweep began. */
    readonly since: Date;
    readonly call: Call;
  },
) => Promise<SweepPlace | { readonly isOver: true; readonly fault: SweepPlace['fault'] }>;

const CLIENTS_AT_ONCE = 20;
const UNSEEN_AT_ONCE = 100;

/** Looks through the clients of a tenant and their secrets, and then for those that were there and did not show. */
export function sweepTenant(
  services: Pick<Services, 'store' | 'clock'>,
  provider: Provider,
  tenant: TenantId,
): Step {
  const { store, clock } = services;
  const walk = walkTenant(provider, tenant);
  return async (from, { tries, since, call }) => {
    const at = clock.now();
    if (from.walk !== null) {
      // What has failed is asked for by itself.
      const piece = await walk(from.walk, tries === 0 ? CLIENTS_AT_ONCE : 1, call);
      const { clients, secrets, failures, next } = piece;
      await noteSight(store, { ...NOTHING, clients, secrets, at }, 'look', since);
      const hasCursor = from.walk.more.length > 0;
      return {
        ...from,
        walk: next,
        fault: passOver(failures, { tries, hasCursor }, provider.name) ?? from.fault,
      };
    }
    const unseen = await findUnseen(store, tenant, since, UNSEEN_AT_ONCE, from.asked);
    if (unseen.clients.length + unseen.secrets.length === 0) return { isOver: true, fault: from.fault };
    const clients = sorted(unseen.clients, await provider.getClients(unseen.clients, call));
    const secrets = sorted(unseen.secrets, await provider.getSecrets(unseen.secrets, call));
    const seen = {
      clients: clients.there,
      goneClients: clients.gone,
      secrets: secrets.there,
      goneSecrets: secrets.gone,
    };
    await noteSight(store, { ...NOTHING, ...seen, at }, 'look', since);
    const failures = [...clients.failures, ...secrets.failures];
    const fault = passOver(failures, { tries }, provider.name) ?? from.fault;
    // What cannot be read is left for the next sweep.
    const { client } = unseen.clients.at(-1) ?? from.asked;
    const secret = unseen.secrets.at(-1) ?? from.asked.secret;
    return { ...from, fault, asked: { ...from.asked, client, secret } };
  };
}

/** Looks through the tenants of a provider, each of which is then to be swept, and for those that did not show. */
export function sweepTenants(services: Pick<Services, 'store' | 'clock'>, provider: Provider): Step {
  const { store, clock } = services;
  return async (from, { tries, since, call }) => {
    const at = clock.now();
    if (from.walk !== null) {
      const cursor = from.walk.after;
      const request = { limit: MAX_PAGE_SIZE, direction: 'forward', withTotal: false, cursor } as const;
      const page = await provider.listTenants(request, call);
      const tenants = page.items.map(({ node }) => node);
      await noteSight(store, { ...NOTHING, tenants, at }, 'look', since);
      await scheduleSweeps(
        store,
        tenants.map(({ id }) => id),
        at,
      );
      const end = page.hasNext ? page.items.at(-1)?.cursor : undefined;
      return { ...from, walk: end === undefined ? null : { ...from.walk, after: end } };
    }
    const unseen = await findUnlistedTenants(store, provider.name, since, UNSEEN_AT_ONCE, from.asked.tenant);
    const last = unseen.at(-1);
    if (last === undefined) {
      await removeSweepsOfGone(store, provider.name);
      return { isOver: true, fault: from.fault };
    }
    const { there, gone, failures } = sorted(unseen, await provider.getTenants(unseen, call));
    await noteSight(store, { ...NOTHING, tenants: there, goneTenants: gone, at }, 'look', since);
    const fault = passOver(failures, { tries }, provider.name) ?? from.fault;
    return { ...from, fault, asked: { ...from.asked, tenant: last.tenant } };
  };
}

function sorted<Id, T>(
  ids: readonly Id[],
  answers: readonly (T | null | ProviderError)[],
): {
  readonly there: readonly T[];
  readonly gone: readonly Id[];
  readonly failures: readonly ProviderError[];
} {
  return {
    there: answers.flatMap((answer) => (answer === null || answer instanceof ProviderError ? [] : [answer])),
    gone: ids.filter((_, i) => answers[i] === null),
    failures: answers.filter((answer) => answer instanceof ProviderError),
  };
}
