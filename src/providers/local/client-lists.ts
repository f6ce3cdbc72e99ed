import type { Client } from '../../domain/client.ts';
import type { IdentityId, TenantId } from '../../domain/ids.ts';
import { EMPTY_PAGE, type Page, type PageRequest } from '../../domain/page.ts';
import type { Database } from '../../store/database.ts';
import { localClients } from '../../store/tables/local.ts';
import { pagesOf, type ChildQuery } from './pages-of.ts';

type Row = typeof localClients.$inferSelect;

/** One statement for all the tenants, and one for all the identities. */
export async function listClients(
  db: Database,
  of: readonly (TenantId | IdentityId)[],
  page: PageRequest,
  clientOf: (row: Row) => Client,
): Promise<readonly Page<Client>[]> {
  const { tenantId, identityId } = localClients;
  const tenants = of.filter((parent) => !isIdentity(parent));
  const identities = of.filter(isIdentity);
  const read = (query: ChildQuery) => readClients(db, query);
  const ofTenants = await pagesOf(
    db,
    tenants.map(({ tenant }) => [tenant]),
    page,
    { table: localClients, parent: [tenantId], parentOf: (row) => [row.tenantId], read },
    clientOf,
  );
  const ofIdentities = await pagesOf(
    db,
    identities.map(({ tenant, identity }) => [tenant, identity]),
    page,
    {
      table: localClients,
      parent: [tenantId, identityId],
      parentOf: (row) => [row.tenantId, row.identityId ?? ''],
      read,
    },
    clientOf,
  );
  const pages = new Map<TenantId, Page<Client>>();
  tenants.forEach((parent, i) => pages.set(parent, ofTenants[i] ?? EMPTY_PAGE));
  identities.forEach((parent, i) => pages.set(parent, ofIdentities[i] ?? EMPTY_PAGE));
  return of.map((parent) => pages.get(parent) ?? EMPTY_PAGE);
}

async function readClients(db: Database, { parents, where, orderBy, limit }: ChildQuery) {
  const child = db
    .select()
    .from(localClients)
    .where(where)
    .orderBy(...orderBy)
    .limit(limit)
    .as('child');
  const rows = await db.select().from(parents).crossJoinLateral(child);
  return rows.map((row) => row.child);
}

function isIdentity(of: TenantId | IdentityId): of is IdentityId {
  return 'identity' in of;
}
