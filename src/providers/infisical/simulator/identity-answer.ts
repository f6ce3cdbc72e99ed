import { createHash } from 'node:crypto';
import type { MachineIdentity, State } from './state.ts';

const BUILT_IN = new Set(['admin', 'member', 'no-access']);

/** What create, update and delete answer with: the identity itself (vendor facts, section 4). */
export function plain(state: State, identity: MachineIdentity, by: 'create' | 'update' | 'delete'): object {
  const { id, name, createdAt, updatedAt, metadata, hasDeleteProtection } = identity;
  const common = { id, name, createdAt, updatedAt };
  if (state.generation === '2024-10') return { ...common, authMethod: methodsOf(identity)[0] ?? null };
  return {
    ...common,
    orgId: state.organization.id,
    projectId: null,
    hasDeleteProtection,
    ...(by === 'create' && { authMethods: methodsOf(identity) }),
    ...(by !== 'delete' && { metadata }),
  };
}

/** What get, list and search answer with: the membership around it, whose id and dates are its own. */
export function wrapper(state: State, identity: MachineIdentity): object {
  const { id, role, createdAt, membership } = identity;
  return {
    id: membership.id,
    ...roleAnswer(role),
    orgId: state.organization.id,
    createdAt,
    updatedAt: membership.updatedAt,
    identityId: id,
    ...(state.generation === 'current' && lastLogin(identity)),
    identity: inner(state, identity),
  };
}

function inner({ generation, organization }: State, identity: MachineIdentity): object {
  const { id, name, hasDeleteProtection, universalAuth } = identity;
  if (generation === '2024-10') return { name, id, authMethod: methodsOf(identity)[0] ?? null };
  const lockedOut = universalAuth?.failures?.locked === true;
  return {
    id,
    name,
    orgId: organization.id,
    hasDeleteProtection,
    authMethods: methodsOf(identity),
    activeLockoutAuthMethods: lockedOut ? methodsOf(identity) : [],
  };
}

function lastLogin({ metadata, lastLoginAt }: MachineIdentity): object {
  if (lastLoginAt === null) return { metadata };
  return { metadata, lastLoginAuthMethod: 'universal-auth', lastLoginTime: lastLoginAt };
}

/** An own role stands in `customRole`, and `role` only says that it does. */
function roleAnswer(role: string): object {
  if (BUILT_IN.has(role)) return { role, roleId: null };
  const id = idOf(role);
  return {
    role: 'custom',
    roleId: id,
    customRole: { id, name: role, slug: role, permissions: [], description: null },
  };
}

function idOf(role: string): string {
  const hex = createHash('sha256').update(role).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function methodsOf({ universalAuth }: MachineIdentity): readonly string[] {
  return universalAuth === null ? [] : ['universal-auth'];
}
