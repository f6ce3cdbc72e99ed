import { z } from 'zod';
import type { SecretValue } from '../../domain/secret-value.ts';
import { jsonCalls } from '../../provider-kit/json-calls.ts';
import type { Call } from '../../provider-kit/provider.ts';
import { listOf, moment, secretValue, within } from '../../provider-kit/reply-fields.ts';
import type { Upstream } from '../../provider-kit/upstream.ts';
import { path } from '../../provider-kit/url-path.ts';
import type { InfisicalOptions } from './config.ts';

const metadata = z.nullable(z.array(z.object({ key: z.string(), value: z.string() }))).default(null);
/** On newer builds. */
const hasDeleteProtection = z.boolean().optional();

/** What creating and updating answer with. */
const plainIdentity = z
  .object({ id: z.string(), name: z.string(), createdAt: moment, metadata, hasDeleteProtection })
  .transform(({ id, name, createdAt, ...attributes }) => ({ id, name, createdAt, attributes }));

/** What reading answers with: the membership of an identity. Its own `id` and `updatedAt` are not the identity's. */
const membership = z
  .object({
    identityId: z.string(),
    role: z.string(),
    customRole: z.object({ slug: z.string() }).nullish(),
    createdAt: moment,
    metadata,
    lastLoginAuthMethod: z.string().nullish(),
    lastLoginTime: z.string().nullish(),
    identity: z.object({
      name: z.string(),
      hasDeleteProtection,
      authMethods: z.array(z.string()).optional(),
      /** Instead of `authMethods`, on the build of 2024-10. */
      authMethod: z.string().nullish(),
    }),
  })
  .transform(({ identityId: id, createdAt, customRole, identity, ...attributes }) => {
    const { name, authMethod, authMethods = authMethod ? [authMethod] : [], ...own } = identity;
    const role = customRole?.slug ?? attributes.role;
    return { id, name, createdAt, attributes: { ...attributes, ...own, role, authMethods } };
  });

/** As requests take it, in one piece. */
const range = z
  .object({ ipAddress: z.string(), prefix: z.number().optional() })
  .transform(({ ipAddress, prefix }) => (prefix === undefined ? ipAddress : `${ipAddress}/${prefix}`));
const setting = z.union([z.number(), z.boolean(), z.array(range)]);

/** Its settings differ by version. */
const universalAuth = z
  .object({
    id: z.string(),
    clientId: z.string(),
    createdAt: moment,
    updatedAt: moment,
    accessTokenTTL: z.number(),
    accessTokenMaxTTL: z.number(),
  })
  .catchall(setting.optional().catch(undefined));

/** The four with a default are not required by the vendor's schema. */
const clientSecret = z.object({
  id: z.string(),
  description: z.string(),
  clientSecretPrefix: z.string(),
  clientSecretNumUses: z.number().default(0),
  clientSecretNumUsesLimit: z.number().default(0),
  clientSecretTTL: z.number().default(0),
  identityUAId: z.string(),
  isClientSecretRevoked: z.boolean().default(false),
  createdAt: moment,
  updatedAt: moment,
});

export type Membership = z.output<typeof membership>;
export type UniversalAuth = z.output<typeof universalAuth>;
export type ClientSecretData = z.output<typeof clientSecret>;

/** The reply to each call: parsed leniently, and no more of it than is used. */
export const replies = {
  /** In seconds, the smaller of what the answer says and what the token claims (vendor facts, section 3). */
  login: z
    .object({ accessToken: secretValue, expiresIn: z.number() })
    .transform(({ accessToken, expiresIn }) => {
      const told = [expiresIn, claimedSeconds(accessToken)].filter((seconds) => seconds > 0);
      return { token: accessToken, expiresIn: told.length === 0 ? null : Math.min(...told) };
    }),
  details: within('identityDetails', within('organization', z.object({ id: z.string(), name: z.string() }))),
  identity: within('identity', plainIdentity),
  membership: within('identity', membership),
  memberships: within('identities', listOf(membership)),
  universalAuth: within('identityUniversalAuth', universalAuth),
  clientSecret: within('clientSecretData', clientSecret),
  clientSecrets: within('clientSecretData', listOf(clientSecret)),
  newClientSecret: z.object({ clientSecret: secretValue, clientSecretData: clientSecret }),
};

const claims = z.object({ iat: z.number(), exp: z.number() });

/** 0: the token does not say. */
function claimedSeconds(token: SecretValue): number {
  try {
    const [, payload = ''] = token.reveal().split('.');
    const { iat, exp } = claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
    return exp - iat;
  } catch {
    return 0;
  }
}

export type Api = ReturnType<typeof createApi>;

/** The vendor's calls, one request each. Ids have to be UUIDs: others break the server (vendor facts, section 1). */
export function createApi(upstream: Upstream) {
  const { get, post, patch } = jsonCalls(upstream);
  const identities = '/api/v1/identities';
  const identity = (id: string) => path`/api/v1/identities/${id}`;
  const auth = (id: string) => path`/api/v1/auth/universal-auth/identities/${id}`;
  const secrets = (id: string) => `${auth(id)}/client-secrets`;
  const secret = (of: string, id: string) => secrets(of) + path`/${id}`;
  return (call: Call) => ({
    login: ({ clientId, clientSecret }: InfisicalOptions) => {
      const json = { clientId, clientSecret: clientSecret.reveal() };
      return post('/api/v1/auth/universal-auth/login', json, replies.login, call, { safe: true });
    },
    details: () => get('/api/v1/identities/details', replies.details, call),
    /** All of them: there is no paging. */
    listIdentities: (orgId: string) => get(identities, replies.memberships, call, { orgId }),
    getIdentity: (id: string) => get(identity(id), replies.membership, call),
    createIdentity: (json: object) => post(identities, json, replies.identity, call),
    updateIdentity: (id: string, json: object) => patch(identity(id), json, replies.identity, call),
    deleteIdentity: (id: string) => upstream.send({ method: 'DELETE', path: identity(id) }, call),

    getUniversalAuth: (id: string) => get(auth(id), replies.universalAuth, call),
    attachUniversalAuth: (id: string, json: object) => post(auth(id), json, replies.universalAuth, call),
    updateUniversalAuth: (id: string, json: object) => patch(auth(id), json, replies.universalAuth, call),
    detachUniversalAuth: (id: string) => upstream.send({ method: 'DELETE', path: auth(id) }, call),

    /** Those that are not revoked, in no order. */
    listClientSecrets: (of: string) => get(secrets(of), replies.clientSecrets, call),
    getClientSecret: (of: string, id: string) => get(secret(of, id), replies.clientSecret, call),
    createClientSecret: (of: string, json: object) => post(secrets(of), json, replies.newClientSecret, call),
    /** Once or again: the answer is the same. */
    revokeClientSecret: (of: string, id: string) =>
      post(`${secret(of, id)}/revoke`, {}, replies.clientSecret, call, { repeatable: true }),
  });
}
