import { and, eq, sql, type SQL } from 'drizzle-orm';
import type { ClientSecret, ClientSecretStatus } from '../../domain/client-secret.ts';
import { liveAt } from '../../domain/freshness.ts';
import { localClients, localClientSecrets } from '../../store/tables/local.ts';
import { statusAt } from './secret-status.ts';

const table = localClientSecrets;

/** What a read fetches of a secret: neither digest nor sealed value ever leave the database for it. */
export function secretColumns(now: Date | SQL) {
  return {
    tenantId: table.tenantId,
    clientId: table.clientId,
    id: table.id,
    description: table.description,
    prefix: table.prefix,
    status: statusAt(now).as('status'),
    isKept: sql<boolean>`${table.sealedValue} is not null`.as('is_kept'),
    expiresAt: table.expiresAt,
    maxUses: table.maxUses,
    useCount: table.useCount,
    lastUsedAt: table.lastUsedAt,
    revokedAt: table.revokedAt,
    createdAt: table.createdAt,
    updatedAt: table.updatedAt,
  };
}

export interface SecretRow {
  readonly tenantId: string;
  readonly clientId: string;
  readonly id: string;
  readonly description: string | null;
  readonly prefix: string;
  readonly status: ClientSecretStatus;
  readonly isKept: boolean;
  readonly expiresAt: Date | null;
  readonly maxUses: number | null;
  readonly useCount: number;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export function secretOf(provider: string, row: SecretRow, now: Date): ClientSecret {
  return {
    id: { provider, tenant: row.tenantId, client: row.clientId, secret: row.id },
    description: row.description,
    hint: `${row.prefix}…`,
    status: row.status,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    expiresAt: row.expiresAt,
    lastUsedAt: row.lastUsedAt,
    revokedAt: row.revokedAt,
    useCount: row.useCount,
    maxUses: row.maxUses,
    retrievable: row.isKept,
    attributes: {},
    freshness: liveAt(now),
  };
}

/** Joins a secret with the client that it belongs to. */
export function ofItsClient() {
  return and(eq(localClients.tenantId, table.tenantId), eq(localClients.id, table.clientId));
}
