import { clientByItsId, tenantByItsId } from '../domain/by-its-id.ts';
import type { Client } from '../domain/client.ts';
import type { ClientSecret } from '../domain/client-secret.ts';
import type { DriftEvent } from '../domain/drift-event.ts';
import type { Freshness } from '../domain/freshness.ts';
import { GatewayError } from '../domain/gateway-error.ts';
import { idKey, type ClientId, type ClientSecretId, type TenantId } from '../domain/ids.ts';
import type { Tenant } from '../domain/tenant.ts';
import type { Session } from '../service/session.ts';
import { KeyLoader } from './batch.ts';
import { present } from './present.ts';

/** What tells whether that which it hangs on is to come out of the inventory as well. */
interface Below<Id> {
  readonly id: Id;
  readonly freshness: Freshness;
}

/** How to find what it hangs on. */
interface Ways<Id, T> {
  readonly now: () => Promise<T | null>;
  readonly seen: () => Promise<T | null>;
  readonly byItsId: (id: Id, asOf: Date) => T;
}

/** What comes out of the inventory, for one key at a time. Null: it was never seen, or is not readable. */
export abstract class SeenLoaders {
  readonly #tenants: KeyLoader<TenantId, Tenant | null>;
  readonly #clients: KeyLoader<ClientId, Client | null>;
  readonly #secrets: KeyLoader<ClientSecretId, ClientSecret | null>;
  readonly #driftEvents: KeyLoader<string, DriftEvent | null>;
  readonly #isBelowWrite: boolean;

  constructor(session: Pick<Session, 'inventory'>, isBelowWrite: boolean) {
    this.#isBelowWrite = isBelowWrite;
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

  /**
   * What the noun hangs on, which is never nothing. Out of the inventory where the noun itself is, and then no vendor is
   * asked that need not be. There, and below a write, nothing is to spoil an answer that holds more than this: where the
   * provider has no answer it is as it was last seen, or goes by its id. Else rejects with GatewayError.
   */
  tenantOf(noun: Below<TenantId>): Promise<Tenant> {
    const { id } = noun;
    const ways = { now: () => this.tenant(id), seen: () => this.seenTenant(id), byItsId: tenantByItsId };
    return this.#above(noun, ways);
  }

  clientOf(noun: Below<ClientId>): Promise<Client> {
    const { id } = noun;
    const ways = { now: () => this.client(id), seen: () => this.seenClient(id), byItsId: clientByItsId };
    return this.#above(noun, ways);
  }

  /** From the provider; where that fails or there is nothing, as it was last seen, or by its id, which was there then. */
  async clientNowOrSeen(id: ClientId, asOf: Date): Promise<Client> {
    const found = await firstOf([() => this.client(id), () => this.seenClient(id)]);
    return found ?? clientByItsId(id, asOf);
  }

  async #above<Id, T>({ id, freshness }: Below<Id>, { now, seen, byItsId }: Ways<Id, T>): Promise<T> {
    const isOutOfInventory = freshness.source === 'INVENTORY';
    if (!isOutOfInventory && !this.#isBelowWrite) return present(await now());
    const found = await firstOf(isOutOfInventory ? [seen, now] : [now, seen]);
    return found ?? byItsId(id, freshness.asOf);
  }

  driftEvent(id: string): Promise<DriftEvent | null> {
    return this.#driftEvents.load(id);
  }

  /** What was read is read anew from now on. */
  forget(): void {
    for (const loader of [this.#tenants, this.#clients, this.#secrets, this.#driftEvents]) loader.clearAll();
  }
}

/** Null: there is none among them. */
async function firstOf<T>(reads: readonly (() => Promise<T | null>)[]): Promise<T | null> {
  for (const read of reads) {
    const found = await read().catch((error: unknown) => {
      if (error instanceof GatewayError) return null;
      throw error;
    });
    if (found !== null) return found;
  }
  return null;
}
