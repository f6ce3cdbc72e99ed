import type { ClientSecret, ClientSecretStatus } from '../domain/client-secret.ts';
import { storableObject } from '../domain/storable.ts';
import { digestOf, storedCount, storedMoment, storedText, type Look } from './inventory-look.ts';
import { wordsOf } from './inventory-words.ts';
import type { inventorySecrets, inventoryVersions } from './tables/inventory.ts';

export type SecretRow = typeof inventorySecrets.$inferSelect;
/** As it is written: words as a list. */
export type SeenSecret = ReturnType<typeof seenSecretOf>;

/** What a read shows of a secret, apart from what only the rows before it can tell. */
export function seenSecretOf(node: ClientSecret, { seenAt }: Look) {
  const facts = {
    ...node.id,
    description: storedText(node.description),
    hint: storedText(node.hint),
    status: node.status,
    createdAt: storedMoment(node.createdAt),
    updatedAt: storedMoment(node.updatedAt),
    expiresAt: storedMoment(node.expiresAt),
    lastUsedAt: storedMoment(node.lastUsedAt),
    revokedAt: storedMoment(node.revokedAt),
    useCount: storedCount(node.useCount),
    maxUses: storedCount(node.maxUses),
    retrievable: node.retrievable,
    attributes: storableObject(node.attributes),
  };
  const words = wordsOf([facts.description, facts.hint, node.id.secret]);
  return { ...facts, seenAt, digest: digestOf(Object.values(facts)), words };
}

/** Since when it has surely not been used. See the column. */
export function idleSinceOf(
  before: Pick<SecretRow, 'useCount' | 'idleSince'> | null,
  seen: SeenSecret,
): Date | null {
  const { lastUsedAt, useCount, createdAt, seenAt } = seen;
  if (lastUsedAt !== null || useCount === null) return lastUsedAt;
  const known = before?.useCount === useCount ? before.idleSince : null;
  return useCount === 0 ? (createdAt ?? known ?? seenAt) : (known ?? seenAt);
}

/** What a node is made of, of either table. */
export function nodeColumns(table: typeof inventorySecrets | typeof inventoryVersions) {
  const { provider, tenant, client, secret, description, hint, status, createdAt, updatedAt, expiresAt } =
    table;
  const { lastUsedAt, revokedAt, useCount, maxUses, retrievable, attributes, seenAt, rowId } = table;
  return {
    provider,
    tenant,
    client,
    secret,
    description,
    hint,
    status,
    createdAt,
    updatedAt,
    expiresAt,
    lastUsedAt,
    revokedAt,
    useCount,
    maxUses,
    retrievable,
    attributes,
    seenAt,
    rowId,
  };
}

export type SecretNodeRow = Pick<SecretRow, keyof ReturnType<typeof nodeColumns>>;

export function secretOf(row: SecretNodeRow, status: ClientSecretStatus): ClientSecret {
  const { provider, tenant, client, secret, description, hint, createdAt, updatedAt, expiresAt } = row;
  const { lastUsedAt, revokedAt, useCount, maxUses, retrievable, attributes, seenAt } = row;
  return {
    id: { provider, tenant, client, secret },
    description,
    hint,
    status,
    createdAt,
    updatedAt,
    expiresAt,
    lastUsedAt,
    revokedAt,
    useCount,
    maxUses,
    retrievable,
    attributes,
    freshness: { asOf: seenAt, source: 'INVENTORY' },
  };
}
