import type { Caller } from './caller.ts';
import { gatewayReads } from './gateway-reads.ts';
import { inventoryReads } from './inventory/inventory-reads.ts';
import { perform } from './operation.ts';
import { providerReads, type Way } from './provider-reads.ts';
import { readCall } from './read-call.ts';
import type { Services } from './services.ts';
import type { Session, SessionReads } from './session.ts';
import { verifyClientSecret } from './verify-client-secret.ts';

/** Nothing is made ready that is not asked for. */
export function openSession(services: Services, caller: Caller): Session {
  const call = readCall(caller);
  const readsBy = (way: Way) => ({
    ...providerReads(services, caller.actor, call, way),
    ...gatewayReads(services, caller),
    ...inventoryReads(services, caller.actor),
  });
  let live: SessionReads | null = null;
  return {
    ...caller,
    get read() {
      return (live ??= readsBy(({ provider }) => provider));
    },
    recent: (maxStalenessMs) => readsBy((opened) => opened.recent(maxStalenessMs)),
    perform: (write) => perform(services, caller, write),
    verify: (input) => verifyClientSecret(services, caller, input),
  };
}
