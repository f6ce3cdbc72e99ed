import { z } from 'zod';
import { SecretValue } from '../../domain/secret-value.ts';
import { ask } from '../../provider-kit/ask.ts';
import type { Call } from '../../provider-kit/provider.ts';
import type { Upstream, UpstreamRequest } from '../../provider-kit/upstream.ts';
import { path } from '../../provider-kit/url-path.ts';

/** OAuth clients and access tokens: registered, read and deleted alike. */
export type Kind = 'oauth' | 'token';
/** At once in a list: more than the default of 20 or 25; the maximum is not told (vendor facts, sections 4 and 5). */
export const MOST = 100;
const HINT_LENGTH = 4;

const text = z.string();
const optional = text.nullish();
const date = z.number().pipe(z.coerce.date());

const oauth = z
  .object({ _clientId: text, name: text, description: optional, redirectUri: text, _creationDate: date })
  .transform(({ _clientId: id, _creationDate: createdAt, redirectUri, ...named }) => {
    const untold = { memberId: null, updatedAt: null, lastUsedAt: null, hint: null, attributes: {} };
    return { kind: 'oauth' as const, id, ...named, redirectUris: [redirectUri], createdAt, ...untold };
  });

const token = z
  .object({
    _id: text,
    name: optional,
    description: optional,
    /** Its last four characters in most replies. Whatever stands there, no more than these gets through. */
    token: optional.transform((shown) => shown?.slice(-HINT_LENGTH) || null),
    serviceToken: z.boolean().nullish(),
    role: optional,
    customRoleIds: z.array(text).nullish(),
    inlineRole: z.array(z.json()).nullish(),
    memberId: text,
    creationDate: date,
    lastModified: date,
    lastUsed: date.nullish(),
  })
  .transform(({ _id: id, name, description, memberId, token: hint, ...rest }) => {
    const {
      creationDate: createdAt,
      lastModified: updatedAt,
      lastUsed: lastUsedAt = null,
      ...attributes
    } = rest;
    const named = { kind: 'token' as const, id, name, description, redirectUris: [] };
    return { ...named, memberId, hint, createdAt, updatedAt, lastUsedAt, attributes };
  });

const member = z
  .object({
    _id: text,
    email: text,
    firstName: optional,
    lastName: optional,
    role: optional,
    customRoles: z.array(text).nullish(),
    creationDate: date.nullish(),
  })
  .transform(({ _id: id, firstName, lastName, creationDate: createdAt = null, ...attributes }) => {
    const name = `${firstName ?? ''} ${lastName ?? ''}`.trim() || attributes.email;
    return { id, name, createdAt, attributes };
  });

/** What issues a value has it here, and longer than it is shown later. */
const issuing = (field: string, made: z.ZodType<Registered>) =>
  z
    .looseObject({})
    .transform((reply): unknown => ({ made: reply, value: reply[field] }))
    .pipe(z.object({ made, value: text.min(HINT_LENGTH + 1).transform((whole) => new SecretValue(whole)) }));
const some = <T>(item: z.ZodType<T>) => z.object({ items: z.array(item), totalCount: z.number() });

export type Registered = z.output<typeof oauth> | z.output<typeof token>;
const registered: Readonly<Record<Kind, z.ZodType<Registered>>> = { oauth, token };

/** Parsed leniently, and no more of a reply than is used. */
export const replies = {
  registered,
  issued: { oauth: issuing('_clientSecret', oauth), token: issuing('token', token) },
  oauthClients: z.object({ items: z.array(oauth) }).transform(({ items }) => items),
  tokens: some(token),
  member,
  members: some(member),
  self: z.object({ accountId: text.min(1), memberId: optional, tokenId: optional, tokenName: optional }),
};

export type Member = z.output<typeof member>;
export type Self = z.output<typeof replies.self>;
export type Api = ReturnType<typeof createApi>;

const PATHS = { oauth: '/api/v2/oauth/clients', token: '/api/v2/tokens', member: '/api/v2/members' } as const;
const at = (what: keyof typeof PATHS, id: string) => PATHS[what] + path`/${id}`;

/** The vendor's calls, one request each; a list may take more, where the vendor gives fewer than it is asked for. */
export function createApi(upstream: Upstream) {
  const get = <T>(to: string, reply: z.ZodType<T>, call: Call, query: UpstreamRequest['query'] = {}) =>
    ask(upstream, { method: 'GET', path: to, query }, reply, call);
  /** What is nearly its id finds nothing. */
  const getOne = <T extends { readonly id: string }>(
    to: string,
    id: string,
    reply: z.ZodType<T>,
    call: Call,
  ) =>
    get(
      to,
      reply.refine((found) => found.id === id),
      call,
    );
  /** `count` items behind `skip`, as far as there are so many. */
  const list =
    <T>(to: string, reply: ReturnType<typeof some<T>>, usual: UpstreamRequest['query'] = {}) =>
    async (skip: number, count: number, call: Call, query = usual) => {
      const items: T[] = [];
      for (;;) {
        const [limit, offset] = [Math.min(MOST, count - items.length), skip + items.length];
        const { items: more, totalCount: total } = await get(to, reply, call, { ...query, limit, offset });
        items.push(...more);
        const isEnd = more.length === 0 || offset + more.length >= total;
        if (isEnd || items.length >= count) return { items, total };
      }
    };
  return {
    self: (call: Call) => get('/api/v2/caller-identity', replies.self, call),
    get: (kind: Kind, id: string, call: Call) => getOne(at(kind, id), id, registered[kind], call),
    create: (kind: Kind, json: object, call: Call) =>
      ask(upstream, { method: 'POST', path: PATHS[kind], json }, replies.issued[kind], call),
    /** Sent once: what a patch takes out cannot be taken out again. */
    update: (kind: Kind, id: string, json: readonly object[], call: Call) =>
      ask(upstream, { method: 'PATCH', path: at(kind, id), json }, registered[kind], call),
    delete: (kind: Kind, id: string, call: Call) =>
      ask(upstream, { method: 'DELETE', path: at(kind, id) }, z.undefined(), call),
    /** `expiry`: when the old value ends; undefined: at once. Without a body it would be refused (section 4). */
    reset(id: string, expiry: number | undefined, call: Call) {
      const request = { path: `${at('token', id)}/reset`, query: { expiry }, json: {} };
      return ask(upstream, { method: 'POST', ...request }, replies.issued.token, call);
    },
    /** All of them: there is no paging. */
    listOAuthClients: (call: Call) => get(PATHS.oauth, replies.oauthClients, call),
    /** An Admin sees those of all members, others their own and the service tokens: as when they get one. */
    listTokens: list(PATHS.token, replies.tokens, { showAll: 'true' }),
    getMember: (id: string, call: Call) => getOne(at('member', id), id, member, call),
    listMembers: list(PATHS.member, replies.members),
  };
}
