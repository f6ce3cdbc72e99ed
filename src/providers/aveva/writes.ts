import { clientIdOf, type ClientId, type ClientSecretId } from '../../domain/ids.ts';
import { joinId } from '../../provider-kit/compound-id.ts';
import { keepOwnCredential } from '../../provider-kit/own-credential.ts';
import { invalidInput, ProviderError } from '../../provider-kit/provider-error.ts';
import type { Call, Writes } from '../../provider-kit/provider.ts';
import { accessTo, holderOf, notFound, type Deployment } from './deployment.ts';
import { clientBody, expirationOf, kindOf, newSecretBody, textOf } from './input.ts';
import { clientOf, secretOf } from './translate.ts';

type ClientWrites = Pick<Writes, 'createClient' | 'updateClient' | 'deleteClient'>;
type SecretWrites = Pick<Writes, 'createSecret' | 'updateSecret' | 'revokeSecret'>;

/** Of one client; expired ones count too (vendor facts, section 3). */
export const MAX_SECRETS = 10;

/** Requests to the vendor: 1 for those of clients, 2 for those of secrets, which are read first. */
export function createWrites(deployment: Deployment): ClientWrites & SecretWrites {
  return { ...clientWrites(deployment), ...secretWrites(deployment) };
}

function clientWrites(deployment: Deployment): ClientWrites {
  const { dialect, clock } = deployment;
  return {
    async createClient(of, { kind: asked, ...input }, call) {
      const kind = kindOf(asked);
      const json = clientBody(kind, { ...input, enabled: true }, dialect, clock.now());
      const made = await accessTo(deployment, of).writes.createClient(kind, json, call);
      const { Client: told, ClientSecret: value, ...secret } = made;
      const id = { ...of, client: joinId(kind, told.Id) };
      const issued = { secret: secretOf(id, secret, clock.now()), clientId: told.Id, value };
      return { client: clientOf(id, told), issued };
    },

    async updateClient(id, changes, call) {
      const holder = holderOf(id);
      const json = clientBody(holder.kind, changes, dialect, null);
      if (changes.enabled === false) keepOwnCredential(isOwn(deployment, id));
      return clientOf(id, await accessTo(deployment, id).writes.updateClient(holder, json, call));
    },

    async deleteClient(id, call) {
      keepOwnCredential(isOwn(deployment, id));
      await accessTo(deployment, id).writes.deleteClient(holderOf(id), call);
    },
  };
}

function secretWrites(deployment: Deployment): SecretWrites {
  const { dialect, clock } = deployment;
  /** `isLast`: does the client have no other that works? */
  const read = async (id: ClientSecretId, call: Call) => {
    const told = await accessTo(deployment, id).writes.listSecrets(holderOf(id), call);
    const all = told.map((it) => secretOf(clientIdOf(id), it, clock.now()));
    const secret = all.find((it) => it.id.secret === id.secret);
    if (secret === undefined) throw notFound();
    return { secret, isLast: !all.some((it) => it !== secret && it.status === 'ACTIVE') };
  };

  return {
    async createSecret(of, input, call) {
      const json = newSecretBody(input, dialect, clock.now());
      const { writes } = accessTo(deployment, of);
      const holder = holderOf(of);
      const refuseFull = async () => {
        if ((await writes.listSecrets(holder, call)).length >= MAX_SECRETS) throw limitReached();
      };
      await refuseFull();
      const made = await writes.createSecret(holder, json, call).catch(async (error: unknown) => {
        // Somebody else may have been faster.
        if (error instanceof ProviderError && error.code === 'invalid_input') await refuseFull();
        throw error;
      });
      const { ClientSecret: value, ...secret } = made;
      return { secret: secretOf(of, secret, clock.now()), clientId: holder.id, value };
    },

    async updateSecret(id, { description, expiresAt }, call) {
      const json = {
        // Null would leave it as it is (vendor facts, section 3).
        ...(description !== undefined && { Description: textOf('description', description ?? '') }),
        ...(expiresAt && expirationOf(expiresAt, dialect, clock.now())),
      };
      const { secret, isLast } = await read(id, call);
      if (expiresAt === null && secret.expiresAt !== null)
        throw invalidInput('expiresAt', 'a secret of AVEVA that expires cannot be made to stay');
      const endsEarlier = expiresAt && (secret.expiresAt === null || expiresAt < secret.expiresAt);
      keepOwnCredential(Boolean(endsEarlier) && isLast && isOwn(deployment, id));
      if (Object.keys(json).length === 0) return secret;
      const told = await accessTo(deployment, id).writes.updateSecret(holderOf(id), id.secret, json, call);
      const changed = secretOf(clientIdOf(id), told, clock.now());
      if (description !== undefined && changed.description !== (description || null)) {
        throw new ProviderError('unsupported', 'AVEVA kept the description as it was.', { applied: 'maybe' });
      }
      return changed;
    },

    async revokeSecret(id, call) {
      const { secret, isLast } = await read(id, call);
      keepOwnCredential(isLast && isOwn(deployment, id));
      await accessTo(deployment, id).writes.deleteSecret(holderOf(id), id.secret, call);
      return { ...secret, status: 'REVOKED' };
    },
  };
}

/** In whatever case: there is no telling whether the vendor looks at it. */
function isOwn(deployment: Deployment, of: ClientId): boolean {
  const { kind, id } = holderOf(of);
  return kind === 'cc' && id.toLowerCase() === accessTo(deployment, of).ownClientId.toLowerCase();
}

function limitReached(): ProviderError {
  return new ProviderError('limit_reached', `A client of AVEVA has at most ${MAX_SECRETS} secrets.`, {
    limit: MAX_SECRETS,
    hint: 'Revoke one that is not used any more; those that have expired count too.',
  });
}
