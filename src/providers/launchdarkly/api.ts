import { z } from 'zod';
import { SecretValue } from '../../domain/secret-value.ts';
import { ask } from '../../provider-kit/ask.ts';
import type { Call } from '../../provider-kit/provider.ts';
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
  .transform(({ _clientId: id, _creationDate: createdAt, redirectUri, ...named }) => {
    const untold = { memberId: null, updatedAt: null, lastUsedAt: null, hint: null, attributes: {} };
    return { kind: 'oauth' as const, id, ...named, redirectUris: [redirectUri], createdAt, ...untold };
  });

const accessToken = z
  .object({
    _id: text,
    name: optional,
    description: optional,
    /** Its last four characters in most replies. Whatever stands there, no more than these gets through. */
    token: optional.transform((token) => token?.slice(-HINT_LENGTH) || null),
    serviceToken: z.boolean().nullish(),
    role: optional,
    customRoleIds: texts,
    inlineRole: z.array(z.json()).nullish(),
    memberId: text,
    creationDate: date,
    lastModified: date,
    lastUsed: date.nullish(),
  })
  .transform(({ _id: id, name, description, memberId, token: hint, ...rest }) => {
    const { creationDate: createdAt, lastModified: updatedAt, lastUsed: lastUsedAt, ...attributes } = rest;
    const dates = { createdAt, updatedAt, lastUsedAt: lastUsedAt ?? null };
    const named = { kind: 'token' as const, id, name, description, redirectUris: [] };
    return { ...named, memberId, hint, ...dates, attributes };
  });

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
  .transform(
    ({ _id: id, firstName, lastName, creationDate, _pendingInvite: pendingInvite, ...attributes }) => {
      const name = `${firstName ?? ''} ${lastName ?? ''}`.trim() || attributes.email;
      return { id, name, createdAt: creationDate ?? null, attributes: { ...attributes, pendingInvite } };
    },
  );

/** Longer than what is shown of it. */
const value = text.min(HINT_LENGTH + 1).transform((whole) => new SecretValue(whole));
const issuing = (field: string, made: z.ZodType<Registered>) =>
  z
    .looseObject({})
    .transform((reply): unknown => ({ made: reply, value: reply[field] }))
    .pipe(z.object({ made, value }));
const some = <T>(item: z.ZodType<T>) => z.object({ items: z.array(item), totalCount: z.number() });

/** Parsed leniently, and no more of a reply than is used. */
export const replies = {
  registered: { oauth: oauthClient, token: accessToken },
  issued: { oauth: issuing('_clientSecret', oauthClient), token: issuing('token', accessToken) },
  oauthClients: z.object({ items: z.array(oauthClient) }).transform(({ items }) => items),
  accessTokens: some(accessToken),
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

export type Registered = z.output<typeof oauthClient> | z.output<typeof accessToken>;
export type Member = z.output<typeof member>;
export type Self = z.output<typeof replies.self>;
type Some<T> = ReturnType<typeof some<T>>;

const PATHS = { oauth: '/api/v2/oauth/clients', token: '/api/v2/tokens', member: '/api/v2/members' } as const;
const registered: Readonly<Record<Kind, z.ZodType<Registered>>> = replies.registered;

export type Api = ReturnType<typeof createApi>;

/** The vendor's calls, one request each; a list may take more, where the vendor gives fewer than it is asked for. */
export function createApi(upstream: Upstream) {
  const get = <T>(to: string, reply: z.ZodType<T>, call: Call, query: UpstreamRequest['query'] = {}) =>
    ask(upstream, { method: 'GET', path: to, query }, reply, call);
  /** `count` items behind `skip`, as far as there are so many. */
  const list = async <T>(to: string, reply: Some<T>, call: Call, { skip, count, ...query }: Asked) => {
    const items: T[] = [];
    for (;;) {
      const [limit, offset] = [Math.min(MOST, count - items.length), skip + items.length];
      const { items: more, totalCount: total } = await get(to, reply, call, { ...query, limit, offset });
      items.push(...more);
      const isEnd = more.length === 0 || skip + items.length >= total;
      if (isEnd || items.length >= count) return { items, total };
    }
  };
  const at = (kind: keyof typeof PATHS, id: string) => PATHS[kind] + path`/${id}`;
  /** By whose own id it is answered, and no other that is like it. */
  const exactly = <T extends { readonly id: string }>(id: string, reply: z.ZodType<T>) =>
    reply.refine((found) => found.id === id);
  return {
    self: (call: Call) => get('/api/v2/caller-identity', replies.self, call),
    get: (kind: Kind, id: string, call: Call) => get(at(kind, id), exactly(id, registered[kind]), call),
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
    listTokens: (skip: number, count: number, call: Call) =>
      list(PATHS.token, replies.accessTokens, call, { skip, count, showAll: 'true' }),
    getMember: (id: string, call: Call) => get(at('member', id), exactly(id, member), call),
    listMembers: (skip: number, count: number, call: Call, ids?: readonly string[]) =>
      list(PATHS.member, replies.members, call, { skip, count, filter: ids && `id:${ids.join('|')}` }),
  };
}

interface Asked {
  readonly skip: number;
  readonly count: number;
  readonly [name: string]: string | number | undefined;
}
