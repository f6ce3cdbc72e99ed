import type { Client } from '../../domain/client.ts';
import { clientIdOf, type ClientId, type ClientSecretId } from '../../domain/ids.ts';
import { ProviderError, withApplied } from '../../provider-kit/provider-error.ts';
import type { Call, Reads, Writes } from '../../provider-kit/provider.ts';
import type { ClientSecretData } from './api.ts';
import { parseClientChanges, parseNewClient, parseNewSecret, parseSecretChanges } from './input.ts';
import type { Eiam } from './reads.ts';
import { secretOf, statusOf } from './translate.ts';

export const MAX_SECRETS = 2;

/** Requests to the vendor: createClient and deleteClient 2; updateClient 2, and 1 for each field that changes. */
export function createClientWrites({ api }: Eiam, reads: Reads): Partial<Writes> {
  const getClient = async (id: ClientId, call: Call): Promise<Client> => {
    const [client = null] = await reads.getClients([id], call);
    if (client instanceof ProviderError) throw client;
    return client ?? missing();
  };

  return {
    async createClient(of, input, call) {
      const { ApplicationId: client } = await api('CreateApplication', of, parseNewClient(input), call);
      return { client: await getClient({ ...of, client }, call).catch(inDoubt), issued: null };
    },

    async updateClient(id, changes, call) {
      const asked = parseClientChanges(changes);
      const before = await getClient(id, call);
      const state = before.enabled ? 'EnableApplication' : 'DisableApplication';
      const steps = asked.filter(([action]) => action !== state);
      for (const [i, [action, more]] of steps.entries())
        await api(action, id, more, call).catch(i === 0 ? undefined : inDoubt);
      return steps.length === 0 ? before : getClient(id, call).catch(inDoubt);
    },

    async deleteClient(id, call) {
      await getClient(id, call);
      await api('DeleteApplication', id, {}, call);
    },
  };
}

/** A part of the write was done before this. */
function inDoubt(error: unknown): never {
  throw error instanceof ProviderError ? withApplied(error, 'maybe') : error;
}

/** Requests to the vendor: createSecret 3, all others 2. */
export function createSecretWrites({ api, clock }: Eiam): Partial<Writes> {
  const list = async (of: ClientId, call: Call) =>
    (await api('ListApplicationClientSecrets', of, {}, call)).items;
  /** Of just this client; with the other ones that it has. */
  const find = async (id: ClientSecretId, call: Call) => {
    const all = await list(clientIdOf(id), call);
    const data = all.find(({ SecretId }) => SecretId === id.secret) ?? missing();
    return { data, others: all.filter((it) => it !== data) };
  };
  const switchTo = async (Status: 'enabled' | 'disabled', id: ClientSecretId, call: Call) => {
    const { data, others } = await find(id, call);
    if (Status === 'disabled') refuseLast(data, others, clock.now());
    const action = Status === 'enabled' ? 'EnableApplicationClientSecret' : 'DisableApplicationClientSecret';
    if (data.Status !== Status) await api(action, id, {}, call);
    return secretOf(id, { ...data, Status }, clock.now());
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

    disableSecret: (id, call) => switchTo('disabled', id, call),
    enableSecret: (id, call) => switchTo('enabled', id, call),

    async revokeSecret(id, call) {
      const { data, others } = await find(id, call);
      refuseLast(data, others, clock.now());
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
  const isOver = (it: ClientSecretData) => statusOf(it, now) === 'EXPIRED';
  if (others.some((it) => it.Status === 'enabled' && (isOver(ends) || !isOver(it)))) return;
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
