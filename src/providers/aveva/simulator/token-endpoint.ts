import { randomBytes } from 'node:crypto';
import { SECOND } from '../../../domain/duration.ts';
import type { SimulatorReply, SimulatorRequest } from '../../../provider-kit/simulator.ts';
import { known } from './lagging.ts';
import type { Client, State, Tenant } from './state.ts';

export const DISCOVERY = '/identity/.well-known/openid-configuration';
export const TOKEN = '/identity/connect/token';

export function configuration(origin: string): SimulatorReply {
  const endpoints = { issuer: `${origin}/identity`, token_endpoint: `${origin}${TOKEN}` };
  return { status: 200, body: { ...endpoints, grant_types_supported: ['client_credentials'] } };
}

/** Only client credentials get a token here: a hybrid client needs its user. */
export function issueToken(state: State, { headers, body }: SimulatorRequest): SimulatorReply {
  if (!headers['content-type']?.startsWith('application/x-www-form-urlencoded'))
    return refused('invalid_request');
  const form = new URLSearchParams(body);
  if (form.get('grant_type') !== 'client_credentials') return refused('unsupported_grant_type');
  const found = authenticated(state, form.get('client_id') ?? '', form.get('client_secret') ?? '');
  if (found === null) return refused('invalid_client');
  if (found.client.kind === 'HybridClients') return refused('unauthorized_client');
  const { AccessTokenLifetime } = found.client.settings;
  const token = `eyJhbGciOiJSUzI1NiJ9.${randomBytes(48).toString('base64url')}`;
  const expiresAt = new Date(state.clock.now().getTime() + AccessTokenLifetime * SECOND);
  state.tokens.set(token, { ...found, expiresAt });
  return {
    status: 200,
    body: { access_token: token, expires_in: AccessTokenLifetime, token_type: 'Bearer' },
  };
}

/** Whose secret this is, as far as authentication knows by now. */
export function authenticated(
  state: State,
  clientId: string,
  value: string,
): { readonly client: Client; readonly tenant: Tenant } | null {
  const now = state.clock.now();
  for (const tenant of state.tenants) {
    for (const client of tenant.clients.filter(({ id }) => id === clientId)) {
      const isRight = client.secrets.some((secret) => {
        const end = known(secret.end, state);
        return secret.value === value && (end === null || end > now);
      });
      if (isRight && known(client.isLetIn, state)) return { client, tenant };
    }
  }
  return null;
}

function refused(error: string): SimulatorReply {
  return { status: 400, body: { error } };
}
