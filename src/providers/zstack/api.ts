import { z } from 'zod';
import { jsonCalls } from '../../provider-kit/json-calls.ts';
import type { Call } from '../../provider-kit/provider.ts';
import { secretValue, within } from '../../provider-kit/reply-fields.ts';
import type { Upstream, UpstreamRequest } from '../../provider-kit/upstream.ts';
import { path } from '../../provider-kit/url-path.ts';
import { runJob, type Waiting } from './job.ts';

/** Runs `use` with an upstream that ZStack lets in. All that belongs to one write is one `use`. */
export type Entrance = <T>(call: Call, use: (upstream: Upstream) => Promise<T>) => Promise<T>;

const text = z.string().nullish();

/**
 * Answers may hold the secret itself, which ends here: of it is only kept whether there is one. All but uuid and name
 * may be missing: some versions list no more than what all kinds of clients have (vendor facts, section 3).
 */
const client = z
  .object({
    uuid: z.string(),
    name: z.string(),
    description: text,
    clientId: text,
    clientSecret: z
      .string()
      .min(1)
      .transform(() => true)
      .optional()
      .catch(undefined),
    redirectUrl: text,
    grantType: text,
    tokenUrl: text,
    authorizationUrl: text,
    userinfoUrl: text,
    logoutUrl: text,
    usernameProperty: text,
    identityProvider: text,
    scopeList: z.array(z.string()).nullish().catch(null),
    pluginUuid: text,
    loginType: text,
    clientType: text,
    type: text,
    loginMNUrl: text,
    createDate: text,
  })
  .transform(({ clientSecret: hasSecret = false, ...rest }) => ({ ...rest, hasSecret }));

const identity = z.object({
  uuid: z.string(),
  name: z.string(),
  description: text,
  type: text,
  state: text,
  createDate: text,
});

export type SsoClient = z.output<typeof client>;
export type IdentityData = z.output<typeof identity>;

/** The reply to each call: parsed leniently, and no more of it than is used. */
export const replies = {
  client: within('inventory', client),
  clients: within('inventories', z.array(client)),
  identities: within('inventories', z.array(identity)),
  total: within('total', z.number()),
  /** Null: it has none. */
  clientSecret: z
    .object({ clientSecret: z.union([secretValue, z.literal('')]).nullish() })
    .transform(({ clientSecret }) => clientSecret || null),
};

export const IDENTITY_PATHS = {
  account: '/zstack/v1/accounts',
  'virtual-id': '/zstack/v1/iam2/virtual-ids',
} as const;
export type IdentityType = keyof typeof IDENTITY_PATHS;

export type Api = ReturnType<typeof createApi>;

/** The vendor's calls: a read is one request, a write a job. Ids have to be uuids. */
export function createApi(enter: Entrance, waiting: Waiting) {
  const read = <T>(reply: z.ZodType<T>, to: string, call: Call, query: UpstreamRequest['query'] = {}) =>
    enter(call, (upstream) => jsonCalls(upstream).get(to, reply, call, query));
  const run = <T>(reply: z.ZodType<T>, to: string, params: object, call: Call) =>
    enter(call, (upstream) => runJob(upstream, { path: to, json: { params }, reply }, waiting, call));
  return {
    /** All of them, CAS clients too: there is neither filter nor paging. */
    listClients: (call: Call) => read(replies.clients, '/zstack/v1/get/sso/client', call),
    createClient: (params: object, call: Call) =>
      run(replies.client, '/zstack/v1/create/oauth2/client', params, call),
    /** What is left out stays as it is. */
    updateClient: (uuid: string, changes: object, call: Call) =>
      run(replies.client, '/zstack/v1/update/oauth2/client', { ...changes, uuid }, call),
    /** A CAS client as well. */
    deleteClient: (uuid: string, call: Call) =>
      run(z.unknown(), '/zstack/v1/delete/sso/client', { uuid, deleteMode: 'Permissive' }, call),
    /** The published request has both parameters; the gateway has no tags to give. */
    getClientSecret: (uuid: string, call: Call) =>
      read(replies.clientSecret, path`/zstack/v1/oauth2/clients/${uuid}/client-secret`, call, {
        systemTags: '',
        userTags: '',
      }),
    /** Values in `q` may hold no operator: ZStack splits at the first that it finds anywhere (vendor facts, section 2). */
    queryIdentities: (type: IdentityType, query: NonNullable<UpstreamRequest['query']>, call: Call) =>
      read(replies.identities, IDENTITY_PATHS[type], call, query),
    countIdentities: (type: IdentityType, call: Call) =>
      read(replies.total, IDENTITY_PATHS[type], call, { limit: 1, replyWithCount: 'true' }),
  };
}
