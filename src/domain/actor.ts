export const ROLES = ['READER', 'OPERATOR', 'REVEALER', 'AUDITOR', 'ADMIN'] as const;
export type Role = (typeof ROLES)[number];

/** A role over everything (both null), one provider (`tenant` null) or one tenant of a provider. */
export interface RoleGrant {
  readonly role: Role;
  readonly provider: string | null;
  readonly tenant: string | null;
}

/** What is being touched. Null provider: the gateway itself; null tenant: the whole provider. */
export interface Scope {
  readonly provider: string | null;
  readonly tenant: string | null;
}

/** Who asks. */
export interface Actor {
  /** Stable and unique: `token:<id>`, `worker`, `operator`. Idempotency keys are kept under it. */
  readonly id: string;
  readonly name: string;
  readonly grants: readonly RoleGrant[];
}

/** Which roles a role brings along. An auditor reads the audit trail, not the vendors. */
const IMPLIED: Readonly<Record<Role, readonly Role[]>> = {
  READER: ['READER'],
  OPERATOR: ['OPERATOR', 'READER'],
  REVEALER: ['REVEALER', 'READER'],
  AUDITOR: ['AUDITOR'],
  ADMIN: ROLES,
};

/** Does some grant give `role` over all of `scope`? */
export function permits(actor: Actor, role: Role, scope: Scope): boolean {
  return actor.grants.some((grant) => IMPLIED[grant.role].includes(role) && covers(grant, scope));
}

/** The parts of the world over which the actor has `role`. */
export type Reach =
  | { readonly everything: true }
  | { readonly everything: false; readonly scopes: readonly (Scope & { readonly provider: string })[] };

export function reach(actor: Actor, role: Role): Reach {
  const grants = actor.grants.filter((grant) => IMPLIED[grant.role].includes(role));
  if (grants.some((grant) => grant.provider === null)) return { everything: true };
  return {
    everything: false,
    scopes: grants.flatMap(({ provider, tenant }) => (provider === null ? [] : [{ provider, tenant }])),
  };
}

/** The tenants of one provider that the actor has `role` over: all, or the listed ones (possibly none). */
export function tenantsWithin(actor: Actor, role: Role, provider: string): 'all' | readonly string[] {
  if (permits(actor, role, { provider, tenant: null })) return 'all';
  const within = reach(actor, role);
  if (within.everything) return 'all';
  const tenants = within.scopes.flatMap((s) =>
    s.provider === provider && s.tenant !== null ? [s.tenant] : [],
  );
  return [...new Set(tenants)];
}

function covers(grant: RoleGrant, scope: Scope): boolean {
  if (grant.provider === null) return true;
  if (grant.provider !== scope.provider) return false;
  return grant.tenant === null || grant.tenant === scope.tenant;
}
