import { beyondBoundary, broken, notAllowed, notFound, permissionDenied } from './refusal.ts';
import type { Caller } from './access-token.ts';
import type { MachineIdentity, State } from './state.ts';

const RANKS: Readonly<Record<string, number>> = { admin: 2, member: 1 };
const rankOf = (role: string): number => RANKS[role] ?? 0;
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

export function isUuid(id: string): boolean {
  return UUID.test(id);
}

/** Members and admins may do everything to an identity, but for the boundary (vendor facts, section 9). */
export function mayOrRefuse({ role }: Caller, action: 'read' | 'create' | 'edit' | 'delete'): void {
  if (rankOf(role) === 0) throw permissionDenied(action);
}

/** Nobody handles what is more privileged than himself. */
export function withinOrRefuse(state: State, caller: Caller, role: string): void {
  if (rankOf(role) > rankOf(caller.role)) throw beyondBoundary(state.generation);
}

export function roleOrRefuse(state: State, caller: Caller, role: string): void {
  const known = ['admin', 'member', 'no-access', ...state.customRoles];
  if (!known.includes(role)) throw notFound(`Role not found with slug ${role}`);
  withinOrRefuse(state, caller, role);
}

export function organizationOrRefuse(state: State, id: string): void {
  if (!isUuid(id)) throw broken('GetOrgIdentityPermission');
  if (id !== state.organization.id) throw notAllowed('Identity is not apart of this organization');
}

/** An id that is no UUID reaches the database: a 500 that names the step (vendor facts, section 1). */
export function identityOrRefuse(state: State, id: string, step: string, missing: string): MachineIdentity {
  if (!isUuid(id)) throw broken(step);
  const identity = state.identities.get(id);
  if (identity === undefined) throw notFound(missing);
  return identity;
}
