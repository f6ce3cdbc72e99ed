import { refuseGiven } from './input-fields.ts';
import type { ClientChanges } from './provider.ts';

type Field = 'description' | 'enabled' | 'redirectUris';

/** Refuses those of these fields that are given, where a client of this vendor has no place for them. */
export function refuseClientFields(
  vendor: string,
  given: { readonly [Name in Field]?: ClientChanges[Name] | null | undefined },
): void {
  refuseGiven(given, {
    description: `a client of ${vendor} has none; leave it out`,
    enabled: `${vendor} cannot switch a client on or off; leave it out`,
    redirectUris: `a client of ${vendor} has none; leave them out`,
  });
}
