import type { Client } from '../domain/client.ts';
import { storableObject, storableText } from '../domain/storable.ts';
import { digestOf, storedMoment, storedText, type Look } from './inventory-look.ts';
import { beginning, wordsOf } from './inventory-words.ts';
import { inventoryClients } from './tables/inventory.ts';

export type ClientRow = typeof inventoryClients.$inferSelect;
/** As it is written: words as lists. */
export type SeenClient = ReturnType<typeof seenClientOf>;

/** An index takes no text of any length. */
const ORDERED_BY = 200;

/** What a read shows of a client. */
export function seenClientOf(node: Client, { seenAt }: Look) {
  const facts = {
    ...node.id,
    identity: storedText(node.identity?.identity ?? null),
    clientId: storableText(node.clientId),
    name: storableText(node.name),
    description: storedText(node.description),
    kind: node.kind,
    enabled: node.enabled,
    redirectUris: node.redirectUris.map(storableText),
    createdAt: storedMoment(node.createdAt),
    updatedAt: storedMoment(node.updatedAt),
    attributes: storableObject(node.attributes),
  };
  return {
    ...facts,
    seenAt,
    digest: digestOf(Object.values(facts)),
    nameOrder: beginning(facts.name.normalize('NFKC').toLowerCase(), ORDERED_BY),
    words: wordsOf([facts.name, facts.description, facts.clientId, node.id.client]),
    nameWords: wordsOf([facts.name, facts.clientId]),
  };
}

/** What a node is made of. */
export const CLIENT_NODE = (() => {
  const { provider, tenant, client, rowId, identity, clientId, name, description, kind } = inventoryClients;
  const { enabled, redirectUris, createdAt, updatedAt, attributes, seenAt, nameOrder } = inventoryClients;
  return {
    provider,
    tenant,
    client,
    rowId,
    identity,
    clientId,
    name,
    description,
    kind,
    enabled,
    redirectUris,
    createdAt,
    updatedAt,
    attributes,
    seenAt,
    nameOrder,
  };
})();

export type ClientNodeRow = Pick<ClientRow, keyof typeof CLIENT_NODE>;

export function clientOf(row: ClientNodeRow): Client {
  const { provider, tenant, client, identity, clientId, name, description, kind, enabled } = row;
  const { redirectUris, createdAt, updatedAt, attributes, seenAt } = row;
  return {
    id: { provider, tenant, client },
    identity: identity === null ? null : { provider, tenant, identity },
    clientId,
    name,
    description,
    kind,
    enabled,
    redirectUris,
    createdAt,
    updatedAt,
    attributes,
    freshness: { asOf: seenAt, source: 'INVENTORY' },
  };
}
