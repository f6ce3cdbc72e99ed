import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import type { ClientKind } from '../../domain/client.ts';
import type { ClientSecretStatus } from '../../domain/client-secret.ts';
import type { DriftKind } from '../../domain/drift-event.ts';
import type { ErrorCode } from '../../domain/gateway-error.ts';
import type { JsonObject } from '../../domain/json.ts';
import { moment } from './columns.ts';

/** Ordered by code points, so that a list has the same order on every server. */
const orderedText = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });

/** Words to search by, as `array_to_tsvector` makes it of them. */
const words = customType<{ data: string }>({ dataType: () => 'tsvector' });

/** When the last write of ours whose answer it shows had ended. Null: there was none. */
const writtenAt = () => moment();

/** When and as what a row was seen. */
const sight = () => ({
  /** When the read that showed it last began. Each change of the row moves it on. */
  seenAt: moment().notNull(),
  /** When this version of it began. */
  since: moment().notNull(),
  /** Null: it is there. */
  goneAt: moment(),
  /** Of everything that the read showed: equal where nothing differs. */
  digest: text().notNull(),
});

export const inventoryTenants = pgTable(
  'inventory_tenants',
  {
    provider: text().notNull(),
    tenant: text().notNull(),
    name: text().notNull(),
    description: text(),
    enabled: boolean(),
    createdAt: moment(),
    updatedAt: moment(),
    attributes: jsonb().$type<JsonObject>().notNull(),
    ...sight(),
  },
  (table) => [
    primaryKey({ columns: [table.provider, table.tenant] }),
    index('inventory_tenants_gone')
      .on(table.goneAt)
      .where(sql`gone_at is not null`),
  ],
);

export const inventoryClients = pgTable(
  'inventory_clients',
  {
    provider: text().notNull(),
    tenant: text().notNull(),
    client: text().notNull(),
    /** Tells rows of one name or one moment apart in a list. */
    rowId: uuid().notNull().defaultRandom(),
    identity: text(),
    clientId: text().notNull(),
    name: text().notNull(),
    description: text(),
    kind: text().$type<ClientKind>().notNull(),
    enabled: boolean(),
    redirectUris: jsonb().$type<readonly string[]>().notNull(),
    createdAt: moment(),
    updatedAt: moment(),
    attributes: jsonb().$type<JsonObject>().notNull(),
    ...sight(),
    writtenAt: writtenAt(),
    /** The beginning of the name in lower case. */
    nameOrder: orderedText().notNull(),
    createdOrder: moment()
      .notNull()
      .generatedAlwaysAs(sql`coalesce(created_at, 'infinity'::timestamptz)`),
    /** Of name, description, client_id and id. */
    words: words().notNull(),
    /** Of name and client_id alone: what its secrets are found by too. */
    nameWords: words().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.provider, table.tenant, table.client] }),
    index('inventory_clients_name')
      .on(table.nameOrder, table.rowId)
      .where(sql`gone_at is null`),
    index('inventory_clients_created')
      .on(table.createdOrder, table.rowId)
      .where(sql`gone_at is null`),
    index('inventory_clients_tenant_name')
      .on(table.provider, table.tenant, table.nameOrder, table.rowId)
      .where(sql`gone_at is null`),
    index('inventory_clients_words')
      .using('gin', table.words)
      .where(sql`gone_at is null`),
    index('inventory_clients_gone')
      .on(table.goneAt)
      .where(sql`gone_at is not null`),
  ],
);

/** What a version of a secret holds, the present one and the earlier ones alike. */
const secretColumns = () => ({
  provider: text().notNull(),
  tenant: text().notNull(),
  client: text().notNull(),
  secret: text().notNull(),
  description: text(),
  hint: text(),
  status: text().$type<ClientSecretStatus>().notNull(),
  createdAt: moment(),
  updatedAt: moment(),
  expiresAt: moment(),
  lastUsedAt: moment(),
  revokedAt: moment(),
  useCount: bigint({ mode: 'number' }),
  maxUses: bigint({ mode: 'number' }),
  retrievable: boolean().notNull(),
  attributes: jsonb().$type<JsonObject>().notNull(),
  /**
   * Since when it has surely not been used: its last use; or its creation, where the vendor counts none; or, where the
   * vendor counts uses and does not say when, the first look that showed this count. Null: the vendor tells no use.
   */
  idleSince: moment(),
  /** Orders without a null: an end that never comes and a creation that nobody knows are last, no use is first. */
  endOrder: moment()
    .notNull()
    .generatedAlwaysAs(sql`coalesce(expires_at, 'infinity'::timestamptz)`),
  createdOrder: moment()
    .notNull()
    .generatedAlwaysAs(sql`coalesce(created_at, 'infinity'::timestamptz)`),
  usedOrder: moment()
    .notNull()
    .generatedAlwaysAs(sql`coalesce(last_used_at, '-infinity'::timestamptz)`),
  /** Of description, hint and id. */
  words: words().notNull(),
  /** Of the client's name and client_id. */
  clientWords: words().notNull(),
});

