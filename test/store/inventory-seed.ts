import { sql } from 'drizzle-orm';
import type { Database } from '../../src/store/database.ts';

/** How much, over how many providers, and the moment that counts as now. */
export interface InventorySeed {
  readonly secrets: number;
  readonly providers: readonly string[];
  readonly now: Date;
}

const SECRETS_OF_CLIENT = 4;
const TENANTS_OF_PROVIDER = 20;

/**
 * Fills an empty inventory with secrets, four of a client: ends spread from a year ago to three years ahead, every tenth
 * without one; nine of ten active; every third never used. Equal seeds give equal rows, all but their row ids.
 */
export async function seedInventory(db: Database, { secrets, providers, now }: InventorySeed): Promise<void> {
  const clients = Math.ceil(secrets / SECRETS_OF_CLIENT);
  const at = sql`${now.toISOString()}::timestamptz`;
  const names = sql`array[${sql.join(
    providers.map((name) => sql`${name}::text`),
    sql`, `,
  )}]`;
  const provider = (n: string) => sql`(${names})[1 + ${sql.raw(n)} % ${sql.raw(`${providers.length}`)}]`;
  const tenant = (n: string) => sql.raw(`'tenant-' || (${n} / ${providers.length}) % ${TENANTS_OF_PROVIDER}`);
  await db.execute(sql`
    insert into inventory_tenants (provider, tenant, name, attributes, seen_at, since, digest)
    select ${provider('n')}, ${tenant('n')}, 'Tenant ' || n, '{}', ${at}, ${at}, ''
    from generate_series(0, ${sql.raw(`${providers.length * TENANTS_OF_PROVIDER - 1}`)}) as n`);
  await db.execute(sql`
    insert into inventory_clients (provider, tenant, client, client_id, name, kind, redirect_uris, created_at,
      attributes, seen_at, since, digest, name_order, words, name_words)
    select ${provider('n')}, ${tenant('n')}, 'client-' || n, 'cid-' || n, 'Service ' || n, 'CLIENT_CREDENTIALS', '[]',
      ${at} - n * interval '37 seconds', '{}', ${at}, ${at}, '', 'service ' || n,
      array_to_tsvector(array['service', n::text, 'cid', 'client']), array_to_tsvector(array['service', n::text, 'cid'])
    from generate_series(0, ${sql.raw(`${clients - 1}`)}) as n`);
  await db.execute(sql`
    insert into inventory_secrets (provider, tenant, client, secret, description, hint, status, created_at, expires_at,
      last_used_at, use_count, retrievable, attributes, idle_since, seen_at, since, digest, words, client_words)
    select ${provider('c')}, ${tenant('c')}, 'client-' || c, 'secret-' || n, 'Deployment key ' || n, 'kf_' || n,
      case when n % 10 = 3 then 'REVOKED' else 'ACTIVE' end, made,
      case when n % 10 = 7 then null else ${at} + (n::bigint * 7919 % 1461 - 365) * interval '1 day' + n * interval '1 millisecond' end,
      used, case when n % 3 = 0 then 0 else n % 100 + 1 end, false, '{}', coalesce(used, made), ${at}, made, '',
      array_to_tsvector(array['deployment', 'key', n::text, 'kf', 'secret']),
      array_to_tsvector(array['service', c::text, 'cid'])
    from generate_series(0, ${sql.raw(`${secrets - 1}`)}) as n,
      lateral (select n / ${sql.raw(`${SECRETS_OF_CLIENT}`)} as c,
        ${at} - interval '400 days' - n * interval '11 seconds' as made,
        case when n % 3 = 0 then null else ${at} - (n % 90) * interval '1 day' - n * interval '1 millisecond' end as used) as facts`);
  // A server does this by itself before long.
  for (const table of ['inventory_tenants', 'inventory_clients', 'inventory_secrets']) {
    await db.execute(sql.raw(`vacuum analyze ${table}`));
  }
}
