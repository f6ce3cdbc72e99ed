import { badRequest, broken, notFound, type Refusal } from './refusal.ts';
import { attach, DEFAULTS, detach, type MachineIdentity, type State, type UniversalAuth } from './state.ts';
import { identityOrRefuse, mayOrRefuse, withinOrRefuse } from './permission.ts';
import { readSettings, settingsAnswer } from './universal-auth-settings.ts';
import { route, type Asked, type Route } from './route.ts';

const PATH = '/api/v1/auth/universal-auth/identities/:identityId';
const NO_UNIVERSAL_AUTH = 'The identity does not have universal auth';

/** vendor facts, section 5 */
export const universalAuthRoutes: readonly Route[] = [
  route(`POST ${PATH}`, create),
  route(`GET ${PATH}`, get),
  route(`PATCH ${PATH}`, update),
  route(`DELETE ${PATH}`, remove),
  route(`POST ${PATH}/clear-lockouts`, clearLockouts, { only: 'current' }),
];

function create(state: State, { params, body, caller }: Asked): object {
  const settings = readSettings(state, state.generation === 'current' ? 0 : 1, body);
  const identity = identityOf(state, params);
  if (identity.universalAuth !== null)
    throw badRequest('Failed to add universal auth to already configured identity');
  const { accessTokenTTL, accessTokenMaxTTL } = { ...DEFAULTS, ...settings };
  refuseLongerThan(accessTokenMaxTTL, accessTokenTTL);
  mayOrRefuse(caller, 'create');
  return answer(state, identity, attach(state, identity, settings));
}

function get(state: State, { params, caller }: Asked): object {
  const identity = identityOf(state, params);
  const auth = attachedOr(identity, missing(state, identity));
  mayOrRefuse(caller, 'read');
  return answer(state, identity, auth);
}

function update(state: State, { params, body, caller }: Asked): object {
  const settings = readSettings(state, 0, body);
  const identity = identityOf(state, params);
  const auth = attachedOr(identity, missing(state, identity));
  // The stored maximum stands in for a time to live that is not sent: as in the vendor's source (section 5).
  const max = settings.accessTokenMaxTTL || auth.settings.accessTokenMaxTTL;
  refuseLongerThan(max, settings.accessTokenTTL || auth.settings.accessTokenMaxTTL);
  mayOrRefuse(caller, 'edit');
  if (Object.keys(settings).length === 0) throw broken('Update by id');
  auth.settings = { ...auth.settings, ...settings };
  auth.updatedAt = state.clock.now();
  return answer(state, identity, auth);
}

function remove(state: State, { params, caller }: Asked): object {
  const identity = identityOf(state, params);
  const auth = attachedOr(identity);
  mayOrRefuse(caller, 'edit');
  withinOrRefuse(state, caller, identity.role);
  detach(state, identity);
  return answer(state, identity, auth);
}

function clearLockouts(state: State, { params, caller }: Asked): object {
  const auth = attachedOr(identityOf(state, params));
  mayOrRefuse(caller, 'edit');
  const deleted = auth.failures === null ? 0 : 1;
  auth.failures = null;
  return { deleted };
}

export function identityOf(state: State, { identityId = '' }: Asked['params']): MachineIdentity {
  const told = state.generation === 'current' ? ` with ID ${identityId}` : '';
  return identityOrRefuse(state, identityId, 'FindOne', `Failed to find identity${told}`);
}

export function attachedOr(
  { universalAuth }: MachineIdentity,
  refusal: Refusal = badRequest(NO_UNIVERSAL_AUTH),
): UniversalAuth {
  if (universalAuth === null) throw refusal;
  return universalAuth;
}

function missing({ generation }: State, { id }: MachineIdentity): Refusal {
  return generation === 'current'
    ? notFound(`Failed to find universal auth for identity with ID ${id}`)
    : badRequest(NO_UNIVERSAL_AUTH);
}

function refuseLongerThan(max: number, ttl: number): void {
  if (max > 0 && ttl > max) throw badRequest('Access token TTL cannot be greater than max TTL');
}

function answer(state: State, identity: MachineIdentity, auth: UniversalAuth): object {
  const { id, clientId, settings, createdAt, updatedAt } = auth;
  return {
    identityUniversalAuth: {
      id,
      clientId,
      ...settingsAnswer(state, settings),
      createdAt,
      updatedAt,
      identityId: identity.id,
    },
  };
}
