import type { ClientId, ClientSecretId } from '../../domain/ids.ts';
import { joinId } from '../../provider-kit/compound-id.ts';
import { keepOwnCredential } from '../../provider-kit/own-credential.ts';
import { invalidInput, ProviderError } from '../../provider-kit/provider-error.ts';
import type { Call, Writes } from '../../provider-kit/provider.ts';
import { missing } from './api.ts';
import { clientBody, newSecretBody, secretBody } from './input.ts';
import { replies } from './replies.ts';
import type { Deployment } from './tenants.ts';
import { clientOf, secretOf } from './translate.ts';

/** Of one client; expired ones count too (vendor facts, section 3). */
export const MAX_SECRETS = 10;
const KINDS: ReadonlySet<string | null> = new Set([null, 'CLIENT_CREDENTIALS', 'HYBRID']);

/** Requests to the vendor: 1 for those of clients; 2 for those of secrets, which are read first. */
export function createWrites({ to, clock, dialect }: Deployment) {
  /** In whatever case: there is no telling whether the vendor looks at it. */
  const isOwn = (id: ClientId) => id.client.toLowerCase() === `cc:${to(id).clientId}`.toLowerCase();
  /** `isLast`: does the client have no other that works? */
  const readSecret = async (id: ClientSecretId, call: Call) => {
    const all = (await to(id).writes.listSecrets(id, call)).map((it) => secretOf(id, it, clock.now()));
    const secret = all.find((it) => it.id.secret === id.secret) ?? missing();
    return { secret, isLast: !all.some((it) => it !== secret && it.status === 'ACTIVE') };
  };
  const refuseFull = async (of: ClientId, call: Call) => {
    if ((await to(of).writes.listSecrets(of, call)).length < MAX_SECRETS) return;
    const hint = 'Revoke one that is not used any more; those that have expired count too.';
    const message = `A client of AVEVA has at most ${MAX_SECRETS} secrets.`;
    throw new ProviderError('limit_reached', message, { limit: MAX_SECRETS, hint });
  };

  return {
    async createClient(of, { kind: asked, ...input }, call) {
      const kind = asked === 'HYBRID' ? 'hy' : 'cc';
      if (!KINDS.has(asked)) throw invalidInput('kind', 'must be CLIENT_CREDENTIALS or HYBRID in AVEVA');
      const json = clientBody(kind === 'hy', { ...input, enabled: true }, dialect, clock.now());
      const { post, all } = to(of).writes;
      const {
        Client: told,
        ClientSecret: value,
        ...secret
      } = await post(all(kind), json, replies.newClient, call);
      const id = { ...of, client: joinId(kind, told.Id) };
      const issued = { secret: secretOf(id, secret, clock.now()), clientId: told.Id, value };
      return { client: clientOf(id, told, clock.now()), issued };
    },

    async updateClient(id, changes, call) {
      const json = clientBody(id.client.startsWith('hy:'), changes, dialect, null);
      keepOwnCredential(changes.enabled === false && isOwn(id));
      const { put, client } = to(id).writes;
      return clientOf(id, await put(client(id), json, replies.thing, call), clock.now());
    },

    async deleteClient(id, call) {
      keepOwnCredential(isOwn(id));
      const { remove, client } = to(id).writes;
      await remove(client(id), call);
    },

    async createSecret(of, input, call) {
      const json = newSecretBody(input, dialect, clock.now());
      const { post, secrets } = to(of).writes;
      await refuseFull(of, call);
      const made = await post(secrets(of), json, replies.newSecret, call).catch(async (error: unknown) => {
        // Somebody else may have been faster.
        if (error instanceof ProviderError && error.code === 'invalid_input') await refuseFull(of, call);
        throw error;
      });
      const { ClientSecret: value, ...secret } = made;
      return { secret: secretOf(of, secret, clock.now()), clientId: of.client.slice('cc:'.length), value };
    },

    async updateSecret(id, changes, call) {
      const { description, expiresAt } = changes;
      const json = secretBody(changes, dialect, clock.now());
      const { secret, isLast } = await readSecret(id, call);
      if (expiresAt === null && secret.expiresAt !== null)
        throw invalidInput('expiresAt', 'a secret of AVEVA that expires cannot be made to stay');
      if (description === undefined && !expiresAt) return secret;
      const endsSooner = Boolean(expiresAt && expiresAt < (secret.expiresAt ?? Infinity));
      keepOwnCredential(endsSooner && isLast && isOwn(id));
      const { put, secret: at } = to(id).writes;
      const changed = secretOf(id, await put(at(id), json, replies.secret, call), clock.now());
      if (description === undefined || changed.description === (description || null)) return changed;
      throw new ProviderError('unsupported', 'AVEVA kept the description as it was.', { applied: 'maybe' });
    },

    async revokeSecret(id, call) {
      const { secret, isLast } = await readSecret(id, call);
      keepOwnCredential(isLast && isOwn(id));
      const { remove, secret: at } = to(id).writes;
      await remove(at(id), call);
      return { ...secret, status: 'REVOKED' };
    },
  } satisfies Partial<Writes>;
}
