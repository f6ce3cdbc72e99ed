import { z } from 'zod';
import { SecretValue } from '../../domain/secret-value.ts';
import { ask } from '../../provider-kit/ask.ts';
import { attributesOf } from '../../provider-kit/attributes.ts';
import { joinId, splitId } from '../../provider-kit/compound-id.ts';
import type { Call } from '../../provider-kit/provider.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import { listOf } from '../../provider-kit/reply-fields.ts';
import { refusalMessage } from '../../provider-kit/refusal-message.ts';
import type { Upstream, UpstreamRequest } from '../../provider-kit/upstream.ts';
import { path } from '../../provider-kit/url-path.ts';

/** At once in a list: more than the default of 20 or 25; the maximum is not told (vendor facts, sections 4 and 5). */
export const MOST = 100;
const HINT_LENGTH = 4;
const text = z.string();
const optional = text.nullish();
const description = optional.transform((it) => it || null);
const date = z.number().pipe(z.coerce.date());
const filled = <T>(items: readonly T[] | null | undefined) => (items?.length ? items : null);

/** These are parsed leniently, and no more of a reply than is used. */
export const oauthClient = z
  .object({ _clientId: text, name: text, description, redirectUri: text, _creationDate: date })
  .transform(({ _clientId: clientId, name, redirectUri, _creationDate: createdAt, ...rest }) => {
    const named = { clientId, name: name.trim() || clientId, ...rest, kind: 'AUTHORIZATION_CODE' as const };
    const told = { ...named, redirectUris: [redirectUri], createdAt, updatedAt: null, attributes: {} };
    return { id: joinId('oauth', clientId), memberId: null, shown: { hint: null, lastUsedAt: null }, told };
  });

export const accessToken = z
  .object({
    _id: text,
    name: optional,
    description,
    /** Its last four characters in most replies. Whatever stands there, no more than these gets through. */
    token: optional.transform((shown) => shown?.slice(-HINT_LENGTH) || null),
    serviceToken: z.boolean().nullish(),
    role: optional,
    customRoleIds: z.array(text).nullish().transform(filled),
    inlineRole: z.array(z.json()).nullish().transform(filled),
    memberId: text,
    creationDate: date,
    lastModified: date,
    lastUsed: date.nullish(),
  })
  .transform(({ _id: clientId, name, description, memberId, token: hint, lastUsed = null, ...rest }) => {
    const { creationDate: createdAt, lastModified: updatedAt, ...rights } = rest;
    const named = { clientId, name: name?.trim() || clientId, description, kind: 'ACCESS_TOKEN' as const };
    const told = { ...named, redirectUris: [], createdAt, updatedAt, attributes: attributesOf(rights) };
    return { id: joinId('token', clientId), memberId, shown: { hint, lastUsedAt: lastUsed }, told };
  });

export const member = z
  .object({
    _id: text,
    email: text,
    firstName: optional,
    lastName: optional,
    role: optional,
    customRoles: z.array(text).nullish().transform(filled),
    creationDate: date.nullish(),
  })
  .transform(({ _id: id, firstName, lastName, creationDate: createdAt = null, ...attributes }) => {
    const name = `${firstName ?? ''} ${lastName ?? ''}`.trim() || attributes.email;
    return { id, told: { name, createdAt, attributes: attributesOf(attributes) } };
  });

export type Registered = z.output<typeof oauthClient> | z.output<typeof accessToken>;
export type Member = z.output<typeof member>;

/** What issues a value has it in this field, and longer than it is shown later. */
const issuing = (field: string, made: z.ZodType<Registered>) =>
  z
    .looseObject({})
    .transform((reply): unknown => ({ made: reply, value: reply[field] }))
    .pipe(z.object({ made, value: text.min(HINT_LENGTH + 1).transform((whole) => new SecretValue(whole)) }));
const some = <T>(item: z.ZodType<T>) => z.object({ items: listOf(item), totalCount: z.number() });
const oauthClients = z.object({ items: listOf(oauthClient) }).transform(({ items }) => items);
export const issued = { oauth: issuing('_clientSecret', oauthClient), token: issuing('token', accessToken) };
const self = z.object({ accountId: text.min(1), memberId: optional, tokenId: optional, tokenName: optional });
export type Self = z.output<typeof self>;
export type Api = ReturnType<typeof createApi>;

/** OAuth clients and access tokens: registered, read and deleted alike. Null: of neither kind. */
export const keyOf = (client: string) => splitId(client, ['oauth', 'token'] as const);
export type Kind = NonNullable<ReturnType<typeof keyOf>>['kind'];
const PATHS = { oauth: '/api/v2/oauth/clients', token: '/api/v2/tokens' } as const;

export function notFound(): never {
  throw new ProviderError('not_found', refusalMessage('not_found', 'LaunchDarkly'));
}

/** Where a client is, and how it answers: by its own id, and not by one that is like it. */
function at(client: string) {
  const { kind, id } = keyOf(client) ?? notFound();
  const reply: z.ZodType<Registered> = kind === 'oauth' ? oauthClient : accessToken;
  return { path: PATHS[kind] + path`/${id}`, reply: reply.refine((found) => found.id === client) };
}

/** The vendor's calls, one request each; a list may take more, where the vendor gives fewer than it is asked for. */
export function createApi(upstream: Upstream) {
  const get = <T>(to: string, reply: z.ZodType<T>, call: Call, query: UpstreamRequest['query'] = {}) =>
    ask(upstream, { method: 'GET', path: to, query }, reply, call);
  /** `count` items behind `skip`, as far as there are so many. */
  const lister =
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
    self: (call: Call) => get('/api/v2/caller-identity', self, call),
    get: async (client: string, call: Call) => get(at(client).path, at(client).reply, call),
    create: (kind: Kind, json: object, call: Call) =>
      ask(upstream, { method: 'POST', path: PATHS[kind], json }, issued[kind], call),
    /** Sent once: what a patch takes out cannot be taken out again. */
    update: (client: string, json: readonly object[], call: Call) =>
      ask(upstream, { method: 'PATCH', path: at(client).path, json }, at(client).reply, call),
    delete: (client: string, call: Call) =>
      ask(upstream, { method: 'DELETE', path: at(client).path }, z.undefined(), call),
    /** `expiry`: when the old value ends; undefined: at once. Without a body it would be refused (section 4). */
    reset(client: string, expiry: number | undefined, call: Call) {
      const request = { path: `${at(client).path}/reset`, query: { expiry }, json: {} };
      return ask(upstream, { method: 'POST', ...request }, issued.token, call);
    },
    /** All of them: there is no paging. */
    listOAuthClients: (call: Call) => get(PATHS.oauth, oauthClients, call),
    /** An Admin sees those of all members, others their own and the service tokens: as when they get one. */
    listTokens: lister(PATHS.token, some(accessToken), { showAll: 'true' }),
    listMembers: lister('/api/v2/members', some(member)),
  };
}
