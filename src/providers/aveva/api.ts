import { z } from 'zod';
import { ask } from '../../provider-kit/ask.ts';
import { orNull } from '../../provider-kit/or-null.ts';
import { parseReply } from '../../provider-kit/parse-reply.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import type { Call } from '../../provider-kit/provider.ts';
import { remember } from '../../provider-kit/remember.ts';
import type { Upstream, UpstreamReply, UpstreamRequest } from '../../provider-kit/upstream.ts';
import { path } from '../../provider-kit/url-path.ts';
import { classifierOf } from './classify.ts';
import type { Dialect } from './config.ts';
import { manyOf, replies, type ClientData, type IdentityData } from './replies.ts';

/** What a tenant has many of. `takesIds`: can it be asked for many ids at once, in v1? */
export interface Collection<T> {
  readonly name: string;
  readonly item: z.ZodType<T>;
  readonly takesIds: boolean;
}

/** By what their ids in the gateway begin with. */
export const CLIENTS: Readonly<Record<'cc' | 'hy', Collection<ClientData>>> = {
  cc: { name: 'ClientCredentialClients', item: replies.client, takesIds: true },
  hy: { name: 'HybridClients', item: replies.client, takesIds: true },
};
export const IDENTITIES: Readonly<Record<'user' | 'auto', Collection<IdentityData>>> = {
  user: { name: 'Users', item: replies.identity, takesIds: true },
  auto: { name: 'AutomationIdentities', item: replies.identity, takesIds: false },
};

/** A client, as what has secrets. */
export interface Holder {
  readonly kind: keyof typeof CLIENTS;
  readonly id: string;
}

/** So many ids make a URL that every server takes; so many items are a page where nobody says how many. */
const AT_ONCE = 100;

export type Api = ReturnType<typeof createApi>;

/** The vendor's calls in one tenant: one request each, but for `finder` and `list`. */
export function createApi(upstream: Upstream, dialect: Dialect, tenantId: string) {
  const get = <T>(to: string, reply: z.ZodType<T>, call: Call) =>
    ask(upstream, { method: 'GET', path: to }, reply, call);
  const post = <T>(to: string, json: object, reply: z.ZodType<T>, call: Call) =>
    ask(upstream, { method: 'POST', path: to, json }, reply, call);
  /** Sets what it names and nothing else, so that twice is once. */
  const put = <T>(to: string, json: object, reply: z.ZodType<T>, call: Call) =>
    ask(upstream, { method: 'PUT', path: to, json, repeatable: true }, reply, call);
  const root = path`/api/${dialect}/Tenants/${tenantId}`;
  const all = ({ name }: Pick<Collection<unknown>, 'name'>) => `${root}/${name}`;
  const client = ({ kind, id }: Holder) => all(CLIENTS[kind]) + path`/${id}`;
  // On the page of v1-preview the list stands behind a slash (vendor facts, section 2).
  const secrets = (of: Holder) => client(of) + (dialect === 'v1' ? '/Secrets' : '/Secret/');
  const secret = (of: Holder, id: string) => secrets(of).replace(/\/$/, '') + path`/${id}`;
  const remove = async (to: string, call: Call): Promise<void> => {
    const { status } = await upstream.send({ method: 'DELETE', path: to }, call);
    if (status === 204) return;
    throw new ProviderError('malformed', 'AVEVA does not confirm the deletion.', { applied: 'maybe' });
  };

  /** A function of each of these ids. Null: it is not there. Throws what went wrong with it (vendor facts, section 6). */
  const getMany = async <T extends { readonly Id: string }>(
    of: Collection<T>,
    ids: readonly string[],
    call: Call,
  ) => {
    const request: UpstreamRequest = { method: 'GET', path: all(of), query: { id: ids } };
    const reply = await upstream.send(request, call);
    const { Data, ChildErrors } = parseReply(manyOf(of.item), reply, 'no');
    return (id: string): T | null => {
      const found = Data.find(({ Id }) => Id === id);
      if (found !== undefined || ChildErrors.length === 0) return found ?? null;
      const child = ChildErrors.find(({ ModelId }) => ModelId === id);
      if (child?.StatusCode === 404) return null;
      const failure = { ...reply, status: child?.StatusCode ?? 0, json: child };
      const unsaid = new ProviderError('malformed', 'AVEVA does not say what became of this one.');
      throw classifierOf(dialect)(failure, request) ?? unsaid;
    };
  };

  return {
    tenant: (call: Call) => get(root, replies.tenant, call),
    regions: (call: Call) => get(`${root}/Regions`, replies.regions, call),

    /** Finds each of these ids: a hundred by one request where the vendor takes many, else by one each. */
    finder<T extends { readonly Id: string }>(of: Collection<T>, ids: readonly string[], call: Call) {
      const wanted = [...new Set(ids)];
      const found = remember((from) =>
        orNull(getMany(of, wanted.slice(Number(from), Number(from) + AT_ONCE), call)),
      );
      return async (id: string): Promise<T | null> => {
        if (dialect !== 'v1' || !of.takesIds) return orNull(get(all(of) + path`/${id}`, of.item, call));
        const place = wanted.indexOf(id);
        return (await found(String(place - (place % AT_ONCE))))?.(id) ?? null;
      };
    },

    /** Where the total is not told, which the page of v1-preview does not promise, what lies behind is counted. */
    async list<T>(
      of: Collection<T>,
      skip: number,
      count: number,
      call: Call,
    ): Promise<{ readonly items: readonly T[]; readonly total: number }> {
      const reply = await upstream.send({ method: 'GET', path: all(of), query: { skip, count } }, call);
      const { items, total } = listIn(reply, of.item);
      if (total !== null) return { items, total };
      const end = skip + items.length;
      return { items, total: items.length === 0 ? end : (await this.list(of, end, AT_ONCE, call)).total };
    },

    createClient: (kind: Holder['kind'], json: object, call: Call) =>
      post(all(CLIENTS[kind]), json, replies.newClient, call),
    updateClient: (of: Holder, json: object, call: Call) => put(client(of), json, replies.client, call),
    deleteClient: (of: Holder, call: Call) => remove(client(of), call),

    /** All of them: there are ten at the most. */
    async listSecrets(of: Holder, call: Call) {
      const reply = await upstream.send({ method: 'GET', path: secrets(of) }, call);
      const { items, total } = listIn(reply, replies.secret);
      if (total === null || total === items.length) return items;
      throw new ProviderError('malformed', 'AVEVA does not tell all the secrets of the client.');
    },
    createSecret: (of: Holder, json: object, call: Call) => post(secrets(of), json, replies.newSecret, call),
    updateSecret: (of: Holder, id: string, json: object, call: Call) =>
      put(secret(of, id), json, replies.secret, call),
    deleteSecret: (of: Holder, id: string, call: Call) => remove(secret(of, id), call),
  };
}

/** `total`: of the list that it is a part of; null: it is not told. That there is nothing has to be the vendor's word. */
function listIn<T>(reply: UpstreamReply, item: z.ZodType<T>) {
  const items = parseReply(z.array(item), reply, 'no');
  const { 'total-count': told, 'operation-id': operation } = reply.headers;
  if (items.length === 0 && told === undefined && operation === undefined)
    throw new ProviderError('malformed', 'Something else than AVEVA answered that there is nothing.');
  return { items, total: told !== undefined && /^\d+$/.test(told) ? Number(told) : null };
}
