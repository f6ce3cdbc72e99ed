import type { ClientSecret } from '../../src/domain/client-secret.ts';
import type { Client } from '../../src/domain/client.ts';
import type { Identity } from '../../src/domain/identity.ts';
import type { Tenant } from '../../src/domain/tenant.ts';

const TENANT = {
  id: 0,
  name: 0,
  description: 0,
  enabled: 0,
  createdAt: 0,
  updatedAt: 0,
  attributes: 0,
  freshness: 0,
} satisfies Record<keyof Tenant, 0>;
const IDENTITY = {
  id: 0,
  name: 0,
  kind: 0,
  createdAt: 0,
  updatedAt: 0,
  attributes: 0,
  freshness: 0,
} satisfies Record<keyof Identity, 0>;
const CLIENT = {
  id: 0,
  identity: 0,
  clientId: 0,
  name: 0,
  description: 0,
  kind: 0,
  enabled: 0,
  redirectUris: 0,
  createdAt: 0,
  updatedAt: 0,
  attributes: 0,
  freshness: 0,
} satisfies Record<keyof Client, 0>;
const SECRET = {
  id: 0,
  description: 0,
  hint: 0,
  status: 0,
  createdAt: 0,
  updatedAt: 0,
  expiresAt: 0,
  lastUsedAt: 0,
  revokedAt: 0,
  useCount: 0,
  maxUses: 0,
  retrievable: 0,
  attributes: 0,
  freshness: 0,
} satisfies Record<keyof ClientSecret, 0>;

/** What each noun is called in a global id, and all its fields: the compiler holds the lists to it. */
export const NOUN_FIELDS = {
  tenants: { type: 'Tenant', fields: Object.keys(TENANT) },
  identities: { type: 'Identity', fields: Object.keys(IDENTITY) },
  clients: { type: 'Client', fields: Object.keys(CLIENT) },
  secrets: { type: 'ClientSecret', fields: Object.keys(SECRET) },
} as const;
