import type { Client } from '../domain/client.ts';
import type { ClientSecret } from '../domain/client-secret.ts';
import type { Identity } from '../domain/identity.ts';
import type { Tenant } from '../domain/tenant.ts';

const DATES = { createdAt: null, updatedAt: null };

/** What a noun says of itself where the vendor tells nothing more than who it is: to be spread, and what is told over it. */
export const UNTOLD_TENANT = {
  description: null,
  enabled: null,
  attributes: {},
  ...DATES,
} satisfies Partial<Tenant>;

export const UNTOLD_IDENTITY = { attributes: {}, ...DATES } satisfies Partial<Identity>;

export const UNTOLD_CLIENT = {
  identity: null,
  description: null,
  enabled: null,
  redirectUris: [],
  attributes: {},
  ...DATES,
} satisfies Partial<Client>;

export const UNTOLD_SECRET = {
  description: null,
  hint: null,
  expiresAt: null,
  lastUsedAt: null,
  revokedAt: null,
  useCount: null,
  maxUses: null,
  retrievable: false,
  attributes: {},
  ...DATES,
} satisfies Partial<ClientSecret>;
