import type { ProviderErrorCode } from './provider-error.ts';

/** What a refusal says in public, in the same words for every vendor. What an adapter knows better it says itself. */
export function refusalMessage(code: ProviderErrorCode, vendor: string): string {
  return MESSAGES[code](vendor);
}

const MESSAGES: Readonly<Record<ProviderErrorCode, (vendor: string) => string>> = {
  invalid_input: (vendor) => `is not what ${vendor} takes`,
  not_found: (vendor) => `${vendor} has nothing with this id.`,
  conflict: (vendor) => `${vendor} refuses this as things stand.`,
  limit_reached: (vendor) => `${vendor} takes no more of these here.`,
  unsupported: (vendor) => `This version of ${vendor} does not have this.`,
  rejected: (vendor) => `${vendor} refused this.`,
  unauthenticated: (vendor) => `${vendor} does not let the gateway log in.`,
  forbidden: (vendor) => `The gateway may not do this in ${vendor}.`,
  rate_limited: (vendor) => `${vendor} takes no more requests for now.`,
  unavailable: (vendor) => `${vendor} answers that something is wrong with it.`,
  timeout: (vendor) => `${vendor} ran out of time.`,
  malformed: (vendor) => `Something else than ${vendor} answered.`,
  aborted: (vendor) => `${vendor} was not asked to the end.`,
};
