import { z } from 'zod';
import { SecretValue } from '../../domain/secret-value.ts';
import { parseReply } from '../../provider-kit/parse-reply.ts';
import type { Call } from '../../provider-kit/provider.ts';
import type { Upstream, UpstreamRequest } from '../../provider-kit/upstream.ts';
import { path } from '../../provider-kit/url-path.ts';
import { DETAILS_PATH } from './classify.ts';

const date = z.string().pipe(z.coerce.date());
const metadata = z.array(z.object({ key: z.string(), value: z.string() })).optional();

/** What creating and updating answer with; `hasDeleteProtection` on newer builds. */
const plainIdentity = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: date,
  hasDeleteProtection: z.boolean().optional(),
  metadata,
});

/** What reading answers with: the membership of an identity. Its own `id` and `updatedAt` are not the identity's. */
const membership = z.object({
  identityId: z.string(),
  role: z.string(),
  customRole: z.object({ slug: z.string() }).nullish(),
  createdAt: date,
  metadata: metadata.nullable(),
  lastLoginAuthMethod: z.string().nullish(),
  lastLoginTime: date.nullish(),
  identity: z.object({
    name: z.string(),
    hasDeleteProtection: z.boolean().optional(),
    authMethods: z.array(z.string()).optional(),
    /** Instead of `authMethods`, on the build of 2024-10. */
    authMethod: z.string().nullish(),
  }),
});

const range = z.object({ ipAddress: z.string(), prefix: z.number().optional() });

/** What else it holds are settings, which differ by version. */
const universalAuth = z
  .object({
    id: z.string(),
    clientId: z.string(),
    createdAt: date,
    updatedAt: date,
    accessTokenTTL: z.number(),
    accessTokenMaxTTL: z.number(),
    clientSecretTrustedIps: z.array(range),
    accessTokenTrustedIps: z.array(range),
  })
  .catchall(z.union([z.number(), z.boolean()]).optional().catch(undefined));

/** The three with a default are not required by the vendor's schema. */
const clientSecret = z.object({
  id: z.string(),
  description: z.string(),
  clientSecretPrefix: z.string(),
  clientSecretNumUses: z.number().default(0),
  clientSecretNumUsesLimit: z.number().default(0),
  clientSecretTTL: z.number().default(0),
  identityUAId: z.string(),
  isClientSecretRevoked: z.boolean().default(false),
  createdAt: date,
  updatedAt: date,
});

export type PlainIdentity = z.output<typeof plainIdentity>;
export type Membership = z.output<typeof membership>;
export type UniversalAuth = z.output<typeof universalAuth>;
export type ClientSecretData = z.output<typeof clientSecret>;

/** The reply to each call: parsed leniently, and no more of it than is used. */
export const replies = {
  details: z
    .object({ identityDetails: z.object({ organization: z.object({ id: z.string(), name: z.string() }) }) })
    .transform(({ identityDetails }) => identityDetails.organization),
  identity: z.object({ identity: plainIdentity }).transform(({ identity }) => identity),
  membership: z.object({ identity: membership }).transform(({ identity }) => identity),
  memberships: z.object({ identities: z.array(membership) }).transform(({ identities }) => identities),
  universalAuth: z
    .object({ identityUniversalAuth: universalAuth })
    .transform(({ identityUniversalAuth }) => identityUniversalAuth),
  clientSecret: z
    .object({ clientSecretData: clientSecret })
    .transform(({ clientSecretData }) => clientSecretData),
  clientSecrets: z
    .object({ clientSecretData: z.array(clientSecret) })
    .transform(({ clientSecretData }) => clientSecretData),
  newClientSecret: z.object({
    clientSecret: z.string().transform((text) => new SecretValue(text)),
    clientSecretData: clientSecret,
  }),
};

export type Api = ReturnType<typeof createApi>;

/** The vendor's calls, one request each. Ids have to be UUIDs: others break the server (vendor facts, section 1). */
export function createApi(upstream: Upstream) {
  const ask = async <T>(
    method: UpstreamRequest['method'],
    reply: z.ZodType<T>,
    to: string,
    call: Call,
    more: Pick<UpstreamRequest, 'json' | 'query' | 'repeatable'> = {},
  ): Promise<T> =>
    parseReply(
      reply,
      await upstream.send({ method, path: to, ...more }, call),
      method === 'GET' ? 'no' : 'maybe',
    );
  const identities = '/api/v1/identities';
  const identity = (id: string) => path`/api/v1/identities/${id}`;
  const auth = (identityId: string) => path`/api/v1/auth/universal-auth/identities/${identityId}`;
  const secrets = (identityId: string) => `${auth(identityId)}/client-secrets`;
  const secret = (identityId: string, id: string) => secrets(identityId) + path`/${id}`;
  return {
    details: (call: Call) => ask('GET', replies.details, DETAILS_PATH, call),
    /** All of them: there is no paging. */
    listIdentities: (orgId: string, call: Call) =>
      ask('GET', replies.memberships, identities, call, { query: { orgId } }),
    getIdentity: (id: string, call: Call) => ask('GET', replies.membership, identity(id), call),
    createIdentity: (json: object, call: Call) => ask('POST', replies.identity, identities, call, { json }),
    updateIdentity: (id: string, json: object, call: Call) =>
      ask('PATCH', replies.identity, identity(id), call, { json, repeatable: true }),
    deleteIdentity: (id: string, call: Call) => ask('DELETE', z.unknown(), identity(id), call),

    getUniversalAuth: (identityId: string, call: Call) =>
      ask('GET', replies.universalAuth, auth(identityId), call),
    attachUniversalAuth: (identityId: string, json: object, call: Call) =>
      ask('POST', replies.universalAuth, auth(identityId), call, { json }),
    updateUniversalAuth: (identityId: string, json: object, call: Call) =>
      ask('PATCH', replies.universalAuth, auth(identityId), call, { json, repeatable: true }),
    detachUniversalAuth: (identityId: string, call: Call) =>
      ask('DELETE', z.unknown(), auth(identityId), call),

    /** Those that are not revoked, in no order. */
    listClientSecrets: (identityId: string, call: Call) =>
      ask('GET', replies.clientSecrets, secrets(identityId), call),
    getClientSecret: (identityId: string, id: string, call: Call) =>
      ask('GET', replies.clientSecret, secret(identityId, id), call),
    createClientSecret: (identityId: string, json: object, call: Call) =>
      ask('POST', replies.newClientSecret, secrets(identityId), call, { json }),
    /** Once or again: the answer is the same. */
    revokeClientSecret: (identityId: string, id: string, call: Call) =>
      ask('POST', replies.clientSecret, `${secret(identityId, id)}/revoke`, call, { repeatable: true }),
  };
}
