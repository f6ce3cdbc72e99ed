import { z } from 'zod';
import { ask } from '../../provider-kit/ask.ts';
import type { Stretch } from '../../provider-kit/in-batches.ts';
import { jsonCalls } from '../../provider-kit/json-calls.ts';
import { parseReply } from '../../provider-kit/parse-reply.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import type { Call } from '../../provider-kit/provider.ts';
import type { Upstream, UpstreamReply } from '../../provider-kit/upstream.ts';
import { path } from '../../provider-kit/url-path.ts';
import { classifierOf } from './classify.ts';
import type { Dialect } from './config.ts';
import { replies, type Told } from './replies.ts';

/** What a tenant has many of. `takesIds`: can it be asked for many ids at once, in v1? */
function collection<T>(name: string, item: z.ZodType<T>, takesIds: boolean) {
  return { name, item, takesIds };
}
export type Collection<T> = ReturnType<typeof collection<T>>;

/** By what their ids in the gateway begin with. */
export const CLIENTS = {
  cc: collection('ClientCredentialClients', replies.client, true),
  hy: collection('HybridClients', replies.client, true),
};
export const IDENTITIES = {
  user: collection('Users', replies.identity, true),
  auto: collection('AutomationIdentities', replies.identity, false),
};

/** A client, as what holds secrets. */
export interface Holder {
  readonly kind: keyof typeof CLIENTS;
  readonly id: string;
}

const PAGE = 100;
const failure = z.looseObject({ StatusCode: z.number().nullish(), ModelId: z.string().nullish() });

export type Api = ReturnType<typeof createApi>;

/** The vendor's calls in one tenant, one request each but for `list`. */
export function createApi(upstream: Upstream, dialect: Dialect, tenantId: string) {
  const { get, post, put } = jsonCalls(upstream);
  /** Confirmed by a 204, which has no body. */
  const remove = (to: string, call: Call) =>
    ask(upstream, { method: 'DELETE', path: to }, z.undefined(), call);
  const root = path`/api/${dialect}/Tenants/${tenantId}`;
  const all = (of: Pick<Collection<unknown>, 'name'>) => `${root}/${of.name}`;
  const client = ({ kind, id }: Holder) => all(CLIENTS[kind]) + path`/${id}`;
  // On the page of v1-preview the list stands behind a slash (vendor facts, section 2).
  const secrets = (of: Holder) => client(of) + (dialect === 'v1' ? '/Secrets' : '/Secret/');
  const secret = (of: Holder, id: string) => secrets(of).replace(/\/$/, '') + path`/${id}`;

  const list = async <T>(of: Collection<T>, skip: number, count: number, call: Call): Promise<Stretch<T>> => {
    const reply = await upstream.send({ method: 'GET', path: all(of), query: { skip, count } }, call);
    const { items, total } = stretchIn(reply, of.item);
    const end = skip + items.length;
    if (total !== null || items.length === 0) return { items, total: total ?? end };
    return { items, total: (await list(of, end, PAGE, call)).total };
  };

  return {
    tenant: (call: Call) => get(root, replies.tenant, call),
    regions: (call: Call) => get(`${root}/Regions`, replies.regions, call),

    /** Where the total is not told, which the page of v1-preview does not promise, what lies behind is counted. */
    list,
    one: <T>(of: Collection<T>, id: string, call: Call) => get(all(of) + path`/${id}`, of.item, call),
    /** In the order of the ids. What went wrong with one alone is told beside the others (vendor facts, section 6). */
    async many<T extends { readonly Id: string }>(of: Collection<T>, ids: readonly string[], call: Call) {
      const request = { method: 'GET', path: all(of), query: { id: ids } } as const;
      const reply = await upstream.send(request, call);
      const { Data, ChildErrors } = parseReply(manyOf(of.item), reply, 'no');
      return ids.map((id): T | null | ProviderError => {
        const found = Data?.find(({ Id }) => Id === id) ?? null;
        const child = ChildErrors.find(({ ModelId }) => ModelId === id);
        if (found || ChildErrors.length === 0 || child?.StatusCode === 404) return found;
        const alone = { ...reply, status: child?.StatusCode ?? 0, json: child };
        const untold = new ProviderError('malformed', 'AVEVA does not say what became of this one.');
        return classifierOf(dialect)(alone, request) ?? untold;
      });
    },

    createClient: (kind: Holder['kind'], json: object, call: Call) =>
      post(all(CLIENTS[kind]), json, replies.newClient, call),
    updateClient: (of: Holder, json: object, call: Call) => put(client(of), json, replies.client, call),
    deleteClient: (of: Holder, call: Call) => remove(client(of), call),

    /** All of them, or it is malformed. */
    async secrets(of: Holder, call: Call): Promise<readonly Told<'secret'>[]> {
      const reply = await upstream.send({ method: 'GET', path: secrets(of) }, call);
      const { items, total } = stretchIn(reply, replies.secret);
      if (total === null || total === items.length) return items;
      throw new ProviderError('malformed', 'AVEVA does not tell all the secrets of the client.');
    },
    createSecret: (of: Holder, json: object, call: Call) => post(secrets(of), json, replies.newSecret, call),
    updateSecret: (of: Holder, id: string, json: object, call: Call) =>
      put(secret(of, id), json, replies.secret, call),
    deleteSecret: (of: Holder, id: string, call: Call) => remove(secret(of, id), call),
  };
}

/** A whole list, or, as a 207, what there is of it and what went wrong. */
function manyOf<T>(item: z.ZodType<T>) {
  const Data = z.array(item);
  const whole = Data.transform((all) => ({ Data: all, ChildErrors: [] }));
  return z.union([whole, z.object({ Data: Data.nullish(), ChildErrors: z.array(failure) })]);
}

/** Null total: it is not told. That there is nothing has to be the vendor's own word. */
function stretchIn<T>(reply: UpstreamReply, item: z.ZodType<T>) {
  const items = parseReply(z.array(item), reply, 'no');
  const { 'total-count': told, 'operation-id': operation } = reply.headers;
  if (items.length === 0 && told === undefined && operation === undefined)
    throw new ProviderError('malformed', 'Something else than AVEVA answered that there is nothing.');
  return { items, total: Number.isInteger(Number(told)) ? Number(told) : null };
}
