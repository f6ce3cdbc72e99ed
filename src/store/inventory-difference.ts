import type { ClientSecretStatus } from '../domain/client-secret.ts';
import type { DriftKind } from '../domain/drift-event.ts';
import { MINUTE } from '../domain/duration.ts';
import type { JsonObject } from '../domain/json.ts';
import type { inventoryClients, inventorySecrets } from './tables/inventory.ts';
import { statusNow } from './inventory-status.ts';

export interface Difference {
  readonly kind: DriftKind;
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
}

type ClientFacts = Pick<
  typeof inventoryClients.$inferSelect,
  'name' | 'clientId' | 'description' | 'kind' | 'enabled' | 'redirectUris'
>;

export type SecretFacts = Pick<
  typeof inventorySecrets.$inferSelect,
  'description' | 'status' | 'expiresAt' | 'revokedAt' | 'maxUses'
>;

export function clientDifferences(before: ClientFacts, after: ClientFacts): readonly Difference[] {
  return changed(clientFacts(before), clientFacts(after));
}

/** With how often it was used, where that is told. */
type UsedSecret = SecretFacts & Pick<typeof inventorySecrets.$inferSelect, 'useCount'>;

/**
 * An end that moved is a difference of its own. That time passed or that uses are exhausted is none, and neither is what
 * the status makes of an end that moved. Some vendors call revoked what is over, and tell no moment for it; so it is
 * not told either that somebody has revoked by hand what was over.
 */
export function secretDifferences(before: SecretFacts, after: UsedSecret, at: Date): readonly Difference[] {
  const moved = before.expiresAt?.getTime() !== after.expiresAt?.getTime();
  const [from, to] = [statusNow(before, at), statusNow(after, at)];
  const facts = ({ description, maxUses }: SecretFacts) => ({ description, maxUses });
  const sameStatus =
    from === to || isByItself(before, after, to, at) || (moved && isByEnd(from) && isByEnd(to));
  const state = sameStatus ? [] : [withStatus(before), withStatus(after)];
  return [
    ...(moved
      ? [{ kind: 'EXPIRY_MOVED', before: endOf(before), after: endOf(after) } satisfies Difference]
      : []),
    ...changed({ ...facts(before), ...state[0] }, { ...facts(after), ...state[1] }),
  ];
}

export function clientAdded(client: ClientFacts): Difference {
  return { kind: 'ADDED', before: null, after: told(clientFacts(client)) };
}

export function clientRemoved(client: ClientFacts): Difference {
  return { kind: 'REMOVED', before: told(clientFacts(client)), after: null };
}

export function secretAdded(secret: SecretFacts): Difference {
  return { kind: 'ADDED', before: null, after: told(secretFacts(secret)) };
}

export function secretRemoved(secret: SecretFacts): Difference {
  return { kind: 'REMOVED', before: told(secretFacts(secret)), after: null };
}

/** Did it get there with no hand in it? */
function isByItself(before: SecretFacts, after: UsedSecret, to: ClientSecretStatus, at: Date): boolean {
  if (to === 'EXHAUSTED') return before.status === 'ACTIVE';
  if (to === 'EXPIRED') return hasEnded(before, at);
  const wasOver = before.status === 'EXHAUSTED' || isUsedUp(after) || hasEnded(before, at);
  return to === 'REVOKED' && after.revokedAt === null && before.status !== 'DISABLED' && wasOver;
}

function isUsedUp({ useCount, maxUses }: UsedSecret): boolean {
  return useCount !== null && maxUses !== null && useCount >= maxUses;
}

/** How long a look may take, from when it began to when its answer is read, and the vendor's clock be ahead. */
const LOOK_MS = 5 * MINUTE;

function hasEnded({ expiresAt }: Pick<SecretFacts, 'expiresAt'>, at: Date): boolean {
  return expiresAt !== null && expiresAt.getTime() <= at.getTime() + LOOK_MS;
}

function isByEnd(status: ClientSecretStatus): boolean {
  return status === 'ACTIVE' || status === 'EXPIRED';
}

function clientFacts({ name, clientId, description, kind, enabled, redirectUris }: ClientFacts): JsonObject {
  return { name, clientId, description, kind, enabled, redirectUris };
}

function secretFacts(secret: SecretFacts): JsonObject {
  const { description, maxUses } = secret;
  return { description, ...withStatus(secret), ...endOf(secret), maxUses };
}

function withStatus({ status, revokedAt }: SecretFacts): JsonObject {
  return { status, revokedAt: revokedAt?.toISOString() ?? null };
}

function endOf({ expiresAt }: SecretFacts): JsonObject {
  return { expiresAt: expiresAt?.toISOString() ?? null };
}

/** Only the fields that differ. */
function changed(before: JsonObject, after: JsonObject): readonly Difference[] {
  const keys = Object.keys(before).filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
  if (keys.length === 0) return [];
  const only = (facts: JsonObject) => Object.fromEntries(keys.map((key) => [key, facts[key] ?? null]));
  return [{ kind: 'CHANGED', before: only(before), after: only(after) }];
}

function told(facts: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null));
}
