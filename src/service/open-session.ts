import type { Actor } from '../domain/actor.ts';
import type { Verification } from '../domain/client-secret.ts';
import type { Caller } from './caller.ts';
import { inventoryReads } from './inventory/inventory-reads.ts';
import { perform } from './operation.ts';
import { providerReads } from './provider-reads.ts';
import { readCall, type ReadCall } from './read-call.ts';
import { recordReads } from './record-reads.ts';
import type { Services } from './services.ts';
import type { InventoryReads, ProviderReads, RecordReads, Session, VerificationInput } from './session.ts';
import { verifyClientSecret } from './verify-client-secret.ts';
import type { Write } from './write.ts';

export function openSession(services: Services, caller: Caller): Session {
  return new OpenSession(services, caller);
}

/** Made for each request, so that nothing is made ready that is not asked for. */
class OpenSession implements Session {
  readonly actor: Actor;
  readonly requestId: string;
  readonly signal: AbortSignal;
  readonly #services: Services;
  readonly #caller: Caller;
  readonly #call: ReadCall;
  #read: ProviderReads | null = null;
  #records: RecordReads | null = null;
  #inventory: InventoryReads | null = null;

  constructor(services: Services, caller: Caller) {
    [this.#services, this.#caller, this.#call] = [services, caller, readCall(caller)];
    ({ actor: this.actor, requestId: this.requestId, signal: this.signal } = caller);
  }

  get read(): ProviderReads {
    return (this.#read ??= providerReads(this.#services, this.actor, this.#call, ({ provider }) => provider));
  }

  recent(maxStalenessMs: number | null): ProviderReads {
    return providerReads(this.#services, this.actor, this.#call, (opened) => opened.recent(maxStalenessMs));
  }

  get records(): RecordReads {
    return (this.#records ??= recordReads(this.#services, this.#caller));
  }

  get inventory(): InventoryReads {
    return (this.#inventory ??= inventoryReads(this.#services, this.actor));
  }

  perform<Result>(write: Write<Result>): Promise<Result> {
    return perform(this.#services, this.#caller, write).finally(() => this.#call.restart());
  }

  verify(input: VerificationInput): Promise<Verification> {
    return verifyClientSecret(this.#services, this.#caller, input);
  }
}
