import type { ReceivedRequest } from '../../src/provider-kit/received-request.ts';
import { FIRST_PAGE, newSecretOf, one } from './answers.ts';
import type { VendorFacts } from './harness.ts';

/** The write that faults are tried on, where a vendor makes secrets: one more in the client's list is one effect. */
export function createsSecret(isIt: (request: ReceivedRequest) => boolean): VendorFacts['write'] {
  return {
    send: async ({ provider, call }, of) => provider.createSecret?.(of, newSecretOf(provider), call),
    isIt,
    effects: async ({ provider, call }, of) =>
      (await one(provider.listSecrets([of], FIRST_PAGE, call))).items.length,
    isFoundOut: false,
  };
}
