import { z } from 'zod';
import { badRequest, broken } from './refusal.ts';
import { addIdentity, withIds, type MachineIdentity, type State } from './state.ts';
import {
  identityOrRefuse,
  mayOrRefuse,
  organizationOrRefuse,
  roleOrRefuse,
  withinOrRefuse,
} from './permission.ts';
import { plain, wrapper } from './identity-answer.ts';
import { read } from './validation.ts';
import { route, type Asked, type Route } from './route.ts';

const NAME_LENGTH = 255;

const metadata = z.array(z.object({ key: z.string().min(1), value: z.string().min(1) }));
const name = z.string().trim();
const role = z.string().trim().min(1);
const newIdentity = z.object({
  name,
  organizationId: z.string().trim(),
  role: role.default('no-access'),
  metadata: metadata.default([]),
  hasDeleteProtection: z.boolean().default(false),
});
const changes = z.object({ name, role, metadata, hasDeleteProtection: z.boolean() }).partial();
const ofOrganization = z.object({ orgId: z.string() });

/** vendor facts, section 4 */
export const identityRoutes: readonly Route[] = [
  // The recorded build counts this one as a write.
  route('GET /api/v1/identities', listAll, { counts: 'write', only: '2024-10' }),
  route('GET /api/v1/identities', listAll, { only: 'current' }),
  route('POST /api/v1/identities', create),
  route('GET /api/v1/identities/:identityId', get),
  route('PATCH /api/v1/identities/:identityId', update),
  route('DELETE /api/v1/identities/:identityId', remove),
];

/** All of them: there is no paging, and what looks like it in the query is not looked at. */
function listAll(state: State, { query, caller }: Asked): object {
  const { orgId } = read(state, ofOrganization, query);
  organizationOrRefuse(state, orgId);
  mayOrRefuse(caller, 'read');
  const identities = byName(state).map((identity) => wrapper(state, identity));
  return { identities, totalCount: identities.length };
}

function create(state: State, { body, caller }: Asked): object {
  const { organizationId, ...given } = read(state, newIdentity, body);
  organizationOrRefuse(state, organizationId);
  mayOrRefuse(caller, 'create');
  roleOrRefuse(state, caller, given.role);
  fitsOrBreaks(given.name, 'Create');
  return { identity: plain(state, addIdentity(state, given), 'create') };
}

function get(state: State, { params, caller }: Asked): object {
  const identity = find(state, params, 'FindByOrgId');
  mayOrRefuse(caller, 'read');
  return { identity: { ...wrapper(state, identity), metadata: identity.metadata } };
}

/** A role is the membership's, so that a change of it moves the membership's date and not the identity's. */
function update(state: State, { params, body, caller }: Asked): object {
  const { name, role, metadata: entries, hasDeleteProtection } = read(state, changes, body);
  const identity = find(state, params, 'FindOne');
  mayOrRefuse(caller, 'edit');
  if (role !== undefined) roleOrRefuse(state, caller, role);
  if (name !== undefined) fitsOrBreaks(name, 'UpdateById');
  const now = state.clock.now();
  if (name !== undefined || hasDeleteProtection !== undefined) identity.updatedAt = now;
  if (role !== undefined) identity.membership.updatedAt = now;
  identity.name = name ?? identity.name;
  identity.role = role ?? identity.role;
  identity.hasDeleteProtection = hasDeleteProtection ?? identity.hasDeleteProtection;
  if (entries !== undefined) identity.metadata = withIds(entries);
  return { identity: plain(state, identity, 'update') };
}

function remove(state: State, { params, caller }: Asked): object {
  const identity = find(state, params, 'FindOne');
  mayOrRefuse(caller, 'delete');
  withinOrRefuse(state, caller, identity.role);
  if (state.generation === 'current' && identity.hasDeleteProtection) {
    throw badRequest('Identity has delete protection');
  }
  state.identities.delete(identity.id);
  for (const token of state.tokens.values()) {
    if (token.identityId === identity.id) state.tokens.delete(token.id);
  }
  return { identity: plain(state, identity, 'delete') };
}

export function byName({ identities }: State): MachineIdentity[] {
  return [...identities.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function find(state: State, { identityId = '' }: Asked['params'], step: string): MachineIdentity {
  return identityOrRefuse(state, identityId, step, `Failed to find identity with id ${identityId}`);
}

/** Only the column limits a name. */
function fitsOrBreaks(name: string, step: string): void {
  if (Array.from(name).length > NAME_LENGTH || name.includes('\0')) throw broken(step);
}
