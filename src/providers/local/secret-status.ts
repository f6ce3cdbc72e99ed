import { sql, type SQL } from 'drizzle-orm';
import type { ClientSecretStatus } from '../../domain/client-secret.ts';
import { localClientSecrets } from '../../store/tables/local.ts';

const { revokedAt, disabledAt, expiresAt, maxUses, useCount } = localClientSecrets;

/** Final things first: what is revoked is revoked, whatever else it is. */
export function statusAt(now: Date | SQL): SQL<ClientSecretStatus> {
  const moment = now instanceof Date ? sql`${now.toISOString()}::timestamptz` : now;
  return sql`case
    when ${revokedAt} is not null then 'REVOKED'
    when ${disabledAt} is not null then 'DISABLED'
    when ${expiresAt} <= ${moment} then 'EXPIRED'
    when ${useCount} >= ${maxUses} then 'EXHAUSTED'
    else 'ACTIVE' end`;
}
