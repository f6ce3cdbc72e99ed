import { sql } from 'drizzle-orm';
import { DAY } from '../src/domain/duration.ts';
import { openDatabase, type DatabaseConfig } from '../src/store/open-database.ts';
import { seedInventory } from '../test/store/inventory-seed.ts';

/** Migrates a new database, and fills its inventory, with all of it looked through just now. */
export async function makeInventory(
  database: DatabaseConfig,
  given: { readonly secrets: number; readonly providers: readonly string[] },
): Promise<void> {
  const now = new Date();
  const opened = await openDatabase(database);
  const { db } = opened;
  try {
    await seedInventory(db, { ...given, now });
    // Otherwise the gateway would look for itself, at vendors that hold none of this.
    const due = new Date(now.getTime() + DAY);
    for (const provider of given.providers) {
      await db.execute(sql`
        insert into inventory_sweeps (provider, tenant, due_at, started_at, finished_at)
        values (${provider}, '', ${due.toISOString()}, ${now.toISOString()}, ${now.toISOString()})`);
    }
  } finally {
    await opened.close();
  }
}
