import type { ClientId, ClientSecretId } from '../../domain/ids.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { SecretValue } from '../../domain/secret-value.ts';
import { refuseDropped } from '../../provider-kit/dropped-fields.ts';
import { only } from '../../provider-kit/only.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import type { Call, Reads, Writes } from '../../provider-kit/provider.ts';
import type { SsoClient } from './api.ts';
import { secretIdOf } from './ids.ts';
import { MASK, parseChanges, parseNewClient, parseReplacement } from './input.ts';
import type { Installation } from './reads.ts';
import { clientOf, slotOf } from './translate.ts';

/**
 * Each finds its client among the OAuth2 clients first: ZStack deletes whatever has the uuid. Requests to the vendor,
 * beside the polls of a job: updateClient 3, all others 2.
 */
export function createWrites(installation: Installation, reads: Reads) {
  const { api, product, id: tenant, clock } = installation;
  const find = (id: ClientId, call: Call) => only(reads.getClients([id], call));
  /** As it is listed, since the answer to a write may hold less of it, or more; that has to do where no list comes. */
  const readBack = async (written: SsoClient, { redirectUrl }: JsonObject, call: Call) => {
    const told = clientOf(tenant, written, clock.now());
    const client = await find(told.id, call).catch(() => told);
    // Every version that has one lists it (vendor facts, section 3).
    const asked = redirectUrl === undefined ? {} : { redirectUrl };
    refuseDropped('ZStack', asked, { redirectUrl: client.redirectUris[0] }, 'maybe');
    return client;
  };
  /** The slot with a value in it, and whose it is. */
  const filled = async (id: ClientSecretId, call: Call) => {
    if (id.secret !== secretIdOf(id.client))
      throw new ProviderError('not_found', 'There is nothing with this id.');
    const { clientId } = await find(id, call);
    return { secret: slotOf(id, product, true, clock.now()), clientId };
  };
  const revealSecret: Writes['revealSecret'] = async (id, call) => {
    const slot = await filled(id, call);
    return { ...slot, value: shown(await api.getClientSecret(id.client, call)) };
  };

  return {
    async createClient(_, input, call) {
      const params = parseNewClient(product, input);
      const made = await api.createClient(params, call);
      return { client: await readBack(made, params, call), issued: null };
    },
    async updateClient(id, changes, call) {
      const params = parseChanges(product, changes);
      const before = await find(id, call);
      if (Object.keys(params).length === 0) return before;
      return readBack(await api.updateClient(id.client, params, call), params, call);
    },
    async deleteClient(id, call) {
      await find(id, call);
      await api.deleteClient(id.client, call);
    },
    async replaceSecret(id, input, call) {
      const value = parseReplacement(input);
      const slot = await filled(id, call);
      await api.updateClient(id.client, { clientSecret: value.reveal() }, call);
      return { ...slot, value };
    },
    ...(product === 'zsphere' && { revealSecret }),
  } satisfies Partial<Writes>;
}

function shown(value: SecretValue | null): SecretValue {
  if (value === null) {
    const hint = 'Give it the one that its identity provider issued, with rotateClientSecret.';
    throw new ProviderError('conflict', 'This client has no secret.', { hint });
  }
  if (value.reveal() !== MASK) return value;
  const hint = 'Its property Rest.maskSensitiveInfo does so; else the identity provider has the secret.';
  throw new ProviderError('unsupported', 'This installation of ZStack hides secrets from its API.', { hint });
}
