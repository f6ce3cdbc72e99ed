import { and, eq } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { liveAt } from '../../domain/freshness.ts';
import type { Identity } from '../../domain/identity.ts';
import type { IdentityId } from '../../domain/ids.ts';
import type { Reads, Writes } from '../../provider-kit/provider.ts';
import type { Database } from '../../store/database.ts';
import { localClients, localIdentities } from '../../store/tables/local.ts';
import { isUuid } from '../../store/uuid.ts';
import { findEach, isOneOf } from './keys.ts';
import { noSuch, stillHas, withoutOrphans } from './own-errors.ts';
import type { Own } from './own.ts';
import { pagesOf, type ChildQuery } from './pages-of.ts';

type Row = typeof localIdentities.$inferSelect;
type Methods = Pick<
  Reads & Writes,
  'getIdentities' | 'listIdentities' | 'createIdentity' | 'updateIdentity' | 'deleteIdentity'
>;

const { tenantId, id: identityId } = localIdentities;

export function identityMethods({ name, store: { db }, clock }: Own): Methods {
  const identityOf = ({ tenantId: tenant, id, ...row }: Row): Identity => ({
    ...row,
    id: { provider: name, tenant, identity: id },
    freshness: liveAt(clock.now()),
  });
  return {
    getIdentities: (ids) =>
      findEach(
        ids.map(({ tenant, identity }) => [tenant, identity]),
        async (keys) => {
          const rows = await db
            .select()
            .from(localIdentities)
            .where(isOneOf([tenantId, identityId], keys));
          return rows.map((row) => ({ key: [row.tenantId, row.id], node: identityOf(row) }));
        },
      ),
    listIdentities: (of, page) =>
      pagesOf(
        db,
        of.map(({ tenant }) => [tenant]),
        page,
        {
          table: localIdentities,
          parent: [tenantId],
          parentOf: (row) => [row.tenantId],
          read: (query) => readIdentities(db, query),
        },
        identityOf,
      ),
    createIdentity: async (of, { name: called, kind, attributes }) => {
      if (!isUuid(of.tenant)) throw noSuch('tenant');
      const now = clock.now();
      const row: Row = {
        tenantId: of.tenant,
        id: randomUUID(),
        name: called,
        kind,
        attributes: attributes ?? {},
        createdAt: now,
        updatedAt: now,
      };
      await withoutOrphans(
        () => db.insert(localIdentities).values(row),
        () => noSuch('tenant'),
      );
      return identityOf(row);
    },
    updateIdentity: async (id, changes) => {
      const change = { ...changes, updatedAt: clock.now() };
      const [row] = await db.update(localIdentities).set(change).where(here(id)).returning();
      if (row === undefined) throw noSuch('identity');
      return identityOf(row);
    },
    deleteIdentity: async (id) => {
      const gone = await withoutOrphans(
        () => db.delete(localIdentities).where(here(id)).returning({ id: identityId }),
        () => inUse(db, id),
      );
      if (gone.length === 0) throw noSuch('identity');
    },
  };
}

async function readIdentities(db: Database, { parents, where, orderBy, limit }: ChildQuery) {
  const child = db
    .select()
    .from(localIdentities)
    .where(where)
    .orderBy(...orderBy)
    .limit(limit)
    .as('child');
  const rows = await db.select().from(parents).crossJoinLateral(child);
  return rows.map((row) => row.child);
}

async function inUse(db: Database, { tenant, identity }: IdentityId) {
  const theirs = and(eq(localClients.tenantId, tenant), eq(localClients.identityId, identity));
  return stillHas('identity', { client: await db.$count(localClients, theirs) }, 'Delete them first.');
}

function here({ tenant, identity }: IdentityId) {
  if (!isUuid(tenant) || !isUuid(identity)) throw noSuch('identity');
  return and(eq(tenantId, tenant), eq(identityId, identity));
}
