import { sql } from 'drizzle-orm';
import {
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { RoleGrant } from '../../domain/actor.ts';
import type { AuditOutcome } from '../../domain/audit-event.ts';
import type { ErrorCode } from '../../domain/gateway-error.ts';
import type { RotationKeep, RotationState } from '../../domain/rotation.ts';
import { moment } from './columns.ts';

/** Small facts about this database: `key-check` proves that the master key is the one it was made with. */
export const settings = pgTable('settings', {
  name: text().primaryKey(),
  value: text().notNull(),
});

/** One data key for each tenant, wrapped by the master key. */
export const dataKeys = pgTable(
  'data_keys',
  {
    provider: text().notNull(),
    tenant: text().notNull(),
    wrappedKey: text().notNull(),
    createdAt: moment().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.provider, table.tenant] })],
);

export const accessTokens = pgTable(
  'access_tokens',
  {
    id: uuid().primaryKey(),
    name: text().notNull(),
    prefix: text().notNull(),
    /** HMAC-SHA-256 of the token under a pepper of its own, in hex. */
    digest: text().notNull(),
    roles: jsonb().$type<readonly RoleGrant[]>().notNull(),
    createdAt: moment().notNull(),
    expiresAt: moment(),
    lastUsedAt: moment(),
    revokedAt: moment(),
  },
  (table) => [index('access_tokens_prefix').on(table.prefix)],
);

/** Append-only. Each row's hash is keyed and covers the row and the hash of the row before. */
export const auditEvents = pgTable(
  'audit_events',
  {
    sequence: bigint({ mode: 'number' }).primaryKey(),
    id: uuid().notNull(),
    /** The same for an intent and its outcome. */
    operationId: uuid().notNull(),
    at: moment().notNull(),
    /** The actor's id, and his name at that time. */
    actorId: text().notNull(),
    actor: text().notNull(),
    action: text().notNull(),
    /** Global id of what it was done to. */
    subject: text(),
    provider: text(),
    tenant: text(),
    outcome: text().$type<AuditOutcome>().notNull(),
    code: text().$type<ErrorCode>(),
    requestId: text().notNull(),
    vendorRequestId: text(),
    reason: text(),
    hash: text().notNull(),
  },
  (table) => [
    uniqueIndex('audit_events_id').on(table.id),
    index('audit_events_operation').on(table.operationId),
    index('audit_events_subject').on(table.subject, table.sequence),
    index('audit_events_tenant').on(table.provider, table.tenant, table.sequence),
    index('audit_events_actor').on(table.actor, table.sequence),
    index('audit_events_at').on(table.at),
  ],
);

/** One row: where the chain ends, under a key of its own, so that a cut tail shows. */
export const auditHead = pgTable('audit_head', {
  id: integer().primaryKey(),
  sequence: bigint({ mode: 'number' }).notNull(),
  hash: text().notNull(),
  mac: text().notNull(),
});

/** A write that was promised to happen at most once. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    actorId: text().notNull(),
    action: text().notNull(),
    key: text().notNull(),
    /** HMAC of the input. */
    inputDigest: text().notNull(),
    operationId: uuid().notNull(),
    /** Null while the first call runs, and for ever if it never ended. */
    sealedResult: text(),
    /** Whose data key the result is sealed with. */
    provider: text().notNull(),
    tenant: text().notNull(),
    createdAt: moment().notNull(),
    expiresAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.actorId, table.action, table.key] }),
    index('idempotency_keys_expires').on(table.expiresAt),
    index('idempotency_keys_operation').on(table.operationId),
  ],
);

export const rotations = pgTable(
  'rotations',
  {
    id: uuid().primaryKey(),
    provider: text().notNull(),
    tenant: text().notNull(),
    client: text().notNull(),
    oldSecret: text().notNull(),
    newSecret: text(),
    operationId: uuid().notNull(),
    state: text().$type<RotationState>().notNull(),
    keep: text().$type<RotationKeep>(),
    oldExpiresAt: moment(),
    startedAt: moment().notNull(),
    retireAt: moment(),
    completedAt: moment(),
    attempts: integer().notNull(),
    lastError: text(),
    /** When the worker is to look at it next. Null: never, it is over. */
    dueAt: moment(),
    /** Taken by a worker, or by the call that started it, until then. */
    leaseUntil: moment(),
  },
  (table) => [
    uniqueIndex('rotations_open_old')
      .on(table.provider, table.tenant, table.client, table.oldSecret)
      .where(sql`completed_at is null`),
    index('rotations_due')
      .on(table.dueAt)
      .where(sql`due_at is not null`),
    index('rotations_client').on(table.provider, table.tenant, table.client),
    index('rotations_new').on(table.provider, table.tenant, table.client, table.newSecret),
    index('rotations_started').on(table.startedAt, table.id),
  ],
);
