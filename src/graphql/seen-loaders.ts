import type { Client } from '../domain/client.ts';
import type { ClientSecret } from '../domain/client-secret.ts';
import type { DriftEvent } from '../domain/drift-event.ts';
import type { Freshness } from '../domain/freshness.ts';
import { GatewayError } from '../domain/gateway-error.ts';
import { idKey, type ClientId, type ClientSecretId, type TenantId } from '../domain/ids.ts';
import type { Tenant } from '../domain/tenant.ts';
import type { Session } from '../service/session.ts';
import { KeyLoader } from './batch.ts';

/** What tells whether that which it hangs on is to come out of the inventory as well. */
interface Below<Id> {
  readonly id: Id;
  readonly freshness: Freshness;
}

/** What comes out of the inventory, for one key at a time. Null: it was never seen, or is not readable. */
export abstract class SeenLoaders {
  readonly #tenants: KeyLoader<TenantId, Tenant | null>;
  readonly #clients: KeyLoader<ClientId, Client | null>;
  readonly #secrets: KeyLoader<ClientSecretId, ClientSecret | null>;
  readonly #driftEvents: KeyLoader<string, DriftEvent | null>;

  constructor(session: Pick<Session, 'inventory'>) {
    this.#tenants = new KeyLoader((ids) => session.inventory.seenTenants(ids), idKey);
    this.#clients = new KeyLoader((ids) => session.inventory.seenClients(ids), idKey);
    this.#secrets = new KeyLoader((ids) => session.inventory.seenSecrets(ids), idKey);
    this.#driftEvents = new KeyLoader((ids) => session.inventory.driftEvents(ids), String);
  }

  /** From the provider: where to ask for what the inventory does not have. */
  abstract tenant(id: TenantId): Promise<Tenant | null>;
  abstract client(id: ClientId): Promise<Client | null>;

  /** As it was last seen, gone since or not. */
  seenTenant({ provider, tenant }: TenantId): Promise<Tenant | null> {
    return this.#tenants.load({ provider, tenant });
  }

  seenClient({ provider, tenant, client }: ClientId): Promise<Client | null> {
    return this.#clients.load({ provider, tenant, client });
  }

  seenSecret(id: ClientSecretId): Promise<ClientSecret | null> {
    return this.#secrets.load(id);
  }

  /** Where the noun itself comes out of the inventory, so does what it hangs on, and no vendor is asked. */
  async tenantOf({ id, freshness }: Below<TenantId>): Promise<Tenant | null> {
    return (isSeen(freshness) ? await this.seenTenant(id) : null) ?? this.tenant(id);
  }

  async clientOf({ id, freshness }: Below<ClientId>): Promise<Client | null> {
    return (isSeen(freshness) ? await this.seenClient(id) : null) ?? this.client(id);
  }

  /** From the provider; as it was last seen where that fails or there is nothing. */
  clientNowOrSeen(id: ClientId): Promise<Client | null> {
    return nowOrSeen(this.client(id), () => this.seenClient(id));
  }

  driftEvent(id: string): Promise<DriftEvent | null> {
    return this.#driftEvents.load(id);
  }

  /** What was read is read anew from now on. */
  forget(): void {
    for (const loader of [this.#tenants, this.#clients, this.#secrets, this.#driftEvents]) loader.clearAll();
  }
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
