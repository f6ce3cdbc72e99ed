import { refuseDropped } from '../../provider-kit/dropped-fields.ts';
import { parseAttributes } from '../../provider-kit/input-fields.ts';
import { invalidAttribute } from '../../provider-kit/invalid-attribute.ts';
import { orNull } from '../../provider-kit/or-null.ts';
import { keepOwnCredential } from '../../provider-kit/own-credential.ts';
import { invalidInput, ProviderError } from '../../provider-kit/provider-error.ts';
import type { Writes } from '../../provider-kit/provider.ts';
import type { Membership } from './api.ts';
import { identityAttributes, parseClient, parseNewSecret, parseText } from './input.ts';
import { findSecret, type Organization } from './reads.ts';
import { clientOf, hasUniversalAuth, identityOf, secretOf } from './translate.ts';

/**
 * Each reads before it writes, so that what is refused has changed nothing. Requests to the vendor: createIdentity 1,
 * updateClient and revokeSecret 3, all others 2.
 */
export function createWrites(organization: Organization) {
  return { ...identityWrites(organization), ...clientWrites(organization), ...secretWrites(organization) };
}

function identityWrites({ api, id: tenant, own }: Organization) {
  return {
    async createIdentity(_, { name, kind, attributes }, call) {
      if (kind !== 'MACHINE') throw invalidInput('kind', 'Infisical has machine identities only');
      const asked = parseAttributes(identityAttributes, attributes);
      const json = { ...asked, name: parseText('name', name), organizationId: tenant.tenant };
      const { attributes: told, ...made } = await namingRole(api.createIdentity(json, call), asked.role);
      const kept = { role: 'no-access', authMethods: [], ...told };
      refuseDropped('Infisical', asked, kept, 'maybe');
      return identityOf(tenant, { ...made, attributes: { ...kept, ...asked } });
    },

    async updateIdentity({ identity }, { name, attributes }, call) {
      const asked = parseAttributes(identityAttributes, attributes);
      const json = { ...asked, ...(name !== undefined && { name: parseText('name', name) }) };
      const before = await api.getIdentity(identity, call);
      refuseDropped('Infisical', asked, before.attributes, 'no');
      const after = await namingRole(api.updateIdentity(identity, json, call), asked.role);
      const shown = { ...before.attributes, ...asked };
      return identityOf(tenant, { ...before, name: after.name, attributes: shown });
    },

    async deleteIdentity({ identity }, call) {
      const auth = await orNull(api.getUniversalAuth(identity, call));
      keepOwnCredential(auth?.clientId === own.clientId);
      await api.deleteIdentity(identity, call);
    },
  } satisfies Partial<Writes>;
}

function clientWrites({ api, id: tenant, own }: Organization) {
  return {
    async createClient(_, input, call) {
      const asked = parseClient(input);
      const { identity } = input;
      if (identity === null)
        throw invalidInput('identity', 'Infisical hangs a client on an identity; give its id');
      const membership = await api.getIdentity(identity.identity, call);
      refuseOtherName(membership, input.name);
      if (hasUniversalAuth(membership))
        throw new ProviderError('conflict', 'This identity has a client already.');
      const auth = await api.attachUniversalAuth(identity.identity, asked, call);
      refuseDropped('Infisical', asked, auth, 'maybe');
      return { client: clientOf(tenant, membership, auth), issued: null };
    },

    async updateClient({ client }, changes, call) {
      const asked = parseClient(changes);
      const membership = await api.getIdentity(client, call);
      const auth = await api.getUniversalAuth(client, call);
      refuseOtherName(membership, changes.name);
      refuseDropped('Infisical', asked, auth, 'no');
      // Sent together, because some builds compare one of them with what they should not (vendor facts, section 5).
      const { accessTokenTTL = auth.accessTokenTTL, accessTokenMaxTTL = auth.accessTokenMaxTTL } = asked;
      if (accessTokenMaxTTL > 0 && accessTokenTTL > accessTokenMaxTTL)
        throw invalidAttribute('accessTokenTTL', 'must not exceed accessTokenMaxTTL');
      const json = { ...asked, accessTokenTTL, accessTokenMaxTTL };
      return clientOf(tenant, membership, await api.updateUniversalAuth(client, json, call));
    },

    async deleteClient({ client }, call) {
      const { clientId } = await api.getUniversalAuth(client, call);
      keepOwnCredential(clientId === own.clientId);
      await api.detachUniversalAuth(client, call);
    },
  } satisfies Partial<Writes>;
}

function secretWrites(organization: Organization) {
  const { api, clock, own } = organization;
  return {
    async createSecret(of, input, call) {
      const json = parseNewSecret(input, clock.now());
      const { clientId } = await api.getUniversalAuth(of.client, call);
      const { clientSecret: value, clientSecretData } = await api.createClientSecret(of.client, json, call);
      return { secret: secretOf(of, clientSecretData, clock.now()), clientId, value };
    },

    async revokeSecret(id, call) {
      const auth = await api.getUniversalAuth(id.client, call);
      const data = await findSecret(organization, id, auth, call);
      // Its claims in the token are opaque to a client, but what the vendor shows of it is enough to know it.
      keepOwnCredential(auth.clientId === own.clientId && data.clientSecretPrefix === own.secretPrefix);
      const revoked = data.isClientSecretRevoked
        ? data
        : await api.revokeClientSecret(id.client, id.secret, call);
      return secretOf(id, revoked, clock.now());
    },
  } satisfies Partial<Writes>;
}

/** The organisation is the token's own, and an identity is read before it is changed: what is not there is the role. */
async function namingRole<T>(answer: Promise<T>, role: string | undefined): Promise<T> {
  const done = role === undefined ? await answer : await orNull(answer);
  if (done !== null) return done;
  throw invalidAttribute('role', 'is no role of the organisation');
}

function refuseOtherName(identity: Membership, name: string | undefined): void {
  if (name === undefined || name === identity.name) return;
  throw invalidInput('name', 'a client of Infisical has that of its identity; rename the identity');
}
