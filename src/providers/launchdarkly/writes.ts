import type { ClientId, ClientSecretId } from '../../domain/ids.ts';
import { attributesOf } from '../../provider-kit/attributes.ts';
import { refuseOwnValue } from '../../provider-kit/new-secret-fields.ts';
import { keepOwnCredential } from '../../provider-kit/own-credential.ts';
import { invalidInput, ProviderError } from '../../provider-kit/provider-error.ts';
import type { Call, Writes } from '../../provider-kit/provider.ts';
import type { Account } from './account.ts';
import { keyOf, notFound, type Registered } from './api.ts';
import { kindOf, parseClient, patchOf } from './input.ts';
import { clientOf, secretOf } from './translate.ts';

/** What an OAuth client has no call for, though a token has. */
export const ONLY_OF_TOKENS = {
  replaceSecret:
    'Register a new client with the same redirect URI, move its users over, and then delete this one.',
  revokeSecret: 'Delete the client, which ends its secret and what its users granted.',
} as const;
/** Each reads before it changes anything. Requests to the vendor: createClient 1, all others 2. */
export function clientWrites(account: Account) {
  const { api, clock, options } = account;
  return {
    async createClient(of, { kind: asked, identity, redirectUris, attributes, ...given }, call) {
      const { memberId } = (await account.within(of, call, () => account.self(call))) ?? notFound();
      const kind = kindOf(asked, options);
      if (identity !== null && (kind === 'oauth' || identity.identity !== memberId))
        throw invalidInput('identity', 'a new client is of the account or of the gateway; leave it out');
      const fields = { ...given, redirectUris: redirectUris ?? [], attributes: attributes ?? {} };
      const json = attributesOf(parseClient(kind, fields, true));
      const hint = 'If it is among the clients now, its value is lost: delete it, and create another.';
      const { made, value } = await hinted(api.create(kind, json, call), hint);
      const secret = secretOf(of, made, clock.now());
      return { client: clientOf(of, made), issued: { secret, clientId: made.told.clientId, value } };
    },

    async updateClient(id, changes, call) {
      const asked = parseClient(keyOf(id.client)?.kind ?? notFound(), changes, false);
      // Without its rights the gateway could not take the change back.
      const current = await ('role' in asked ? getOther : get)(account, id, call);
      const patch = patchOf(asked, current);
      return clientOf(id, patch.length === 0 ? current : await api.update(id.client, patch, call));
    },

    async deleteClient(id, call) {
      await getOther(account, id, call);
      await api.delete(id.client, call);
    },
  } satisfies Partial<Writes>;
}

/** Of tokens: a token and its value are one, so that ending the one ends the other. */
export function secretWrites(account: Account) {
  const { api, clock } = account;
  const tokenOf = async (id: ClientSecretId, what: keyof typeof ONLY_OF_TOKENS, call: Call) => {
    const key = keyOf(id.client);
    if (key?.id !== id.secret) return notFound();
    if (key.kind === 'token') return getOther(account, id, call);
    const hint = ONLY_OF_TOKENS[what];
    throw new ProviderError('unsupported', 'LaunchDarkly cannot do this to an OAuth client.', { hint });
  };
  return {
    async replaceSecret(id, { value: given, oldEndsAt }, call) {
      refuseOwnValue({ value: given, retrievable: null }, 'LaunchDarkly');
      await tokenOf(id, 'replaceSecret', call);
      const expiry = oldEndsAt !== null && oldEndsAt > clock.now() ? oldEndsAt.getTime() : undefined;
      const hint = 'The new value may be in force and is lost: rotate once more before the old one ends.';
      const { made, value } = await hinted(api.reset(id.client, expiry, call), hint);
      return { secret: secretOf(id, made, clock.now()), clientId: id.secret, value };
    },

    async revokeSecret(id, call) {
      const token = await tokenOf(id, 'revokeSecret', call);
      await api.delete(id.client, call);
      return { ...secretOf(id, token, clock.now()), status: 'REVOKED' };
    },
  } satisfies Partial<Writes>;
}

async function get(account: Account, id: ClientId, call: Call): Promise<Registered> {
  return (await account.within(id, call, () => account.api.get(id.client, call))) ?? notFound();
}

/**
 * The same, unless it is what the gateway itself works with: by its id, and by what is shown of it, since nobody says
 * that the caller's token id and a token's own are the same (vendor facts, section 5).
 */
async function getOther(account: Account, id: ClientId, call: Call): Promise<Registered> {
  const found = await get(account, id, call);
  const { tokenId, tokenName } = await account.self(call);
  const { hint } = found.shown;
  const isAlike = hint !== null && account.options.accessToken.reveal().endsWith(hint);
  const { clientId, name } = found.told;
  keepOwnCredential(clientId === tokenId || (isAlike && (!tokenName || tokenName === name)));
  return found;
}

/** What may have been done and cannot be told has left a value that nobody knows. */
async function hinted<T>(answer: Promise<T>, hint: string): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof ProviderError) || error.applied === 'no') throw error;
    const { code, message, applied, retryAfterMs, vendorRequestId, cause } = error;
    throw new ProviderError(code, message, { applied, retryAfterMs, vendorRequestId, cause, hint });
  }
}
