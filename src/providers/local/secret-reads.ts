import { inArray } from 'drizzle-orm';
import type { Reads } from '../../provider-kit/provider.ts';
import type { Database } from '../../store/database.ts';
import { localClientSecrets } from '../../store/tables/local.ts';
import { findEach, isOneOf } from './keys.ts';
import type { Own } from './own.ts';
import { pagesOf, type ChildQuery } from './pages-of.ts';
import { secretColumns, secretOf, type SecretRow } from './secret-rows.ts';
import { statusAt } from './secret-status.ts';

const { tenantId, clientId, id: secretId } = localClientSecrets;

export function secretReads({ name, store: { db }, clock }: Own): Pick<Reads, 'getSecrets' | 'listSecrets'> {
  return {
    getSecrets: (ids) => {
      const now = clock.now();
      return findEach(
        ids.map(({ tenant, client, secret }) => [tenant, client, secret]),
        async (keys) => {
          const rows = await db
            .select(secretColumns(now))
            .from(localClientSecrets)
            .where(isOneOf([tenantId, clientId, secretId], keys));
          return rows.map((row) => ({
            key: [row.tenantId, row.clientId, row.id],
            node: secretOf(name, row, now),
          }));
        },
      );
    },
    listSecrets: (of, page) => {
      const now = clock.now();
      return pagesOf(
        db,
        of.map(({ tenant, client }) => [tenant, client]),
        page,
        {
          table: localClientSecrets,
          parent: [tenantId, clientId],
          parentOf: (row: SecretRow) => [row.tenantId, row.clientId],
          where: page.status === null ? undefined : inArray(statusAt(now), [...page.status]),
          read: (query) => readSecrets(db, query, now),
        },
        (row) => secretOf(name, row, now),
      );
    },
  };
}

async function readSecrets(db: Database, { parents, where, orderBy, limit }: ChildQuery, now: Date) {
  const child = db
    .select(secretColumns(now))
    .from(localClientSecrets)
    .where(where)
    .orderBy(...orderBy)
    .limit(limit)
    .as('child');
  const rows = await db.select().from(parents).crossJoinLateral(child);
  return rows.map((row) => row.child);
}
