import type { ClientId, ClientSecretId } from '../../domain/ids.ts';
import { attributesOf } from '../../provider-kit/attributes.ts';
import { refuseOwnValue } from '../../provider-kit/new-secret-fields.ts';
import { keepOwnCredential } from '../../provider-kit/own-credential.ts';
import { invalidInput, ProviderError } from '../../provider-kit/provider-error.ts';
import type { Call, Writes } from '../../provider-kit/provider.ts';
import { refusalMessage } from '../../provider-kit/refusal-message.ts';
import { keyOf, within, type Account } from './account.ts';
import type { Registered } from './api.ts';
import { kindOf, parseClient, patchOf } from './input.ts';
import { clientOf, secretOf } from './translate.ts';

/** What an OAuth client has no call for, though a token has. */
export const ONLY_OF_TOKENS = {
  replaceSecret:
    'Register a new client with the same redirect URI, move its users over, and then delete this one.',
  revokeSecret: 'Delete the client, which ends its secret and what its users granted.',
} as const;
const LOST = {
  create: 'If it is among the clients now, its value is lost: delete it, and create another.',
  reset: 'The new value may be in force and is lost: rotate once more before the old one ends.',
};

/** Each reads before it changes anything. Requests to the vendor: createClient 1, all others 2. */
export function clientWrites(account: Account) {
  const { api, clock, options } = account;
  return {
    async createClient(of, { kind: asked, identity, redirectUris, attributes, ...given }, call) {
      const { memberId } = (await within(account, of, call, () => account.self(call))) ?? missing();
      const kind = kindOf(asked, options);
      if (identity !== null && (kind === 'oauth' || identity.identity !== memberId))
        throw invalidInput('identity', 'a new client is of the account or of the gateway; leave it out');
      const fields = { ...given, redirectUris: redirectUris ?? [], attributes: attributes ?? {} };
      const json = attributesOf(parseClient(kind, fields, true));
      const { made, value } = await hinted(api.create(kind, json, call), LOST.create);
      const secret = secretOf(of, made, clock.now());
      return { client: clientOf(of, made), issued: { secret, clientId: made.id, value } };
    },

    async updateClient(id, changes, call) {
      const asked = parseClient(keyOf(id, options)?.kind ?? missing(), changes, false);
      // Without its rights the gateway could not take the change back.
      const current = await ('role' in asked ? getOther : get)(account, id, call);
      const patch = patchOf(asked, current);
      const { kind, id: own } = current;
      return clientOf(id, patch.length === 0 ? current : await api.update(kind, own, patch, call));
    },

    async deleteClient(id, call) {
      const { kind, id: own } = await getOther(account, id, call);
      await api.delete(kind, own, call);
    },
  } satisfies Partial<Writes>;
}

/** Of tokens: a token and its value are one, so that ending the one ends the other. */
export function secretWrites(account: Account) {
  const { api, clock, options } = account;
  const tokenOf = async (id: ClientSecretId, what: keyof typeof ONLY_OF_TOKENS, call: Call) => {
    const key = keyOf(id, options);
    if (key?.id !== id.secret) return missing();
    if (key.kind === 'token') return getOther(account, id, call);
    const hint = ONLY_OF_TOKENS[what];
    throw new ProviderError('unsupported', 'LaunchDarkly cannot do this to an OAuth client.', { hint });
  };
  return {
    async replaceSecret(id, { value: given, oldEndsAt }, call) {
      refuseOwnValue({ value: given, retrievable: null }, 'LaunchDarkly');
      const { id: clientId } = await tokenOf(id, 'replaceSecret', call);
      const expiry = oldEndsAt !== null && oldEndsAt > clock.now() ? oldEndsAt.getTime() : undefined;
      const { made, value } = await hinted(api.reset(clientId, expiry, call), LOST.reset);
      return { secret: secretOf(id, made, clock.now()), clientId, value };
    },

    async revokeSecret(id, call) {
      const token = await tokenOf(id, 'revokeSecret', call);
      await api.delete('token', token.id, call);
      return { ...secretOf(id, token, clock.now()), status: 'REVOKED' };
    },
  } satisfies Partial<Writes>;
}

async function get(account: Account, id: ClientId, call: Call): Promise<Registered> {
  const { kind, id: own } = keyOf(id, account.options) ?? missing();
  return (await within(account, id, call, () => account.api.get(kind, own, call))) ?? missing();
}

/**
 * The same, unless it is what the gateway itself works with: by its id, and by what is shown of it, since nobody says
 * that the caller's token id and a token's own are the same (vendor facts, section 5).
 */
async function getOther(account: Account, id: ClientId, call: Call): Promise<Registered> {
  const found = await get(account, id, call);
  const { tokenId, tokenName } = await account.self(call);
  const isAlike = found.hint !== null && account.options.accessToken.reveal().endsWith(found.hint);
  keepOwnCredential(found.id === tokenId || (isAlike && (!tokenName || tokenName === found.name)));
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

function missing(): never {
  throw new ProviderError('not_found', refusalMessage('not_found', 'LaunchDarkly'));
}
