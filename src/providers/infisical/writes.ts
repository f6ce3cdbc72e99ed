import { refuseDropped } from '../../provider-kit/dropped-fields.ts';
import { parseAttributes, textOf } from '../../provider-kit/input-fields.ts';
import { invalidAttribute } from '../../provider-kit/invalid-attribute.ts';
import { only } from '../../provider-kit/only.ts';
import { orNull } from '../../provider-kit/or-null.ts';
import { keepOwnCredential } from '../../provider-kit/own-credential.ts';
import { invalidInput, ProviderError } from '../../provider-kit/provider-error.ts';
import type { Call, Reads, Writes } from '../../provider-kit/provider.ts';
import { identityAttributes, NAME, parseClient, parseNewSecret } from './input.ts';
import type { Organization } from './reads.ts';
import { clientOf, hasUniversalAuth, identityOf, secretOf } from './translate.ts';

const OTHER_NAME = 'a client of Infisical has that of its identity; rename the identity';

/**
 * Each reads before it writes, so that what is refused has changed nothing. Requests to the vendor: createIdentity 1,
 * updateClient and revokeSecret 3, all others 2.
 */
export function createWrites({ api, clock, id: tenant, own }: Organization, reads: Reads) {
  /** Without its universal auth the gateway could not undo it. */
  const refuseOwn = async (identity: string, call: Call) => {
    const auth = await api(call).getUniversalAuth(identity);
    keepOwnCredential(auth.clientId === own.clientId);
  };
  return {
    async createIdentity(_, { name, kind, attributes }, call) {
      if (kind !== 'MACHINE') throw invalidInput('kind', 'Infisical has machine identities only');
      const asked = parseAttributes(identityAttributes, attributes);
      const json = { ...asked, name: textOf('name', name, NAME), organizationId: tenant.tenant };
      const { attributes: told, ...made } = await namingRole(api(call).createIdentity(json), asked.role);
      const kept = { role: 'no-access', authMethods: [], ...told };
      refuseDropped('Infisical', asked, kept, 'maybe');
      return identityOf(tenant, { ...made, attributes: Object.assign({}, kept, asked) }, clock.now());
    },

    async updateIdentity({ identity }, { name, attributes }, call) {
      const asked = parseAttributes(identityAttributes, attributes);
      const json = { ...asked, ...(name !== undefined && { name: textOf('name', name, NAME) }) };
      const before = await api(call).getIdentity(identity);
      refuseDropped('Infisical', asked, before.attributes, 'no');
      const after = await namingRole(api(call).updateIdentity(identity, json), asked.role);
      const shown = Object.assign({}, before.attributes, asked);
      return identityOf(tenant, { ...before, name: after.name, attributes: shown }, clock.now());
    },

    async deleteIdentity({ identity }, call) {
      await orNull(refuseOwn(identity, call));
      await api(call).deleteIdentity(identity);
    },

    async createClient(_, { identity, name, ...input }, call) {
      const asked = parseClient(input);
      if (identity === null) throw invalidInput('identity', 'a client of Infisical has one; give its id');
      const membership = await api(call).getIdentity(identity.identity);
      if (name !== membership.name) throw invalidInput('name', OTHER_NAME);
      if (hasUniversalAuth(membership)) throw new ProviderError('conflict', 'The identity has a client.');
      const auth = await api(call).attachUniversalAuth(identity.identity, asked);
      refuseDropped('Infisical', asked, auth, 'maybe');
      return { client: clientOf(tenant, membership, auth, clock.now()), issued: null };
    },

    async updateClient({ client }, { name, ...changes }, call) {
      const asked = parseClient(changes);
      const membership = await api(call).getIdentity(client);
      const auth = await api(call).getUniversalAuth(client);
      if (name !== undefined && name !== membership.name) throw invalidInput('name', OTHER_NAME);
      refuseDropped('Infisical', asked, auth, 'no');
      // Sent together, because some builds compare one of them with what they should not (vendor facts, section 5).
      const { accessTokenTTL = auth.accessTokenTTL, accessTokenMaxTTL = auth.accessTokenMaxTTL } = asked;
      if (accessTokenMaxTTL > 0 && accessTokenTTL > accessTokenMaxTTL)
        throw invalidAttribute('accessTokenTTL', 'must not exceed accessTokenMaxTTL');
      const json = { ...asked, accessTokenTTL, accessTokenMaxTTL };
      return clientOf(tenant, membership, await api(call).updateUniversalAuth(client, json), clock.now());
    },

    async deleteClient({ client }, call) {
      await refuseOwn(client, call);
      await api(call).detachUniversalAuth(client);
    },

    async createSecret(of, input, call) {
      const json = parseNewSecret(input, clock.now());
      const { clientId } = await api(call).getUniversalAuth(of.client);
      const { clientSecret: value, clientSecretData } = await api(call).createClientSecret(of.client, json);
      return { secret: secretOf(of, clientSecretData, clock.now()), clientId, value };
    },

    async revokeSecret(id, call) {
      const secret = await only(reads.getSecrets([id], call));
      // Its claims in the token are opaque to a client, but what the vendor shows of it is enough to know it.
      if (own.clientSecret.reveal().startsWith(secret.hint ?? '')) await refuseOwn(id.client, call);
      if (secret.status === 'REVOKED') return secret;
      return secretOf(id, await api(call).revokeClientSecret(id.client, id.secret), clock.now());
    },
  } satisfies Partial<Writes>;
}

/** The organisation is the token's own, and an identity is read before it is changed: what is not there is the role. */
async function namingRole<T>(answer: Promise<T>, role: string | undefined): Promise<T> {
  const done = role === undefined ? await answer : await orNull(answer);
  if (done !== null) return done;
  throw invalidAttribute('role', 'is no role of the organisation');
}
