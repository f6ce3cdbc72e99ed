import type { Caller } from './caller.ts';
import { gatewayReads } from './gateway-reads.ts';
import { inventoryReads } from './inventory/inventory-reads.ts';
import { perform } from './operation.ts';
import { providerReads } from './provider-reads.ts';
import { readCall } from './read-call.ts';
import type { Services } from './services.ts';
import type { Session } from './session.ts';
import { verifyClientSecret } from './verify-client-secret.ts';

export function openSession(services: Services, caller: Caller): Session {
  const call = readCall(caller);
  const own = { ...gatewayReads(services, caller), ...inventoryReads(services, caller.actor) };
  return {
    ...caller,
    read: { ...providerReads(services, caller.actor, call, ({ provider }) => provider), ...own },
    recent: (maxStalenessMs) => ({
      ...providerReads(services, caller.actor, call, (opened) => opened.recent(maxStalenessMs)),
      ...own,
    }),
    perform: (write) => perform(services, caller, write),
    verify: (input) => verifyClientSecret(services, caller, input),
  };
}
