import { joinId, splitId } from '../../provider-kit/compound-id.ts';
import type { CanBe } from '../../provider-kit/own-ids.ts';
import type { Product } from './config.ts';

/** The one tenant: ZStack has no id for the whole of itself. */
export const INSTALLATION = 'installation';

/** In the order in which they are listed. Virtual ids are the people of Cloud (vendor facts, section 4). */
export const IDENTITY_TYPES = { zsphere: ['account'], cloud: ['account', 'virtual-id'] } as const;
export type IdentityType = (typeof IDENTITY_TYPES)[Product][number];

/** In the one form of the vendor's ids. */
export function isUuid(text: string): boolean {
  return /^[\da-f]{32}$/.test(text);
}

/** ZStack has no id for the secret of a client, so it is made of the client's. */
export function secretIdOf(client: string): string {
  return joinId('current', client);
}

/** Null where it cannot be the id of an identity. */
export function parseIdentity(product: Product, id: string) {
  const parts = splitId<IdentityType>(id, IDENTITY_TYPES[product]);
  return parts !== null && isUuid(parts.id) ? parts : null;
}

export function idsOf(product: Product): CanBe {
  return (part, text) => {
    if (part === 'tenant') return text === INSTALLATION;
    if (part === 'identity') return parseIdentity(product, text) !== null;
    return isUuid(part === 'secret' ? (splitId(text, ['current'])?.id ?? '') : text);
  };
}