export const inventorySecrets = pgTable(
  'inventory_secrets',
  {
    /** Tells rows of one moment apart in a list; earlier versions keep it. */
    rowId: uuid().notNull().defaultRandom(),
    ...secretColumns(),
    ...sight(),
    writtenAt: writtenAt(),
  },
  (table) => [
    primaryKey({ columns: [table.provider, table.tenant, table.client, table.secret] }),
    index('inventory_secrets_end')
      .on(table.endOrder, table.rowId)
      .where(sql`gone_at is null`),
    index('inventory_secrets_created')
      .on(table.createdOrder, table.rowId)
      .where(sql`gone_at is null`),
    index('inventory_secrets_used')
      .on(table.usedOrder, table.rowId)
      .where(sql`gone_at is null`),
    index('inventory_secrets_tenant_end')
      .on(table.provider, table.tenant, table.endOrder, table.rowId)
      .where(sql`gone_at is null`),
    index('inventory_secrets_words')
      .using('gin', sql`(words || client_words)`)
      .where(sql`gone_at is null`),
    index('inventory_secrets_gone')
      .on(table.goneAt)
      .where(sql`gone_at is not null`),
  ],
);

/** Earlier versions of secrets: what each was from `validFrom` until before `validTo`. */
export const inventoryVersions = pgTable(
  'inventory_versions',
  {
    rowId: uuid().notNull(),
    ...secretColumns(),
    seenAt: moment().notNull(),
    validFrom: moment().notNull(),
    validTo: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.provider, table.tenant, table.client, table.secret, table.validFrom] }),
    index('inventory_versions_end').on(table.validTo),
  ],
);

/** One row for each difference between one look and a later one. */
export const inventoryChanges = pgTable(
  'inventory_changes',
  {
    id: uuid().primaryKey().defaultRandom(),
    provider: text().notNull(),
    tenant: text().notNull(),
    client: text().notNull(),
    /** Null: it is the client itself. */
    secret: text(),
    kind: text().$type<DriftKind>().notNull(),
    /** When the look before it began, which did not show it, or the last whole sweep ended. Null: there was none. */
    lookedAt: moment(),
    /** When the read that showed it first began. */
    seenAt: moment().notNull(),
    /** The fields that differ, as they were. Null: it was not there. */
    before: jsonb().$type<JsonObject>(),
    /** The same fields as they are. Null: it is gone. */
    after: jsonb().$type<JsonObject>(),
    /** Null: nobody has yet asked whether a write of ours explains it. */
    verdict: text().$type<'OURS' | 'DRIFT'>(),
  },
  (table) => [index('inventory_changes_verdict').on(table.verdict, table.seenAt, table.id)],
);

/** One row for each job: to look through a tenant, or, where `tenant` is empty, to list the provider's tenants. */
export const inventorySweeps = pgTable(
  'inventory_sweeps',
  {
    provider: text().notNull(),
    tenant: text().notNull(),
    dueAt: moment().notNull(),
    /** Somebody has it in hand until then. */
    leaseUntil: moment(),
    /** Where it goes on. Null: at the beginning. */
    cursor: text(),
    /** When the sweep that is under way began. Null: none is. */
    startedAt: moment(),
    /** When the last whole one ended. Null: there has been none. */
    finishedAt: moment(),
    /** Of the first failure since the last whole one. */
    failedSince: moment(),
    failureCode: text().$type<ErrorCode>(),
    failureMessage: text(),
    /** Failures in a row. */
    attempts: integer().notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.provider, table.tenant] }),
    index('inventory_sweeps_due').on(table.dueAt),
  ],
);
