import type { ClientId, ClientSecretId } from '../../domain/ids.ts';
import { attributesOf } from '../../provider-kit/attributes.ts';
import { refuseOwnValue } from '../../provider-kit/new-secret-fields.ts';
import { keepOwnCredential } from '../../provider-kit/own-credential.ts';
import { invalidInput, ProviderError } from '../../provider-kit/provider-error.ts';
import type { Call, Writes } from '../../provider-kit/provider.ts';
import type { Account } from './account.ts';
import { keyOf, notFound, type Registered } from './api.ts';
import { parseClient, patchOf } from './input.ts';
import { clientOf, secretOf } from './translate.ts';

/** What an OAuth client has no call for, though a token has. */
export const ONLY_OF_TOKENS = {
  replaceSecret: 'Register a new client with its redirect URI, move the users over, then delete this one.',
  revokeSecret: 'Delete the client, which ends its secret and what its users granted.',
} as const;

/** Each reads before it changes anything. Requests to the vendor: createClient 1, all others 2. */
export function createWrites({ api, clock, options, self, within }: Account) {
  const get = async (id: ClientId, call: Call): Promise<Registered> =>
    (await within(id, call, () => api.get(id.client, call))) ?? notFound();
  /** Unless the gateway works with it: by its id, or by what is shown of it, should the ids differ (section 5). */
  const getOther = async (id: ClientId, call: Call): Promise<Registered> => {
    const found = await get(id, call);
    const { tokenId, tokenName } = await self(call);
    const { told, shown } = found;
    const isAlike = shown.hint !== null && options.accessToken.reveal().endsWith(shown.hint);
    keepOwnCredential(told.clientId === tokenId || (isAlike && (!tokenName || tokenName === told.name)));
    return found;
  };
  /** A token and its value are one, so that ending the one ends the other. */
  const getToken = async (id: ClientSecretId, what: keyof typeof ONLY_OF_TOKENS, call: Call) => {
    const key = keyOf(id.client);
    if (key?.id !== id.secret) return notFound();
    if (key.kind === 'token') return getOther(id, call);
    const hint = ONLY_OF_TOKENS[what];
    throw new ProviderError('unsupported', 'LaunchDarkly cannot do this to an OAuth client.', { hint });
  };
  const ofClients = {
    async createClient(of, { kind: asked, identity, redirectUris, attributes, ...given }, call) {
      const { memberId } = (await within(of, call, () => self(call))) ?? notFound();
      const kind = asked === 'ACCESS_TOKEN' && options.accessTokens ? 'token' : 'oauth';
      if (kind === 'oauth' && asked !== null && asked !== 'AUTHORIZATION_CODE')
        throw invalidInput('kind', 'has to be AUTHORIZATION_CODE, or where tokens are shown ACCESS_TOKEN');
      if (identity !== null && (kind === 'oauth' || identity.identity !== memberId))
        throw invalidInput('identity', 'a new client is of the account or of the gateway; leave it out');
      const fields = { ...given, redirectUris: redirectUris ?? [], attributes: attributes ?? {} };
      const json = attributesOf(parseClient(kind, fields, true));
      const hint = 'If it is among the clients now, its value is lost: delete it, and create another.';
      const { made, value } = await hinted(api.create(kind, json, call), hint);
      const issued = { secret: secretOf(of, made, clock.now()), clientId: made.told.clientId, value };
      return { client: clientOf(of, made, clock.now()), issued };
    },
    async updateClient(id, changes, call) {
      const asked = parseClient(keyOf(id.client)?.kind ?? notFound(), changes, false);
      // Without its rights the gateway could not take the change back.
      const current = await ('role' in asked ? getOther : get)(id, call);
      const patch = patchOf(asked, current);
      const changed = patch.length === 0 ? current : await api.update(id.client, patch, call);
      return clientOf(id, changed, clock.now());
    },
    async deleteClient(id, call) {
      await getOther(id, call);
      await api.delete(id.client, call);
    },
  } satisfies Partial<Writes>;
  const ofTokens = {
    async replaceSecret(id, { value: given, oldEndsAt }, call) {
      refuseOwnValue({ value: given, retrievable: null }, 'LaunchDarkly');
      await getToken(id, 'replaceSecret', call);
      const expiry = oldEndsAt !== null && oldEndsAt > clock.now() ? oldEndsAt.getTime() : undefined;
      const hint = 'The new value may be in force and is lost: rotate once more before the old one ends.';
      const { made, value } = await hinted(api.reset(id.client, expiry, call), hint);
      return { secret: secretOf(id, made, clock.now()), clientId: id.secret, value };
    },
    async revokeSecret(id, call) {
      const token = await getToken(id, 'revokeSecret', call);
      await api.delete(id.client, call);
      return { ...secretOf(id, token, clock.now()), status: 'REVOKED' };
    },
  } satisfies Partial<Writes>;
  return { ofClients, ofTokens };
}

/** What may have been done and cannot be told has left a value that nobody knows. */
function hinted<T>(answer: Promise<T>, hint: string): Promise<T> {
  return answer.catch((error: unknown) => {
    if (!(error instanceof ProviderError) || error.applied === 'no') throw error;
    const { code, message, applied, retryAfterMs, vendorRequestId, cause } = error;
    throw new ProviderError(code, message, { applied, retryAfterMs, vendorRequestId, cause, hint });
  });
}
