import type { Client } from '../../src/domain/client.ts';
import type { ClientSecret } from '../../src/domain/client-secret.ts';
import type { Tenant } from '../../src/domain/tenant.ts';

export const T0 = Date.parse('2026-11-21T12:00:00.000Z');

/** So many milliseconds after the beginning. */
export const at = (ms: number) => new Date(T0 + ms);

const FRESH = { asOf: at(0), source: 'LIVE' } as const;

type Parts<T extends { readonly id: unknown }> = Partial<Omit<T, 'id'>>;

export function tenant(id: string, parts: Parts<Tenant> = {}, provider = 'p'): Tenant {
  return {
    id: { provider, tenant: id },
    name: `Tenant ${id}`,
    description: null,
    enabled: null,
    createdAt: null,
    updatedAt: null,
    attributes: {},
    freshness: FRESH,
    ...parts,
  };
}

/** `path`: tenant and client. */
export function client(path: string, parts: Parts<Client> = {}, provider = 'p'): Client {
  const [of = '', id = ''] = path.split(' ');
  return {
    id: { provider, tenant: of, client: id },
    identity: null,
    clientId: `cid-${id}`,
    name: `Client ${id}`,
    description: null,
    kind: 'CLIENT_CREDENTIALS',
    enabled: null,
    redirectUris: [],
    createdAt: null,
    updatedAt: null,
    attributes: {},
    freshness: FRESH,
    ...parts,
  };
}

/** `path`: tenant, client and secret. */
export function secret(path: string, parts: Parts<ClientSecret> = {}, provider = 'p'): ClientSecret {
  const [of = '', clientId = '', id = ''] = path.split(' ');
  return {
    id: { provider, tenant: of, client: clientId, secret: id },
    description: null,
    hint: null,
    status: 'ACTIVE',
    createdAt: null,
    updatedAt: null,
    expiresAt: null,
    lastUsedAt: null,
    revokedAt: null,
    useCount: null,
    maxUses: null,
    retrievable: false,
    attributes: {},
    freshness: FRESH,
    ...parts,
  };
}
