import { z } from 'zod';
import { notAllowed } from './refusal.ts';
import { byName } from './identity-routes.ts';
import { mayOrRefuse, organizationOrRefuse } from './permission.ts';
import { read } from './validation.ts';
import { route, type Asked, type Route } from './route.ts';
import type { MachineIdentity, State } from './state.ts';
import { wrapper } from './identity-answer.ts';

const words = z.string().regex(/^[\w\-/ ]{0,255}$/);
const pattern = z.union([
  words.transform((text) => (value: string) => value === text),
  z
    .object({ $eq: words, $contains: words, $in: z.array(words) })
    .partial()
    .transform(
      ({ $eq, $contains, $in }) =>
        (value: string) =>
          ($eq === undefined || value === $eq) &&
          ($contains === undefined || value.includes($contains)) &&
          ($in === undefined || $in.includes(value)),
    ),
]);

const order = {
  orderBy: z.enum(['name', 'role']).default('name'),
  orderDirection: z.enum(['asc', 'desc']).default('asc'),
};
const search = z.object({
  ...order,
  limit: z.number().min(1).max(100).default(50),
  offset: z.number().min(0).default(0),
  search: z.object({ name: pattern, role: pattern }).partial().default({}),
});
const memberships = z.object({
  ...order,
  limit: z.coerce.number().min(1).max(20_000).default(100),
  offset: z.coerce.number().min(0).default(0),
  search: z.string().default(''),
});

/** The organisation, and its identities page by page. They stand before `/api/v1/identities/:identityId`. */
export const organizationRoutes: readonly Route[] = [
  // A machine is turned away before the limiter counts.
  route('GET /api/v1/organization', usersOnly, { counts: null }),
  route('GET /api/v1/organization/:organizationId', usersOnly, { counts: null }),
  route('GET /api/v1/identities/details', details, { only: 'current' }),
  route('POST /api/v1/identities/search', searchIdentities, { counts: 'read', only: 'current' }),
  route('GET /api/v2/organizations/:organizationId/identity-memberships', listMemberships),
];

function usersOnly({ organization }: State, { url, caller }: Asked): object {
  if (caller.kind === 'machine') throw notAllowed(`Forbidden access to ${url}`);
  return { organizations: [organization] };
}

function details({ organization }: State): object {
  return { identityDetails: { organization } };
}

function searchIdentities(state: State, { body, caller }: Asked): object {
  const asked = read(state, search, body);
  mayOrRefuse(caller, 'read');
  const { name = () => true, role = () => true } = asked.search;
  const found = ordered(state, asked).filter((identity) => name(identity.name) && role(identity.role));
  return { identities: pageOf(state, found, asked), totalCount: found.length };
}

function listMemberships(state: State, { params, query, caller }: Asked): object {
  organizationOrRefuse(state, params['organizationId'] ?? '');
  const asked = read(state, memberships, query);
  mayOrRefuse(caller, 'read');
  const found = ordered(state, asked).filter(({ name }) => name.includes(asked.search));
  return { identityMemberships: pageOf(state, found, asked), totalCount: found.length };
}

function ordered(
  state: State,
  { orderBy, orderDirection }: Pick<z.output<typeof search>, keyof typeof order>,
): MachineIdentity[] {
  const sorted = byName(state);
  if (orderBy === 'role') sorted.sort((a, b) => a.role.localeCompare(b.role));
  return orderDirection === 'asc' ? sorted : sorted.reverse();
}

function pageOf(
  state: State,
  found: MachineIdentity[],
  { offset, limit }: { offset: number; limit: number },
) {
  return found.slice(offset, offset + limit).map((identity) => wrapper(state, identity));
}
