import type { ComplexityErrorFn } from '@pothos/plugin-complexity';
import { getNamedType, type GraphQLOutputType } from 'graphql';
import { InvalidInputError } from '../domain/gateway-error.ts';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '../domain/page.ts';

/**
 * Pages of the usual size, three deep, fit, and so do fifty clients with twenty secrets each, with every field; a
 * hundred tenants with fifty clients each do not.
 */
export const LIMITS = { depth: 15, breadth: 1000, complexity: 150_000 } as const;

const MEASURES = {
  Depth: `levels of fields; ${LIMITS.depth} are the most`,
  Breadth: `fields; ${LIMITS.breadth} are the most`,
  Complexity: `values to be fetched; ${LIMITS.complexity} are the most`,
} as const;

export const tooComplex: ComplexityErrorFn = (kind) =>
  new InvalidInputError([{ path: ['document'], message: `asks for too many ${MEASURES[kind]}` }], {
    hint: 'Ask for smaller pages, or in several requests.',
  });

interface PageSize {
  readonly first?: number | null | undefined;
  readonly last?: number | null | undefined;
}

/** One request to a vendor. */
const REQUEST = 20;
/** One list of the gateway's own records: a few statements on tables that only grow, one of them to count. */
const RECORDS = 15_000;

/** What the reading of a page itself costs, for the items that it may hold. */
const READING: Readonly<Record<string, (size: number) => number>> = {
  /** Asks every provider. */
  TenantConnection: () => 3000,
  IdentityConnection: () => REQUEST,
  /** Some vendors have to be asked for the client id of each. */
  ClientConnection: (size) => (1 + size) * REQUEST,
  ClientSecretConnection: () => REQUEST,
  RotationConnection: () => RECORDS,
  AuditEventConnection: () => RECORDS,
  AccessTokenConnection: () => RECORDS,
};

/** What is below a connection counts once for each item that its page may hold, besides the reading of the page. */
export function pageCost(args: PageSize, _context: unknown, field: { readonly type: GraphQLOutputType }) {
  const size = sizeOf(args);
  return { field: READING[getNamedType(field.type).name]?.(size) ?? 1, multiplier: size };
}

/** One list out of the inventory: a few statements by its indexes, whatever vendors there are. */
const SEEN = 3000;

/** The same for a page that comes out of the inventory. */
export function seenPageCost(args: PageSize) {
  return { field: SEEN, multiplier: sizeOf(args) };
}

/** A size that is refused later must not lower what the rest costs. */
function sizeOf({ first, last }: PageSize): number {
  return Math.max(1, Math.min(first ?? last ?? DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE));
}

/** A list within a connection, whose length the connection has counted already. */
export const COUNTED = { field: 1, multiplier: 1 } as const;
