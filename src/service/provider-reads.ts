import { permits, tenantsWithin, type Actor } from '../domain/actor.ts';
import type { GatewayError } from '../domain/gateway-error.ts';
import type { TenantId } from '../domain/ids.ts';
import { EMPTY_PAGE, pageOf, type Page, type PageRequest } from '../domain/page.ts';
import type { Tenant } from '../domain/tenant.ts';
import { ProviderError } from '../provider-kit/provider-error.ts';
import type { Call, Many, Reads } from '../provider-kit/provider.ts';
import type { OpenedProvider, Services } from './services.ts';
import type { ProviderView } from './provider-view.ts';
import type { Answers, ProviderReads } from './session.ts';
import { capabilitiesOf, clientOperations, secretOperations } from './capabilities.ts';
import { gatewayErrorOf } from './translate-error.ts';
import { freshHealth } from './provider-health.ts';

/** How a provider is read: live, or over what was read of late. */
export type Way = (opened: OpenedProvider) => Reads;

/** Each read goes to the providers of its keys, all at once, and only for what the actor may read. */
export function providerReads(services: Services, actor: Actor, call: Call, way: Way): ProviderReads {
  const split = <Id extends TenantId, T>(
    ids: readonly Id[],
    unreadable: T,
    read: (provider: Reads, ids: readonly Id[]) => Many<T>,
  ) => splitByProvider(services, actor, way, ids, unreadable, read);
  return {
    providers: () =>
      [...services.providers.values()].filter(mayReadSome(actor)).map((it) => viewOf(services, it, call)),
    tenants: (ids) => split(ids, null, (provider, own) => provider.getTenants(own, call)),
    identities: (ids) => split(ids, null, (provider, own) => provider.getIdentities(own, call)),
    clients: (ids) => split(ids, null, (provider, own) => provider.getClients(own, call)),
    secrets: (ids) => split(ids, null, (provider, own) => provider.getSecrets(own, call)),
    listTenants: (name, page) => listTenants(services, actor, call, way, name, page),
    listIdentities: (of, page) =>
      split(of, EMPTY_PAGE, (provider, own) => provider.listIdentities(own, page, call)),
    listClients: (of, page) =>
      split(of, EMPTY_PAGE, (provider, own) => provider.listClients(own, page, call)),
    listSecrets: (of, page) =>
      split(of, EMPTY_PAGE, (provider, own) => provider.listSecrets(own, page, call)),
    clientOperations: (client) => {
      const opened = services.providers.get(client.id.provider);
      return opened === undefined ? [] : clientOperations(opened.provider, actor, client);
    },
    secretOperations: (secret) => {
      const opened = services.providers.get(secret.id.provider);
      return opened === undefined ? [] : secretOperations(opened.provider, actor, secret);
    },
  };
}

async function splitByProvider<Id extends TenantId, T>(
  { providers }: Services,
  actor: Actor,
  way: Way,
  ids: readonly Id[],
  unreadable: T,
  read: (provider: Reads, ids: readonly Id[]) => Many<T>,
): Answers<T> {
  const answers: (T | GatewayError)[] = ids.map(() => unreadable);
  const readable = ids.flatMap((id, place) => (permits(actor, 'READER', id) ? [{ id, place }] : []));
  await Promise.all(
    [...new Set(readable.map(({ id }) => id.provider))].map(async (name) => {
      const opened = providers.get(name);
      if (opened === undefined) return;
      const own = readable.filter(({ id }) => id.provider === name);
      const found = await read(
        way(opened),
        own.map(({ id }) => id),
      ).catch(asAnswer);
      own.forEach(({ place }, i) => {
        const answer = found instanceof ProviderError ? found : (found[i] ?? unreadable);
        answers[place] = answer instanceof ProviderError ? gatewayErrorOf(answer, name, null) : answer;
      });
    }),
  );
  return answers;
}

/** A read that failed as a whole failed for each of its keys. */
function asAnswer(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error;
  throw error;
}

/** A viewer of some tenants alone is never shown that there are others, so those are fetched one by one. */
async function listTenants(
  { providers }: Services,
  actor: Actor,
  call: Call,
  way: Way,
  name: string,
  page: PageRequest,
): Promise<Page<Tenant>> {
  const opened = providers.get(name);
  const within = tenantsWithin(actor, 'READER', name);
  if (opened === undefined) return EMPTY_PAGE;
  const provider = way(opened);
  try {
    if (within === 'all') return await provider.listTenants(page, call);
    const found = await provider.getTenants(
      within.map((tenant) => ({ provider: name, tenant })),
      call,
    );
    const failed = found.find((answer) => answer instanceof ProviderError);
    if (failed !== undefined) throw failed;
    const tenants = found.flatMap((answer) =>
      answer === null || answer instanceof ProviderError ? [] : [answer],
    );
    return pageOf(tenants, (tenant) => tenant.id.tenant, page);
  } catch (error) {
    throw error instanceof ProviderError ? gatewayErrorOf(error, name, null) : error;
  }
}

function mayReadSome(actor: Actor) {
  return ({ provider }: OpenedProvider) => {
    const within = tenantsWithin(actor, 'READER', provider.name);
    return within === 'all' || within.length > 0;
  };
}

function viewOf(services: Services, opened: OpenedProvider, call: Call): ProviderView {
  return {
    name: opened.provider.name,
    kind: opened.kind,
    get capabilities() {
      return capabilitiesOf(opened.provider);
    },
    health: () => freshHealth(opened, services.clock, call),
  };
}
