import type { Client } from '../../domain/client.ts';
import type { ClientSecret } from '../../domain/client-secret.ts';
import type { Clock } from '../../domain/clock.ts';
import { clientIdOf, idKey, type ClientId, type ClientSecretId, type TenantId } from '../../domain/ids.ts';
import type { Page } from '../../domain/page.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { goesWithItsSecret } from '../goes-with-its-secret.ts';
import type { Call, Many, Provider } from '../provider.ts';
import { ProviderError } from '../provider-error.ts';

/** What the answers to one call have shown: what is there, and what is not. */
export interface Sight {
  /** Of a read when it began, of a write when it had ended: what it shows was so then, or later. */
  readonly at: Date;
  readonly tenants: readonly Tenant[];
  readonly clients: readonly Client[];
  readonly secrets: readonly ClientSecret[];
  readonly goneTenants: readonly TenantId[];
  readonly goneClients: readonly ClientId[];
  readonly goneSecrets: readonly ClientSecretId[];
}

export const NOTHING = {
  tenants: [],
  clients: [],
  secrets: [],
  goneTenants: [],
  goneClients: [],
  goneSecrets: [],
} satisfies Omit<Sight, 'at'>;

/** Who is shown what a provider answers. It never throws, and no secret value is ever shown. */
export interface Witness {
  /** Is the answer to this read worth a look? `read` tells it from all others; it is asked once for each key. */
  wants(read: string): boolean;
  /** The answers to a read that are wanted. */
  saw(sight: Sight): void;
  /** The answer to a write that began at `began`, which is given when this has resolved. Never rejects. */
  wrote(sight: Sight, began: Date): Promise<void>;
}

/**
 * Shows a witness what each read and each write of the provider is answered with. Who reads in the background looks for
 * himself, so that is not shown.
 */
export function witnessed(provider: Provider, witness: Witness, clock: Clock): Provider {
  const watched: object = {
    ...watchedReads(provider, witness, clock),
    ...watchedWrites(provider, witness, clock),
  };
  return new Proxy(provider, {
    get: (target, name): unknown => Reflect.get(watched, name) ?? Reflect.get(target, name),
  });
}

type Shown = Partial<Omit<Sight, 'at'>>;

