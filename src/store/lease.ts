import { lt } from 'drizzle-orm';
import type { Store } from './database.ts';
import { settings } from './tables/gateway.ts';

/** True: this replica alone may do the named work until then. */
export async function takeLease({ db }: Store, work: string, now: Date, until: Date): Promise<boolean> {
  const value = until.toISOString();
  const taken = await db
    .insert(settings)
    .values({ name: `lease/${work}`, value })
    .onConflictDoUpdate({
      target: settings.name,
      set: { value },
      setWhere: lt(settings.value, now.toISOString()),
    })
    .returning({ name: settings.name });
  return taken.length > 0;
}
