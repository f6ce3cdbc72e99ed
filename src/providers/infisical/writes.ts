import type { ClientId, TenantId } from '../../domain/ids.ts';
import { parseAttributes } from '../../provider-kit/input-fields.ts';
import { orNull } from '../../provider-kit/or-null.ts';
import { invalidInput, ProviderError } from '../../provider-kit/provider-error.ts';
import type { Call, Writes } from '../../provider-kit/provider.ts';
import type { Membership, UniversalAuth } from './api.ts';
import {
  identityAttributes,
  invalidAttribute,
  NEWER,
  parseClient,
  parseNewSecret,
  parseText,
  refuseLongTokens,
} from './input.ts';
import { findSecret, holds, type Organization } from './organization.ts';
import { clientOf, hasUniversalAuth, identityOf, newIdentityOf, secretOf } from './translate.ts';

type IdentityWrites = Pick<Writes, 'createIdentity' | 'updateIdentity' | 'deleteIdentity'>;
type ClientWrites = Pick<Writes, 'createClient' | 'updateClient' | 'deleteClient'>;
type SecretWrites = Pick<Writes, 'createSecret' | 'revokeSecret'>;

/**
 * Each reads before it writes, so that what is refused has changed nothing. Requests to the vendor: createIdentity 1,
 * updateClient and revokeSecret 3, all others 2.
 */
export function createWrites(organization: Organization): IdentityWrites & ClientWrites & SecretWrites {
  return { ...identityWrites(organization), ...clientWrites(organization), ...secretWrites(organization) };
}

function identityWrites(organization: Organization): IdentityWrites {
  const { api, id: tenant } = organization;
  return {
    async createIdentity(of, { name, kind, attributes }, call) {
      if (!holds(organization, of)) throw notFound();
      if (kind !== 'MACHINE') throw invalidInput('kind', 'Infisical has machine identities only');
      const asked = parseAttributes(identityAttributes, attributes);
      const json = { ...asked, name: parseText('name', name), organizationId: tenant.tenant };
      const created = (await orNull(api.createIdentity(json, call))) ?? missing(asked.role);
      refuseDropped(asked, created, 'maybe');
      return newIdentityOf(tenant, asked.role ?? 'no-access', created);
    },

    async updateIdentity(id, { name, attributes }, call) {
      const asked = parseAttributes(identityAttributes, attributes);
      const json = { ...asked, ...(name !== undefined && { name: parseText('name', name) }) };
      const membership = await getMembership(organization, id, id.identity, call);
      refuseDropped(asked, membership.identity, 'no');
      const { role, metadata = membership.metadata } = asked;
      const changed = (await orNull(api.updateIdentity(id.identity, json, call))) ?? missing(role);
      const { hasDeleteProtection } = changed;
      const identity = { ...membership.identity, name: changed.name, hasDeleteProtection };
      const ranked = role === undefined ? membership : { ...membership, role, customRole: null };
      return identityOf(tenant, { ...ranked, metadata, identity });
    },

    async deleteIdentity(id, call) {
      if (!holds(organization, id, id.identity)) throw notFound();
      const auth = await orNull(api.getUniversalAuth(id.identity, call));
      if (auth !== null) refuseOwn(organization, auth);
      await api.deleteIdentity(id.identity, call);
    },
  };
}

