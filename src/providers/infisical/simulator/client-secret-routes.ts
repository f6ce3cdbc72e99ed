import { z } from 'zod';
import { addSecret, touch, type ClientSecret, type State, type UniversalAuth } from './state.ts';
import { attachedOr, identityOf } from './universal-auth-routes.ts';
import { broken, notFound } from './refusal.ts';
import { isUuid, mayOrRefuse, withinOrRefuse } from './permission.ts';
import { read } from './validation.ts';
import { route, type Asked, type Route } from './route.ts';

const PATH = '/api/v1/auth/universal-auth/identities/:identityId/client-secrets';
const TEN_YEARS = 315_360_000;
const DESCRIPTION_LENGTH = 255;

const newSecret = z.object({
  description: z.string().trim().default(''),
  numUsesLimit: z.number().min(0).default(0),
  ttl: z.number().min(0).max(TEN_YEARS).default(0),
});

/** vendor facts, section 6 */
export const clientSecretRoutes: readonly Route[] = [
  route(`POST ${PATH}`, create),
  route(`GET ${PATH}`, list),
  route(`GET ${PATH}/:clientSecretId`, get),
  route(`POST ${PATH}/:clientSecretId/revoke`, revoke),
];

function create(state: State, { params, body, caller }: Asked): object {
  const asked = read(state, newSecret, body);
  const { auth } = authorised(state, params, caller, 'create');
  const { description, numUsesLimit, ttl } = asked;
  const storable = Array.from(description).length <= DESCRIPTION_LENGTH && !description.includes('\0');
  if (!storable || !Number.isInteger(numUsesLimit) || !Number.isInteger(ttl)) throw broken('Create');
  const secret = addSecret(state, auth, asked);
  return { clientSecret: secret.value, clientSecretData: answer(auth, secret) };
}

/** Without the revoked ones, and without an order. */
function list(state: State, { params, caller }: Asked): object {
  const { auth } = authorised(state, params, caller, 'read');
  const listed = auth.secrets.filter(({ revoked }) => !revoked);
  return { clientSecretData: listed.map((secret) => answer(auth, secret)) };
}

function get(state: State, { params, caller }: Asked): object {
  const { auth, secret } = found(state, params, authorised(state, params, caller, 'read').auth);
  return { clientSecretData: answer(auth, secret) };
}

function revoke(state: State, { params, caller }: Asked): object {
  const { auth, secret } = found(state, params, authorised(state, params, caller, 'delete').auth);
  secret.revoked = true;
  touch(state, auth, secret);
  return { clientSecretData: answer(auth, secret) };
}

function authorised(
  state: State,
  params: Asked['params'],
  caller: Asked['caller'],
  action: 'read' | 'create' | 'delete',
): { auth: UniversalAuth } {
  const identity = identityOf(state, params);
  const auth = attachedOr(identity);
  mayOrRefuse(caller, action);
  withinOrRefuse(state, caller, identity.role);
  return { auth };
}

/** The recorded build looks the secret up under any identity, and breaks where there is none (section 6). */
function found(state: State, { identityId, clientSecretId = '' }: Asked['params'], own: UniversalAuth) {
  if (!isUuid(clientSecretId)) throw broken();
  const anywhere = [...state.identities.values()].flatMap(({ universalAuth }) => universalAuth ?? []);
  for (const auth of state.generation === 'current' ? [own] : anywhere) {
    const secret = auth.secrets.find(({ id }) => id === clientSecretId);
    if (secret !== undefined) return { auth, secret };
  }
  throw state.generation === 'current' ? notFound(`Failed to find identity with ID ${identityId}`) : broken();
}

function answer(auth: UniversalAuth, secret: ClientSecret): object {
  return {
    id: secret.id,
    createdAt: secret.createdAt,
    updatedAt: secret.updatedAt,
    description: secret.description,
    clientSecretPrefix: secret.value.slice(0, 4),
    clientSecretNumUses: secret.numUses,
    clientSecretNumUsesLimit: secret.numUsesLimit,
    clientSecretTTL: secret.ttl,
    identityUAId: auth.id,
    isClientSecretRevoked: secret.revoked,
  };
}
