import { and, eq } from 'drizzle-orm';
import { randomBytes } from 'node:crypto';
import type { TenantId } from '../domain/ids.ts';
import { SecretValue } from '../domain/secret-value.ts';
import type { Store } from './database.ts';
import { decrypt, encrypt } from './keyring.ts';
import { dataKeys } from './tables/gateway.ts';

/**
 * Encrypts under the tenant's data key, which is made on first use. `context` names the row that will hold the text:
 * moved to another row it does not open.
 */
export async function seal(store: Store, of: TenantId, context: string, value: SecretValue): Promise<string> {
  const key = (await findDataKey(store, of)) ?? (await makeDataKey(store, of));
  return encrypt(key, Buffer.from(value.reveal()), context);
}

/** Throws where the text was not sealed for this tenant and context. */
export async function unseal(
  store: Store,
  of: TenantId,
  context: string,
  sealed: string,
): Promise<SecretValue> {
  const key = await findDataKey(store, of);
  if (key === null) throw new Error('the data key of this tenant is gone');
  return new SecretValue(decrypt(key, sealed, context).toString());
}

const contextOf = (of: TenantId) => JSON.stringify(['data-key', of.provider, of.tenant]);

async function findDataKey({ db, keyring }: Store, of: TenantId): Promise<Buffer | null> {
  const [row] = await db
    .select({ wrappedKey: dataKeys.wrappedKey })
    .from(dataKeys)
    .where(and(eq(dataKeys.provider, of.provider), eq(dataKeys.tenant, of.tenant)));
  return row === undefined ? null : keyring.unwrap(row.wrappedKey, contextOf(of));
}

/** Two replicas may make one at once: the first stands, and both use it. */
async function makeDataKey(store: Store, of: TenantId): Promise<Buffer> {
  const wrappedKey = store.keyring.wrap(randomBytes(32), contextOf(of));
  await store.db
    .insert(dataKeys)
    .values({ provider: of.provider, tenant: of.tenant, wrappedKey })
    .onConflictDoNothing();
  const key = await findDataKey(store, of);
  if (key === null) throw new Error('the data key of this tenant could not be stored');
  return key;
}
