import { eq } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { liveAt } from '../../domain/freshness.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { Tenant } from '../../domain/tenant.ts';
import type { Reads, Writes } from '../../provider-kit/provider.ts';
import type { Database } from '../../store/database.ts';
import { keysetCursor, keysetQuery, pageOfRows } from '../../store/keyset.ts';
import { localClients, localIdentities, localTenants } from '../../store/tables/local.ts';
import { isUuid } from '../../store/uuid.ts';
import { findEach, isOneOf } from './keys.ts';
import { noSuch, stillHas, withoutOrphans } from './own-errors.ts';
import type { Own } from './own.ts';

type Row = typeof localTenants.$inferSelect;
type Methods = Pick<
  Reads & Writes,
  'getTenants' | 'listTenants' | 'createTenant' | 'updateTenant' | 'deleteTenant'
>;

const KEYSET = { moment: localTenants.createdAt, id: localTenants.id, newestFirst: false };

export function tenantMethods({ name, store: { db }, clock }: Own): Methods {
  const tenantOf = ({ id, ...row }: Row): Tenant => ({
    ...row,
    id: { provider: name, tenant: id },
    attributes: {},
    freshness: liveAt(clock.now()),
  });
  return {
    getTenants: (ids) =>
      findEach(
        ids.map(({ tenant }) => [tenant]),
        async (keys) => {
          const rows = await db
            .select()
            .from(localTenants)
            .where(isOneOf([localTenants.id], keys));
          return rows.map((row) => ({ key: [row.id], node: tenantOf(row) }));
        },
      ),
    listTenants: async (page) => {
      const { where, orderBy, limit } = keysetQuery(KEYSET, page, undefined);
      const rows = await db
        .select()
        .from(localTenants)
        .where(where)
        .orderBy(...orderBy)
        .limit(limit);
      const total = page.withTotal ? await db.$count(localTenants) : null;
      const item = (row: Row) => ({ node: tenantOf(row), cursor: keysetCursor(row.createdAt, row.id) });
      return pageOfRows(rows, page, item, total);
    },
    createTenant: async (input) => {
      const now = clock.now();
      const row = { ...input, id: randomUUID(), enabled: true, createdAt: now, updatedAt: now };
      await db.insert(localTenants).values(row);
      return tenantOf(row);
    },
    updateTenant: async (id, changes) => {
      const change = { ...changes, updatedAt: clock.now() };
      const [row] = await db.update(localTenants).set(change).where(here(id)).returning();
      if (row === undefined) throw noSuch('tenant');
      return tenantOf(row);
    },
    deleteTenant: async (id) => {
      const gone = await withoutOrphans(
        () => db.delete(localTenants).where(here(id)).returning({ id: localTenants.id }),
        () => inUse(db, id),
      );
      if (gone.length === 0) throw noSuch('tenant');
    },
  };
}

async function inUse(db: Database, { tenant }: TenantId) {
  const client = await db.$count(localClients, eq(localClients.tenantId, tenant));
  const identity = await db.$count(localIdentities, eq(localIdentities.tenantId, tenant));
  return stillHas('tenant', { client, identity }, 'Delete them first.');
}

function here({ tenant }: TenantId) {
  if (!isUuid(tenant)) throw noSuch('tenant');
  return eq(localTenants.id, tenant);
}