function watchedReads(provider: Provider, witness: Witness, clock: Clock): object {
  const show = (at: Date, shown: Shown) => witness.saw({ ...NOTHING, ...shown, at });
  const wanted = <Id extends TenantId, T>(
    method: string,
    keys: readonly Id[],
    answers: readonly (T | ProviderError)[],
  ) =>
    keys.flatMap((key, i) => {
      const answer = answers[i];
      const isAnswer = answer !== undefined && !(answer instanceof ProviderError);
      return isAnswer && witness.wants(`${method} ${idKey(key)}`) ? [{ key, answer }] : [];
    });

  /** `pick` says what of a sight the nodes are, and what they are that are not there. */
  const get =
    <Id extends TenantId, T>(
      method: string,
      read: (ids: readonly Id[], call: Call) => Many<T | null>,
      pick: (there: readonly T[], gone: readonly Id[]) => Shown,
    ) =>
    async (ids: readonly Id[], call: Call): Promise<readonly (T | null | ProviderError)[]> => {
      const at = clock.now();
      const answers = await read(ids, call);
      if (call.isBackground) return answers;
      const seen = wanted(method, ids, answers);
      const there = seen.flatMap(({ answer }) => answer ?? []);
      const gone = seen.flatMap(({ key, answer }) => (answer === null ? [key] : []));
      if (seen.length > 0) show(at, pick(there, gone));
      return answers;
    };
  const list =
    <Of extends TenantId, Request, T>(
      method: string,
      read: (of: readonly Of[], request: Request, call: Call) => Many<Page<T>>,
      pick: (there: readonly T[]) => Shown,
    ) =>
    async (
      of: readonly Of[],
      request: Request,
      call: Call,
    ): Promise<readonly (Page<T> | ProviderError)[]> => {
      const at = clock.now();
      const answers = await read(of, request, call);
      if (call.isBackground) return answers;
      const seen = wanted(`${method} ${JSON.stringify(request)}`, of, answers);
      const there = seen.flatMap(({ answer }) => nodesOf(answer));
      if (there.length > 0) show(at, pick(there));
      return answers;
    };

  return {
    getTenants: get<TenantId, Tenant>(
      'getTenants',
      (ids, call) => provider.getTenants(ids, call),
      (tenants, goneTenants) => ({ tenants, goneTenants }),
    ),
    getClients: get<ClientId, Client>(
      'getClients',
      (ids, call) => provider.getClients(ids, call),
      (clients, goneClients) => ({ clients, goneClients }),
    ),
    getSecrets: get<ClientSecretId, ClientSecret>(
      'getSecrets',
      (ids, call) => provider.getSecrets(ids, call),
      (secrets, goneSecrets) => ({ secrets, goneSecrets }),
    ),
    listClients: list(
      'listClients',
      (...args: Parameters<Provider['listClients']>) => provider.listClients(...args),
      (clients) => ({ clients }),
    ),
    listSecrets: list(
      'listSecrets',
      (...args: Parameters<Provider['listSecrets']>) => provider.listSecrets(...args),
      (secrets) => ({ secrets }),
    ),
    listTenants: async (...[page, call]: Parameters<Provider['listTenants']>) => {
      const at = clock.now();
      const answer = await provider.listTenants(page, call);
      const read = `listTenants ${provider.name} ${JSON.stringify(page)}`;
      const isWanted = !call.isBackground && witness.wants(read);
      if (isWanted) show(at, { tenants: nodesOf(answer) });
      return answer;
    },
  };
}

/** A method that is absent stays absent. Revealing and verifying show nothing that a read does not. */
function watchedWrites(provider: Provider, witness: Witness, clock: Clock): object {
  const watch = <Args extends readonly unknown[], Answer>(
    write: ((...args: Args) => Promise<Answer>) | undefined,
    pick: (answer: Answer, args: Args) => Shown,
  ) =>
    write &&
    (async (...args: Args): Promise<Answer> => {
      const began = clock.now();
      const answer = await write(...args);
      await witness.wrote({ ...NOTHING, ...pick(answer, args), at: clock.now() }, began);
      return answer;
    });
  const tenant = (it: Tenant) => ({ tenants: [it] });
  const client = (it: Client) => ({ clients: [it] });
  const secret = (it: ClientSecret) => ({ secrets: [it] });
  const issued = (it: { readonly secret: ClientSecret }) => secret(it.secret);
  return {
    createTenant: watch(provider.createTenant, tenant),
    updateTenant: watch(provider.updateTenant, tenant),
    deleteTenant: watch(provider.deleteTenant, (_, [id]) => ({ goneTenants: [id] })),
    createClient: watch(provider.createClient, (made) => ({
      clients: [made.client],
      secrets: made.issued === null ? [] : [made.issued.secret],
    })),
    updateClient: watch(provider.updateClient, client),
    deleteClient: watch(provider.deleteClient, (_, [id]) => ({ goneClients: [id] })),
    createSecret: watch(provider.createSecret, issued),
    updateSecret: watch(provider.updateSecret, secret),
    disableSecret: watch(provider.disableSecret, secret),
    enableSecret: watch(provider.enableSecret, secret),
    revokeSecret: watch(provider.revokeSecret, (it, [id]) =>
      goesWithItsSecret(provider.traits) ? { goneClients: [clientIdOf(id)] } : secret(it),
    ),
    replaceSecret: watch(provider.replaceSecret, issued),
  };
}

function nodesOf<T>({ items }: Page<T>): readonly T[] {
  return items.map(({ node }) => node);
}
