import { z } from 'zod';
import { SecretValue } from '../../domain/secret-value.ts';
import { ask } from '../../provider-kit/ask.ts';
import { parseReply } from '../../provider-kit/parse-reply.ts';
import type { Call } from '../../provider-kit/provider.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import type { Upstream, UpstreamRequest } from '../../provider-kit/upstream.ts';
import { path } from '../../provider-kit/url-path.ts';

/** OAuth clients and access tokens: registered, read and deleted alike. */
export const KINDS = ['oauth', 'token'] as const;
export type Kind = (typeof KINDS)[number];

/** At once in a list: more than the default of 20 or 25; the maximum is not told (vendor facts, sections 4 and 5). */
export const MOST = 100;
const HINT_LENGTH = 4;

const text = z.string();
const optional = z.string().nullish();
const texts = z.array(text).nullish();
const date = z.number().pipe(z.coerce.date());

const oauthClient = z
  .object({ _clientId: text, name: text, description: optional, redirectUri: text, _creationDate: date })
  .transform(({ _clientId: id, _creationDate: createdAt, ...data }) => ({
    ...data,
    kind: 'oauth' as const,
    id,
    createdAt,
  }));

const accessToken = z
  .object({
    _id: text,
    name: optional,
    description: optional,
    /** Its last four characters in most replies. Whatever stands there, no more than these gets through. */
    token: optional.transform((token) => token?.slice(-HINT_LENGTH) ?? null),
    serviceToken: z.boolean().nullish(),
    role: optional,
    customRoleIds: texts,
    inlineRole: z.array(z.json()).nullish(),
    memberId: text,
    creationDate: date,
    lastModified: date,
    lastUsed: date.nullish(),
  })
  .transform(({ _id: id, creationDate: createdAt, ...data }) => ({
    ...data,
    kind: 'token' as const,
    id,
    createdAt,
  }));

const member = z
  .object({
    _id: text,
    email: text,
    firstName: optional,
    lastName: optional,
    role: optional,
    customRoles: texts,
    _pendingInvite: z.boolean().nullish(),
    creationDate: date.nullish(),
  })
  .transform(({ _id: id, ...data }) => ({ ...data, id }));

const value = text.min(HINT_LENGTH + 1).transform((whole) => new SecretValue(whole));
const some = <T>(item: z.ZodType<T>) => z.object({ items: z.array(item), totalCount: z.number() });

/** Parsed leniently, and no more of a reply than is used. */
export const replies = {
  oauth: oauthClient,
  token: accessToken,
  oauthClients: z.object({ items: z.array(oauthClient) }),
  accessTokens: some(accessToken),
  /** In the reply that issues it. */
  value: {
    oauth: z.object({ _clientSecret: value }).transform(({ _clientSecret: issued }) => issued),
    token: z.object({ token: value }).transform(({ token }) => token),
  },
  member,
  members: some(member),
  self: z.object({
    accountId: text.min(1),
    memberId: optional,
    tokenId: optional,
    tokenName: optional,
    clientId: optional,
  }),
};

export type OAuthClient = z.output<typeof oauthClient>;
export type AccessToken = z.output<typeof accessToken>;
export type Registered = OAuthClient | AccessToken;
export type Member = z.output<typeof member>;
export type Self = z.output<typeof replies.self>;

const PATHS = { oauth: '/api/v2/oauth/clients', token: '/api/v2/tokens' } as const;
const MEMBERS = '/api/v2/members';

/** `count` items behind `skip`, as far as there are so many. */
interface Stretch {
  readonly skip: number;
  readonly count: number;
  readonly query: UpstreamRequest['query'];
}

export type Api = ReturnType<typeof createApi>;

/** The vendor's calls, one request each; a list may take more, where the vendor gives fewer than it is asked for. */
export function createApi(upstream: Upstream) {
  const get = async <T>(reply: z.ZodType<T>, to: string, call: Call, query: UpstreamRequest['query'] = {}) =>
    ask(upstream, { method: 'GET', path: to, query }, reply, call);
  const issue = async (kind: Kind, request: Pick<UpstreamRequest, 'path' | 'query' | 'json'>, call: Call) => {
    const reply = await upstream.send({ method: 'POST', ...request }, call);
    const made = parseReply<Registered>(replies[kind], reply, 'maybe');
    return { made, value: parseReply(replies.value[kind], reply, 'maybe') };
  };
  const list = async <T>(reply: ReturnType<typeof some<T>>, to: string, asked: Stretch, call: Call) => {
    const { skip, count, query } = asked;
    const items: T[] = [];
    for (;;) {
      const offset = skip + items.length;
      const limit = Math.min(MOST, count - items.length);
      const page = await get(reply, to, call, { ...query, limit, offset });
      items.push(...page.items);
      const isEnd = page.items.length === 0 || skip + items.length >= page.totalCount;
      if (isEnd || items.length >= count) return { items, total: page.totalCount };
    }
  };
  const at = (kind: Kind, id: string) => PATHS[kind] + path`/${id}`;
  return {
    get: async (kind: Kind, id: string, call: Call) =>
      exactly(id, await get<Registered>(replies[kind], at(kind, id), call)),
    create: (kind: Kind, json: object, call: Call) => issue(kind, { path: PATHS[kind], json }, call),
    update: (kind: Kind, id: string, json: readonly object[], call: Call) =>
      ask<Registered>(upstream, { method: 'PATCH', path: at(kind, id), json }, replies[kind], call),
    async delete(kind: Kind, id: string, call: Call) {
      const { status } = await upstream.send({ method: 'DELETE', path: at(kind, id) }, call);
      if (status === 204) return;
      throw new ProviderError('malformed', 'LaunchDarkly did not confirm the deletion.', {
        applied: 'maybe',
      });
    },
    /** `expiry`: when the old value ends; null: at once. Without a body it would be refused (section 4). */
    reset: (id: string, expiry: Date | null, call: Call) =>
      issue(
        'token',
        { path: `${at('token', id)}/reset`, query: { expiry: expiry?.getTime() }, json: {} },
        call,
      ),
    /** All of them: there is no paging. */
    listOAuthClients: async (call: Call) => (await get(replies.oauthClients, PATHS.oauth, call)).items,
    /** An Admin sees those of all members, others their own and the service tokens: as when they get one. */
    listTokens: (skip: number, count: number, call: Call) =>
      list(replies.accessTokens, PATHS.token, { skip, count, query: { showAll: 'true' } }, call),
    getMember: async (id: string, call: Call) => exactly(id, await get(member, MEMBERS + path`/${id}`, call)),
    listMembers: (skip: number, count: number, call: Call, ids?: readonly string[]) =>
      list(replies.members, MEMBERS, { skip, count, query: { filter: ids && `id:${ids.join('|')}` } }, call),
  };
}

/** What is found by a text that is nearly its id is not what was asked for. */
function exactly<T extends { readonly id: string }>(id: string, found: T): T {
  if (found.id === id) return found;
  throw new ProviderError('not_found', 'LaunchDarkly has nothing with just this id.');
}