function clientWrites(organization: Organization): ClientWrites {
  const { api, id: tenant } = organization;
  return {
    async createClient(of, input, call) {
      if (!holds(organization, of)) throw notFound();
      const asked = parseClient(input);
      const { identity } = input;
      if (identity === null)
        throw invalidInput('identity', 'Infisical hangs a client on an identity; give its id');
      const membership = await getMembership(organization, identity, identity.identity, call);
      refuseOtherName(membership, input.name);
      if (hasUniversalAuth(membership))
        throw new ProviderError('conflict', 'This identity has a client already.');
      const auth = await api.attachUniversalAuth(identity.identity, asked, call);
      refuseDropped(asked, auth, 'maybe');
      return { client: clientOf(tenant, membership, auth), issued: null };
    },

    async updateClient(id, changes, call) {
      const asked = parseClient(changes);
      const membership = await getMembership(organization, id, id.client, call);
      const auth = await api.getUniversalAuth(id.client, call);
      refuseOtherName(membership, changes.name);
      refuseDropped(asked, auth, 'no');
      // Sent together, because some builds compare one of them with what they should not (vendor facts, section 5).
      const { accessTokenTTL, accessTokenMaxTTL } = auth;
      const json = { accessTokenTTL, accessTokenMaxTTL, ...asked };
      refuseLongTokens(json);
      return clientOf(tenant, membership, await api.updateUniversalAuth(id.client, json, call));
    },

    async deleteClient(id, call) {
      refuseOwn(organization, await getAuth(organization, id, call));
      await api.detachUniversalAuth(id.client, call);
    },
  };
}

function secretWrites(organization: Organization): SecretWrites {
  const { api, clock, own } = organization;
  return {
    async createSecret(of, input, call) {
      const json = parseNewSecret(input, clock.now());
      const { clientId } = await getAuth(organization, of, call);
      const { clientSecret: value, clientSecretData } = await api.createClientSecret(of.client, json, call);
      return { secret: secretOf(of, clientSecretData, clock.now()), clientId, value };
    },

    async revokeSecret(id, call) {
      const auth = await getAuth(organization, id, call, id.secret);
      const data = (await findSecret(organization, id, auth, call)) ?? missing();
      // Its claims in the token are opaque to a client, but what the vendor shows of it is enough to know it.
      if (auth.clientId === own.clientId && data.clientSecretPrefix === own.secretPrefix)
        throw ownCredential();
      const revoked = data.isClientSecretRevoked
        ? data
        : await api.revokeClientSecret(id.client, id.secret, call);
      return secretOf(id, revoked, clock.now());
    },
  };
}

async function getMembership(
  organization: Organization,
  of: TenantId,
  id: string,
  call: Call,
): Promise<Membership> {
  if (!holds(organization, of, id)) throw notFound();
  return organization.api.getIdentity(id, call);
}

async function getAuth(
  organization: Organization,
  id: ClientId,
  call: Call,
  ...more: string[]
): Promise<UniversalAuth> {
  if (!holds(organization, id, id.client, ...more)) throw notFound();
  return organization.api.getUniversalAuth(id.client, call);
}

/** Without its universal auth the gateway could not undo it. */
function refuseOwn({ own }: Organization, { clientId }: UniversalAuth): void {
  if (clientId === own.clientId) throw ownCredential();
}

function refuseOtherName({ identity }: Membership, name: string | undefined): void {
  if (name === undefined || name === identity.name) return;
  throw invalidInput(
    'name',
    'a client of Infisical is named after its identity; give that name, or rename the identity',
  );
}

/** Older builds drop what they do not know without a word (vendor facts, sections 1, 4 and 5). */
function refuseDropped(
  asked: object,
  kept: Readonly<Record<string, unknown>>,
  applied: 'no' | 'maybe',
): void {
  const dropped = Object.keys(asked).filter((key) => NEWER.has(key) && kept[key] === undefined);
  if (dropped.length === 0) return;
  const done = applied === 'no' ? 'nothing was changed' : 'it was made without';
  throw new ProviderError('unsupported', `This version of Infisical has no ${dropped.join(', ')}; ${done}.`, {
    applied,
  });
}

function notFound(): ProviderError {
  return new ProviderError('not_found', 'Infisical has nothing with this id.');
}

/** The organisation is the token's own, and an identity is read before it is changed: so it is the role. */
function missing(role?: string): never {
  if (role === undefined) throw notFound();
  throw invalidAttribute('role', 'is no role of the organisation');
}

function ownCredential(): ProviderError {
  return new ProviderError('conflict', 'The gateway itself logs in with this.', {
    hint: 'Give the gateway another identity or client secret in its configuration first.',
  });
}
