import type { Client } from '../../domain/client.ts';
import { clientIdOf, type ClientId, type ClientSecretId } from '../../domain/ids.ts';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import type { Call, Reads, Writes } from '../../provider-kit/provider.ts';
import type { Action, ClientSecretData, Parameters } from './api.ts';
import { MAX_SECRETS } from './classify.ts';
import { parseClientChanges, parseNewClient, parseNewSecret, parseSecretChanges } from './input.ts';
import type { Eiam } from './reads.ts';
import { secretOf, statusOf } from './translate.ts';

/** Requests to the vendor: createClient and deleteClient 2; updateClient 2, and 1 for each field that changes. */
export function createClientWrites({ api }: Eiam, reads: Reads): Partial<Writes> {
  const getClient = async (id: ClientId, call: Call): Promise<Client> => {
    const [client = null] = await reads.getClients([id], call);
    if (client instanceof ProviderError) throw client;
    return client ?? missing();
  };

  return {
    async createClient(of, input, call) {
      const parameters = parseNewClient(input);
      const { provider, tenant } = of;
      const { ApplicationId } = await api('CreateApplication', { tenant }, parameters, call);
      const client = await getClient({ provider, tenant, client: ApplicationId }, call).catch(
        after(['the application itself']),
      );
      return { client, issued: null };
    },

    async updateClient(id, changes, call) {
      const { name, description, enabled } = parseClientChanges(changes);
      const before = await getClient(id, call);
      const done: string[] = [];
      const change = async (field: string, action: Action, more: Parameters) => {
        await api(action, id, more, call).catch(after(done));
        done.push(field);
      };
      if (name !== undefined && name !== before.name)
        await change('name', 'UpdateApplicationInfo', { ApplicationName: name });
      if (description !== undefined && description !== (before.description ?? ''))
        await change('description', 'UpdateApplicationDescription', { Description: description });
      if (enabled !== undefined && enabled !== before.enabled)
        await change('enabled', enabled ? 'EnableApplication' : 'DisableApplication', {});
      return done.length === 0 ? before : getClient(id, call).catch(after(done));
    },

    async deleteClient(id, call) {
      await getClient(id, call);
      await api('DeleteApplication', id, {}, call);
    },
  };
}

/** For an error that comes when a part of a write is done: then the write is in doubt, and its error tells that part. */
function after(done: readonly string[]) {
  return (error: unknown): never => {
    if (!(error instanceof ProviderError) || done.length === 0) throw error;
    const { code, retryAfterMs, vendorRequestId, fields, hint, cause } = error;
    const details = { retryAfterMs, vendorRequestId, fields, hint, cause, applied: 'maybe' } as const;
    throw new ProviderError(code, `${error.message} Done before that: ${done.join(', ')}.`, details);
  };
}

/** Requests to the vendor: createSecret 3, all others 2. */
export function createSecretWrites({ api, clock }: Eiam): Partial<Writes> {
  const list = async (of: ClientId, call: Call) =>
    (await api('ListApplicationClientSecrets', of, {}, call)).ApplicationClientSecrets;
  /** Of just this client; with the other ones that it has. */
  const find = async (id: ClientSecretId, call: Call) => {
    const all = await list(clientIdOf(id), call);
    const data = all.find(({ SecretId }) => SecretId === id.secret) ?? missing();
    return { data, others: all.filter((it) => it !== data) };
  };
  const findEndable = async (id: ClientSecretId, call: Call) => {
    const { data, others } = await find(id, call);
    refuseLast(data, others, clock.now());
    return data;
  };

  return {
    async createSecret(of, input, call) {
      const parameters = parseNewSecret(input, clock.now());
      if ((await list(of, call)).length >= MAX_SECRETS) throw full();
      const made = await api('CreateApplicationClientSecret', of, parameters, call);
      const { ClientId: clientId, SecretId, ClientSecret: value } = made.ApplicationClientSecret;
      // What else there is to know of it, only a list tells; without one its value must not be lost.
      const listed = await list(of, call).catch(() => []);
      const untold = { ClientSecret: null, Status: null, LastUsedTime: null };
      const asked = { ...untold, SecretId, ExpirationTime: input.expiresAt };
      const data = listed.find((it) => it.SecretId === SecretId) ?? asked;
      return { secret: secretOf(of, data, clock.now()), clientId, value };
    },

    async updateSecret(id, changes, call) {
      const { data } = await find(id, call);
      const expiresAt = parseSecretChanges(changes, clock.now());
      if (expiresAt === null) return secretOf(id, data, clock.now());
      const more = { ExpirationTime: expiresAt.getTime() };
      await api('UpdateApplicationClientSecretExpirationTime', id, more, call);
      return secretOf(id, { ...data, ExpirationTime: expiresAt }, clock.now());
    },

    async disableSecret(id, call) {
      const data = await findEndable(id, call);
      if (data.Status !== 'disabled') await api('DisableApplicationClientSecret', id, {}, call);
      return secretOf(id, { ...data, Status: 'disabled' }, clock.now());
    },

    async enableSecret(id, call) {
      const { data } = await find(id, call);
      if (data.Status !== 'enabled') await api('EnableApplicationClientSecret', id, {}, call);
      return secretOf(id, { ...data, Status: 'enabled' }, clock.now());
    },

    async revokeSecret(id, call) {
      const data = await findEndable(id, call);
      await api('DeleteApplicationClientSecret', id, {}, call);
      return { ...secretOf(id, data, clock.now()), status: 'REVOKED' };
    },

    async revealSecret(id, call) {
      const { data } = await find(id, call);
      const { ApplicationClientSecret: shown } = await api('ObtainApplicationClientSecret', id, {}, call);
      return { secret: secretOf(id, data, clock.now()), clientId: shown.ClientId, value: shown.ClientSecret };
    },
  };
}

/**
 * The vendor keeps one enabled (vendor facts, section 4.2), but an expired one lets nobody in: what works is ended only
 * while another one works too.
 */
function refuseLast(ends: ClientSecretData, others: readonly ClientSecretData[], now: Date): void {
  if (ends.Status === 'disabled') return;
  const isOver = statusOf(ends, now) === 'EXPIRED';
  const stands = (it: ClientSecretData) =>
    it.Status === 'enabled' && (isOver || statusOf(it, now) === 'ACTIVE');
  if (others.some(stands)) return;
  throw new ProviderError('conflict', 'This is the last secret of the application that works.', {
    hint: 'Rotate it, or disable or delete the application.',
  });
}

function full(): ProviderError {
  return new ProviderError('limit_reached', 'An application of EIAM has two secrets at the most.', {
    limit: MAX_SECRETS,
    hint: 'Revoke one that is disabled, expired or no longer used.',
  });
}

function missing(): never {
  throw new ProviderError('not_found', 'EIAM has nothing with this id.');
}
