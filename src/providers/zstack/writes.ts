import type { ClientSecretId } from '../../domain/ids.ts';
import type { SecretValue } from '../../domain/secret-value.ts';
import { refuseDropped } from '../../provider-kit/dropped-fields.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import type { Call, Writes } from '../../provider-kit/provider.ts';
import { refusalMessage } from '../../provider-kit/refusal-message.ts';
import type { SsoClient } from './api.ts';
import { MASK, parseChanges, parseNewClient, parseReplacement, type Params } from './input.ts';
import { clientFinder, secretIdOf, type Installation } from './installation.ts';
import { clientOf, presentedIdOf, secretOf } from './translate.ts';

/**
 * Each finds its client among the OAuth2 clients first: ZStack deletes whatever has the uuid. Requests to the vendor,
 * beside the polls of a job: updateClient 3, all others 2.
 */
export function createWrites(installation: Installation) {
  return { ...clientWrites(installation), ...secretWrites(installation) };
}

function clientWrites(installation: Installation) {
  const { api, product, id: tenant } = installation;
  return {
    async createClient(_, input, call) {
      const params = parseNewClient(product, input);
      const made = await api.createClient(params, call);
      return { client: clientOf(tenant, await readBack(installation, made, params, call)), issued: null };
    },

    async updateClient({ client }, changes, call) {
      const params = parseChanges(product, changes);
      const before = await findClient(installation, client, call);
      if (Object.keys(params).length === 0) return clientOf(tenant, before);
      const changed = await api.updateClient(client, params, call);
      return clientOf(tenant, await readBack(installation, changed, params, call));
    },

    async deleteClient({ client }, call) {
      await findClient(installation, client, call);
      await api.deleteClient(client, call);
    },
  } satisfies Partial<Writes>;
}

function secretWrites(installation: Installation) {
  const { api, product } = installation;
  /** Its secret is the one in its slot, whatever value that is. */
  const slotOf = async (id: ClientSecretId, call: Call) => {
    const owner = id.secret === secretIdOf(id.client) ? id.client : null;
    const clientId = presentedIdOf(await findClient(installation, owner, call));
    return { secret: secretOf(id, installation, true), clientId };
  };
  const replaceSecret: Writes['replaceSecret'] = async (id, input, call) => {
    const value = parseReplacement(input);
    const slot = await slotOf(id, call);
    await api.updateClient(id.client, { clientSecret: value.reveal() }, call);
    return { ...slot, value };
  };
  const revealSecret: Writes['revealSecret'] = async (id, call) => {
    const slot = await slotOf(id, call);
    return { ...slot, value: shown(await api.getClientSecret(id.client, call)) };
  };
  return { replaceSecret, ...(product === 'zsphere' && { revealSecret }) };
}

/** Null: it is known that there is none. */
async function findClient(installation: Installation, uuid: string | null, call: Call): Promise<SsoClient> {
  const client = uuid && (await clientFinder(installation, call)(uuid));
  if (client) return client;
  throw new ProviderError('not_found', refusalMessage('not_found', 'ZStack'));
}

/**
 * The client as it is listed, since the answer to a write may hold less of it, or more. Where it cannot be read just
 * then, the answer has to do, as what was asked is done.
 */
async function readBack(
  installation: Installation,
  written: SsoClient,
  { redirectUrl }: Params,
  call: Call,
): Promise<SsoClient> {
  const listed = await clientFinder(installation, call)(written.uuid).catch(() => null);
  const client = listed ?? written;
  // Every version that has one lists it (vendor facts, section 3).
  if (redirectUrl !== undefined)
    refuseDropped('ZStack', { redirectUrl }, { redirectUrl: client.redirectUrl || undefined }, 'maybe');
  return client;
}

function shown(value: SecretValue | null): SecretValue {
  if (value === null) {
    const hint = 'Give it the one that its identity provider issued, with rotateClientSecret.';
    throw new ProviderError('conflict', 'This client has no secret.', { hint });
  }
  if (value.reveal() !== MASK) return value;
  throw new ProviderError('unsupported', 'This installation of ZStack hides secrets from its API.', {
    hint: 'Its property Rest.maskSensitiveInfo does so; else the identity provider has the secret.',
  });
}
