import { eq } from 'drizzle-orm';
import { beginAuditChain } from './audit-chain.ts';
import type { Store } from './database.ts';
import { StartError } from './start-error.ts';
import { settings } from './tables/gateway.ts';

const NAME = 'key-check';

/**
 * The first start leaves a digest under the master key, and begins the audit chain: once in the life of a database, so
 * that a chain which was taken away does not begin anew. A later start under another key is refused, before it can write
 * what the right key could not read. Rejects with StartError.
 */
export async function claimDatabase({ db, keyring }: Store): Promise<void> {
  const value = keyring.mac('key-check', NAME);
  await db.transaction(async (tx) => {
    const first = await tx.insert(settings).values({ name: NAME, value }).onConflictDoNothing().returning();
    if (first.length > 0) await beginAuditChain({ db: tx, keyring });
  });
  const [row] = await db.select().from(settings).where(eq(settings.name, NAME));
  if (row?.value === value) return;
  throw new StartError(
    'The master key is not the one that this database was made with. ' +
      'Set KEYFOLD_MASTER_KEY to that key, or give the key file back that lay in the data folder.',
  );
}
