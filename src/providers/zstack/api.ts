import { z } from 'zod';
import type { JsonObject } from '../../domain/json.ts';
import { jsonCalls } from '../../provider-kit/json-calls.ts';
import type { Call } from '../../provider-kit/provider.ts';
import { listOf, secretValue, within } from '../../provider-kit/reply-fields.ts';
import type { Upstream, UpstreamRequest } from '../../provider-kit/upstream.ts';
import { path } from '../../provider-kit/url-path.ts';
import type { IdentityType } from './ids.ts';

const text = z
  .string()
  .nullish()
  .catch(null)
  .transform((it) => it || null);
const texts = z.array(z.string()).nullish().catch(null);
const named = z.object({ uuid: z.string(), name: z.string(), description: text, createDate: text });
const identity = named.extend({ type: text, state: text });

const urls = { tokenUrl: text, authorizationUrl: text, userinfoUrl: text, logoutUrl: text, loginMNUrl: text };
const onCloud = { loginType: text, clientType: text, identityProvider: text, scopeList: texts };
/** Some versions list no more of a client than what CAS clients have as well (vendor facts, section 3). */
const client = named
  .extend({ clientId: text, redirectUrl: text, grantType: text, ...urls })
  .extend({ ...onCloud, pluginUuid: text, type: text, usernameProperty: text })
  /** The secret itself ends here: of it is only kept whether there is one. */
  .extend({ clientSecret: z.unknown().optional().transform(Boolean) });

export type IdentityData = z.output<typeof identity>;
export type SsoClient = z.output<typeof client>;

/** By what its item tells; all others in the list are CAS clients (vendor facts, section 6). */
function isOauth({ clientId, tokenUrl, clientType, type, loginType }: SsoClient): boolean {
  const kinds = [clientType, type, loginType].map(String);
  return Boolean(clientId || tokenUrl) || kinds.some((it) => /^(?:oauth2|oidc)/i.test(it));
}

/** The reply to each call: parsed leniently, and no more of it than is used. */
export const replies = {
  client: within('inventory', client),
  oauthClients: within('inventories', listOf(client)).transform((all) => all.filter(isOauth)),
  identities: within('inventories', listOf(identity)),
  total: within('total', z.number()),
  /** Null: it has none. */
  clientSecret: within('clientSecret', secretValue.or(z.literal('')).nullish()).transform((it) => it || null),
};

const IDENTITIES = { account: '/zstack/v1/accounts', 'virtual-id': '/zstack/v1/iam2/virtual-ids' };
/** The published request has both; the gateway has no tags to give. */
const NO_TAGS = { systemTags: '', userTags: '' };
type Query = NonNullable<UpstreamRequest['query']>;

export type Api = ReturnType<typeof createApi>;

/** The vendor's calls: a read is one request, a write a job. Ids have to be uuids. */
export function createApi(upstream: Upstream) {
  const { get, post } = jsonCalls(upstream);
  return {
    /** All of them: there is neither filter nor paging. */
    listClients: (call: Call) => get('/zstack/v1/get/sso/client', replies.oauthClients, call),
    createClient: (params: JsonObject, call: Call) =>
      post('/zstack/v1/create/oauth2/client', { params }, replies.client, call),
    /** What is left out stays as it is. */
    updateClient: (uuid: string, changes: JsonObject, call: Call) =>
      post('/zstack/v1/update/oauth2/client', { params: { ...changes, uuid } }, replies.client, call),
    /** A CAS client as well. */
    deleteClient: (uuid: string, call: Call) =>
      post('/zstack/v1/delete/sso/client', { params: { uuid, deleteMode: 'Permissive' } }, z.unknown(), call),
    getClientSecret: (uuid: string, call: Call) =>
      get(path`/zstack/v1/oauth2/clients/${uuid}/client-secret`, replies.clientSecret, call, NO_TAGS),
    /** Values in `q` may hold no operator: ZStack splits at the first that it finds anywhere (vendor facts, section 2). */
    queryIdentities: (type: IdentityType, query: Query, call: Call) =>
      get(IDENTITIES[type], replies.identities, call, query),
    countIdentities: (type: IdentityType, call: Call) =>
      get(IDENTITIES[type], replies.total, call, { limit: 1, replyWithCount: 'true' }),
  };
}
