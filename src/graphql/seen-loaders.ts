import type { Client } from '../domain/client.ts';
import type { ClientSecret } from '../domain/client-secret.ts';
import type { DriftEvent } from '../domain/drift-event.ts';
import type { Freshness } from '../domain/freshness.ts';
import { GatewayError } from '../domain/gateway-error.ts';
import { idKey, type ClientId, type ClientSecretId, type TenantId } from '../domain/ids.ts';
import type { Tenant } from '../domain/tenant.ts';
import type { SessionReads } from '../service/session.ts';
import { byKey } from './batch.ts';

/** What tells whether that which it hangs on is to come out of the inventory as well. */
interface Below<Id> {
  readonly id: Id;
  readonly freshness: Freshness;
}

/** What comes out of the inventory, for one key at a time. Null: it was never seen, or is not readable. */
export interface SeenLoaders {
  /** As it was last seen, gone since or not. */
  seenTenant(id: TenantId): Promise<Tenant | null>;
  seenClient(id: ClientId): Promise<Client | null>;
  seenSecret(id: ClientSecretId): Promise<ClientSecret | null>;
  /** Where the noun itself comes out of the inventory, so does what it hangs on, and no vendor is asked. */
  tenantOf(noun: Below<TenantId>): Promise<Tenant | null>;
  clientOf(secret: Below<ClientId>): Promise<Client | null>;
  /** From the provider; as it was last seen where that fails or there is nothing. */
  clientNowOrSeen(id: ClientId): Promise<Client | null>;
  driftEvent(id: string): Promise<DriftEvent | null>;
}

interface FromProviders {
  readonly tenant: (id: TenantId) => Promise<Tenant | null>;
  readonly client: (id: ClientId) => Promise<Client | null>;
}

/** `fromProviders`: where to ask for what the inventory does not have. */
export function createSeenLoaders(
  read: SessionReads,
  { tenant, client }: FromProviders,
): SeenLoaders & { readonly forgetSeen: () => void } {
  const tenants = byKey((ids: readonly TenantId[]) => read.seenTenants(ids), idKey);
  const clients = byKey((ids: readonly ClientId[]) => read.seenClients(ids), idKey);
  const secrets = byKey((ids: readonly ClientSecretId[]) => read.seenSecrets(ids), idKey);
  const driftEvents = byKey((ids: readonly string[]) => read.driftEvents(ids), String);

  const seenTenant = ({ provider, tenant: id }: TenantId) => tenants.load({ provider, tenant: id });
  const seenClient = ({ provider, tenant: of, client: id }: ClientId) =>
    clients.load({ provider, tenant: of, client: id });
  return {
    seenTenant,
    seenClient,
    seenSecret: (id) => secrets.load(id),
    tenantOf: async ({ id, freshness }) => (isSeen(freshness) ? await seenTenant(id) : null) ?? tenant(id),
    clientOf: async ({ id, freshness }) => (isSeen(freshness) ? await seenClient(id) : null) ?? client(id),
    clientNowOrSeen: (id) => nowOrSeen(client(id), () => seenClient(id)),
    driftEvent: (id) => driftEvents.load(id),
    forgetSeen: () => [tenants, clients, secrets, driftEvents].forEach((loader) => loader.clearAll()),
  };
}

function isSeen({ source }: Freshness): boolean {
  return source === 'INVENTORY';
}

/** Rejects with what the provider failed with, where there is nothing else. */
async function nowOrSeen<T>(live: Promise<T | null>, seen: () => Promise<T | null>): Promise<T | null> {
  const now = await live.catch((error: unknown) => {
    if (error instanceof GatewayError) return error;
    throw error;
  });
  if (now !== null && !(now instanceof GatewayError)) return now;
  const last = await seen();
  if (last === null && now !== null) throw now;
  return last;
}
