import type { Client } from '../../src/domain/client.ts';
import type { ClientSecret } from '../../src/domain/client-secret.ts';
import { liveAt } from '../../src/domain/freshness.ts';
import { EMPTY_PAGE } from '../../src/domain/page.ts';
import type { Tenant } from '../../src/domain/tenant.ts';
import type { Provider } from '../../src/provider-kit/provider.ts';

const BARE = {
  attributes: {},
  createdAt: null,
  updatedAt: null,
  freshness: liveAt(new Date('2026-11-21T12:00:00.000Z')),
};

export const TENANT: Tenant = {
  id: { provider: 'memory', tenant: 't' },
  name: 'Acme',
  description: null,
  enabled: null,
  ...BARE,
};

export const CLIENT: Client = {
  id: { ...TENANT.id, client: 'c' },
  identity: { ...TENANT.id, identity: 'i' },
  clientId: 'c',
  name: 'billing',
  description: null,
  kind: 'OTHER',
  enabled: null,
  redirectUris: [],
  ...BARE,
};

export const SECRET: ClientSecret = {
  id: { ...CLIENT.id, secret: 's' },
  description: null,
  hint: 'kf_abcdefgh',
  status: 'ACTIVE',
  expiresAt: null,
  lastUsedAt: null,
  revokedAt: null,
  useCount: null,
  maxUses: null,
  retrievable: false,
  ...BARE,
};

/** A provider that knows nothing, but for the methods that are given. */
export function memoryProvider(methods: Partial<Provider>): Provider {
  return {
    name: 'memory',
    traits: {
      maxActiveSecrets: null,
      minActiveSecrets: 0,
      secretLifetime: null,
      retrieval: 'ONCE',
      revocationDelayMs: 0,
      replacement: null,
      describesSecrets: true,
      instead: {},
    },
    getTenants: async (ids) => ids.map(() => null),
    listTenants: async () => EMPTY_PAGE,
    getIdentities: async (ids) => ids.map(() => null),
    listIdentities: async (of) => of.map(() => EMPTY_PAGE),
    getClients: async (ids) => ids.map(() => null),
    listClients: async (of) => of.map(() => EMPTY_PAGE),
    getSecrets: async (ids) => ids.map(() => null),
    listSecrets: async (of) => of.map(() => EMPTY_PAGE),
    ...methods,
  };
}
