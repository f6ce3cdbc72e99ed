import { clientIdOf, type ClientId, type ClientSecretId } from '../../domain/ids.ts';
import { joinId } from '../../provider-kit/compound-id.ts';
import { keepOwnCredential } from '../../provider-kit/own-credential.ts';
import { invalidInput, ProviderError } from '../../provider-kit/provider-error.ts';
import type { Call, Writes } from '../../provider-kit/provider.ts';
import { holderOf, missing, type Deployment } from './deployment.ts';
import { clientBody, kindOf, newSecretBody, secretBody } from './input.ts';
import { clientOf, secretOf } from './translate.ts';

/** Of one client; expired ones count too (vendor facts, section 3). */
export const MAX_SECRETS = 10;

type Present =
  | 'createClient'
  | 'updateClient'
  | 'deleteClient'
  | 'createSecret'
  | 'updateSecret'
  | 'revokeSecret';

/** Requests to the vendor: 1 for those of clients; 2 for those of secrets, which are read first. */
export function createWrites({ to, clock, dialect }: Deployment): Pick<Writes, Present> {
  /** In whatever case: there is no telling whether the vendor looks at it. */
  const isOwn = (id: ClientId) => id.client.toLowerCase() === `cc:${to(id).ownClientId}`.toLowerCase();
  /** `isLast`: does the client have no other that works? */
  const readSecret = async (id: ClientSecretId, call: Call) => {
    const told = await to(id).writes.secrets(holderOf(id), call);
    const all = told.map((it) => secretOf(clientIdOf(id), it, clock.now()));
    const secret = all.find((it) => it.id.secret === id.secret) ?? missing();
    return { secret, isLast: !all.some((it) => it !== secret && it.status === 'ACTIVE') };
  };
  const refuseFull = async (of: ClientId, call: Call) => {
    if ((await to(of).writes.secrets(holderOf(of), call)).length < MAX_SECRETS) return;
    const hint = 'Revoke one that is not used any more; those that have expired count too.';
    const message = `A client of AVEVA has at most ${MAX_SECRETS} secrets.`;
    throw new ProviderError('limit_reached', message, { limit: MAX_SECRETS, hint });
  };

  return {
    async createClient(of, { kind: asked, ...input }, call) {
      const kind = kindOf(asked);
      const json = clientBody(kind, { ...input, enabled: true }, dialect, clock.now());
      const {
        Client: told,
        ClientSecret: value,
        ...secret
      } = await to(of).writes.createClient(kind, json, call);
      const id = { ...of, client: joinId(kind, told.Id) };
      const issued = { secret: secretOf(id, secret, clock.now()), clientId: told.Id, value };
      return { client: clientOf(id, told), issued };
    },

    async updateClient(id, changes, call) {
      const json = clientBody(holderOf(id).kind, changes, dialect, null);
      keepOwnCredential(changes.enabled === false && isOwn(id));
      return clientOf(id, await to(id).writes.updateClient(holderOf(id), json, call));
    },

    async deleteClient(id, call) {
      keepOwnCredential(isOwn(id));
      await to(id).writes.deleteClient(holderOf(id), call);
    },

    async createSecret(of, input, call) {
      const json = newSecretBody(input, dialect, clock.now());
      await refuseFull(of, call);
      const made = await to(of)
        .writes.createSecret(holderOf(of), json, call)
        .catch(async (error: unknown) => {
          // Somebody else may have been faster.
          if (error instanceof ProviderError && error.code === 'invalid_input') await refuseFull(of, call);
          throw error;
        });
      const { ClientSecret: value, ...secret } = made;
      return { secret: secretOf(of, secret, clock.now()), clientId: holderOf(of).id, value };
    },

    async updateSecret(id, changes, call) {
      const { description, expiresAt } = changes;
      const json = secretBody(changes, dialect, clock.now());
      const { secret, isLast } = await readSecret(id, call);
      if (expiresAt === null && secret.expiresAt !== null)
        throw invalidInput('expiresAt', 'a secret of AVEVA that expires cannot be made to stay');
      if (description === undefined && !expiresAt) return secret;
      const endsSooner = expiresAt && expiresAt < (secret.expiresAt ?? Infinity);
      keepOwnCredential(Boolean(endsSooner) && isLast && isOwn(id));
      const told = await to(id).writes.updateSecret(holderOf(id), id.secret, json, call);
      const changed = secretOf(clientIdOf(id), told, clock.now());
      if (description !== undefined && changed.description !== (description || null))
        throw new ProviderError('unsupported', 'AVEVA kept the description as it was.', { applied: 'maybe' });
      return changed;
    },

    async revokeSecret(id, call) {
      const { secret, isLast } = await readSecret(id, call);
      keepOwnCredential(isLast && isOwn(id));
      await to(id).writes.deleteSecret(holderOf(id), id.secret, call);
      return { ...secret, status: 'REVOKED' };
    },
  };
}
