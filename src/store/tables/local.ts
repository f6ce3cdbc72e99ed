import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { ClientKind } from '../../domain/client.ts';
import type { IdentityKind } from '../../domain/identity.ts';
import type { JsonObject } from '../../domain/json.ts';
import { moment } from './columns.ts';

/** What the local provider holds. Each table leads with the tenant, by which it would be distributed. */
export const localTenants = pgTable(
  'local_tenants',
  {
    id: uuid().primaryKey(),
    name: text().notNull(),
    description: text(),
    enabled: boolean().notNull(),
    createdAt: moment().notNull(),
    updatedAt: moment().notNull(),
  },
  (table) => [index('local_tenants_age').on(table.createdAt, table.id)],
);

export const localIdentities = pgTable(
  'local_identities',
  {
    tenantId: uuid()
      .notNull()
      .references(() => localTenants.id),
    id: uuid().notNull(),
    name: text().notNull(),
    kind: text().$type<IdentityKind>().notNull(),
    attributes: jsonb().$type<JsonObject>().notNull(),
    createdAt: moment().notNull(),
    updatedAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('local_identities_age').on(table.tenantId, table.createdAt, table.id),
  ],
);

export const localClients = pgTable(
  'local_clients',
  {
    tenantId: uuid()
      .notNull()
      .references(() => localTenants.id),
    id: uuid().notNull(),
    identityId: uuid(),
    clientId: text().notNull(),
    name: text().notNull(),
    description: text(),
    kind: text().$type<ClientKind>().notNull(),
    enabled: boolean().notNull(),
    redirectUris: jsonb().$type<readonly string[]>().notNull(),
    attributes: jsonb().$type<JsonObject>().notNull(),
    createdAt: moment().notNull(),
    updatedAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('local_clients_client_id').on(table.clientId),
    index('local_clients_age').on(table.tenantId, table.createdAt, table.id),
    index('local_clients_identity').on(table.tenantId, table.identityId, table.createdAt, table.id),
    foreignKey({
      columns: [table.tenantId, table.identityId],
      foreignColumns: [localIdentities.tenantId, localIdentities.id],
      name: 'local_clients_identity_fk',
    }),
  ],
);

/** Status is derived: revoked, then disabled, then expired, then exhausted, else active. */
export const localClientSecrets = pgTable(
  'local_client_secrets',
  {
    tenantId: uuid().notNull(),
    clientId: uuid().notNull(),
    id: uuid().notNull(),
    description: text(),
    /** The first characters of the value: what it is found by, and shown as its hint. */
    prefix: text().notNull(),
    /** HMAC-SHA-256 of the value under the pepper, in hex. */
    digest: text().notNull(),
    /** The value, sealed, where its owner asked to keep it. */
    sealedValue: text(),
    expiresAt: moment(),
    maxUses: integer(),
    useCount: integer().notNull(),
    lastUsedAt: moment(),
    disabledAt: moment(),
    revokedAt: moment(),
    createdAt: moment().notNull(),
    updatedAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.clientId, table.id] }),
    index('local_client_secrets_age').on(table.tenantId, table.clientId, table.createdAt, table.id),
    index('local_client_secrets_prefix').on(table.prefix),
    foreignKey({
      columns: [table.tenantId, table.clientId],
      foreignColumns: [localClients.tenantId, localClients.id],
      name: 'local_client_secrets_client_fk',
    }),
    check(
      'local_client_secrets_uses',
      sql`${table.useCount} >= 0 and (${table.maxUses} is null or ${table.useCount} <= ${table.maxUses})`,
    ),
  ],
);
