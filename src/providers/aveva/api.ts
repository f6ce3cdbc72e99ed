import { z } from 'zod';
import type { ClientId, ClientSecretId } from '../../domain/ids.ts';
import { ask } from '../../provider-kit/ask.ts';
import { splitId } from '../../provider-kit/compound-id.ts';
import type { Stretch } from '../../provider-kit/in-batches.ts';
import { jsonCalls } from '../../provider-kit/json-calls.ts';
import { orNull } from '../../provider-kit/or-null.ts';
import { parseReply } from '../../provider-kit/parse-reply.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import type { Call } from '../../provider-kit/provider.ts';
import type { Upstream, UpstreamRequest } from '../../provider-kit/upstream.ts';
import { path } from '../../provider-kit/url-path.ts';
import { classifierOf } from './classify.ts';
import type { Dialect } from './config.ts';
import { replies, type Told } from './replies.ts';

/** What a tenant has many of, by what the ids of each begin with in the gateway. */
const COLLECTIONS = {
  cc: 'ClientCredentialClients',
  hy: 'HybridClients',
  user: 'Users',
  auto: 'AutomationIdentities',
};
export type Kind = keyof typeof COLLECTIONS;

type Thing = Told<'thing'>;
const failure = z.looseObject({ StatusCode: z.number().nullish(), ModelId: z.string().nullish() });
/** A whole list, or, as a 207, what there is of it and what went wrong (vendor facts, section 6). */
const many = z.union([
  replies.things.transform((Data) => ({ Data, ChildErrors: [] })),
  z.object({ Data: replies.things.nullish(), ChildErrors: z.array(failure) }),
]);

export type Api = ReturnType<typeof createApi>;

/** Where things are in one tenant, and how to ask for them: one request each, but for `list`. */
export function createApi(upstream: Upstream, dialect: Dialect, tenantId: string) {
  const calls = jsonCalls(upstream);
  const root = path`/api/${dialect}/Tenants/${tenantId}`;
  const all = (kind: Kind) => `${root}/${COLLECTIONS[kind]}`;
  const one = (kind: Kind, id: string) => all(kind) + path`/${id}`;
  const client = ({ client: text }: ClientId) => {
    const { kind, id } = splitId(text, ['cc', 'hy']) ?? missing();
    return one(kind, id);
  };
  // On the page of v1-preview the list stands behind a slash (vendor facts, section 2).
  const secrets = (of: ClientId) => client(of) + (dialect === 'v1' ? '/Secrets' : '/Secret/');

  /** Null total: it is not told. That there is nothing has to be the vendor's own word. */
  const listIn = async <T>(request: UpstreamRequest, whole: z.ZodType<T[]>, call: Call) => {
    const reply = await upstream.send(request, call);
    const items = parseReply(whole, reply, 'no');
    const { 'total-count': total, 'operation-id': operation } = reply.headers;
    if (items.length === 0 && total === undefined && operation === undefined)
      throw new ProviderError('malformed', 'Something else than AVEVA answered that there is nothing.');
    return { items, total: Number.isInteger(Number(total)) ? Number(total) : null };
  };
  /** Where the total is not told, which the page of v1-preview does not promise, what lies behind is counted. */
  const list = async (kind: Kind, skip: number, count: number, call: Call): Promise<Stretch<Thing>> => {
    const request = { method: 'GET', path: all(kind), query: { skip, count } } as const;
    const { items, total } = await listIn(request, replies.things, call);
    const end = skip + items.length;
    if (total !== null || items.length === 0) return { items, total: total ?? end };
    return { items, total: (await list(kind, end, 100, call)).total };
  };

  return {
    ...calls,
    /** Confirmed by a 204, which has no body. */
    remove: (to: string, call: Call) => ask(upstream, { method: 'DELETE', path: to }, z.undefined(), call),
    root,
    all,
    client,
    secrets,
    list,
    secret: (id: ClientSecretId) => secrets(id).replace(/\/$/, '') + path`/${id.secret}`,

    find: (kind: Kind, id: string, call: Call) => orNull(calls.get(one(kind, id), replies.thing, call)),
    /** In the order of the ids; what went wrong with one alone is its answer. */
    async findMany(kind: Kind, ids: readonly string[], call: Call) {
      const request = { method: 'GET', path: all(kind), query: { id: ids } } as const;
      const reply = await orNull(upstream.send(request, call));
      if (reply === null) return ids.map(() => null);
      const { Data, ChildErrors } = parseReply(many, reply, 'no');
      return ids.map((id) => {
        const found = Data?.find(({ Id }) => Id === id) ?? null;
        const child = ChildErrors.find(({ ModelId }) => ModelId === id);
        if (found || ChildErrors.length === 0 || child?.StatusCode === 404) return found;
        const alone = { ...reply, status: child?.StatusCode ?? 0, json: child };
        const untold = new ProviderError('malformed', 'AVEVA does not say what became of this one.');
        return classifierOf(dialect)(alone, request) ?? untold;
      });
    },
    /** All of them, or it is malformed. */
    async listSecrets(of: ClientId, call: Call) {
      const { items, total } = await listIn({ method: 'GET', path: secrets(of) }, replies.secrets, call);
      if (total === null || total === items.length) return items;
      throw new ProviderError('malformed', 'AVEVA does not tell all the secrets of the client.');
    },
  };
}

export function missing(): never {
  throw new ProviderError('not_found', 'AVEVA has nothing with this id.');
}
