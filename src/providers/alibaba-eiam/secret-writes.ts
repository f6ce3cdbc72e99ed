import { DAY } from '../../domain/duration.ts';
import { clientIdOf, type ClientId, type ClientSecretId } from '../../domain/ids.ts';
import { refuseGiven } from '../../provider-kit/input-fields.ts';
import { lifetimeMs } from '../../provider-kit/new-secret-fields.ts';
import { invalidInput, ProviderError } from '../../provider-kit/provider-error.ts';
import type { Call, Writes } from '../../provider-kit/provider.ts';
import { MAX_SECRETS } from './classify.ts';
import type { Eiam } from './reads.ts';
import { secretOf, statusOf, type SecretData } from './translate.ts';

/** vendor facts, section 4.2; a year has 365 days. */
export const LIFETIME = { minMs: DAY, maxMs: 3 * 365 * DAY };
const FULL = { limit: MAX_SECRETS, hint: 'Revoke one that is disabled, expired or no longer used.' };
const LAST = { hint: 'Rotate it, or disable or delete the application.' };
const NO_DESCRIPTION = { description: 'a secret of EIAM has none; leave it out' };
const NO_USES = { maxUses: 'EIAM does not count uses; leave it out' };
const NO_VALUE = { value: 'EIAM makes the value itself; leave it out' };

/** Requests to the vendor: createSecret 3, all others 2. */
export function createSecretWrites({ api, clock }: Eiam): Partial<Writes> {
  const list = async (of: ClientId, call: Call) =>
    (await api('ListApplicationClientSecrets', of, {}, call)).items;
  /** Of just this client; with the other ones that it has. */
  const find = async (id: ClientSecretId, call: Call) => {
    const all = await list(clientIdOf(id), call);
    const data = all.find(({ SecretId }) => SecretId === id.secret);
    if (!data) throw new ProviderError('not_found', 'EIAM has nothing with this id.');
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
    async createSecret(of, { expiresAt, retrievable, ...given }, call) {
      refuseGiven(given, { ...NO_DESCRIPTION, ...NO_USES, ...NO_VALUE });
      if (retrievable === false) throw invalidInput('retrievable', 'EIAM shows every value again');
      lifetimeMs(expiresAt, LIFETIME, clock.now());
      if ((await list(of, call)).length >= MAX_SECRETS)
        throw new ProviderError('limit_reached', 'An application of EIAM has two secrets at the most.', FULL);
      const parameters = { ExpirationTime: expiresAt?.getTime() };
      const made = await api('CreateApplicationClientSecret', of, parameters, call);
      const { ClientId: clientId, SecretId, ClientSecret: value } = made.ApplicationClientSecret;
      // What else there is to know of it, only a list tells; without one its value must not be lost.
      const listed = await list(of, call).catch(() => []);
      const untold = { ClientSecret: null, Status: null, LastUsedTime: null };
      const asked = { ...untold, SecretId, ExpirationTime: expiresAt };
      const data = listed.find((it) => it.SecretId === SecretId) ?? asked;
      return { secret: secretOf(of, data, clock.now()), clientId, value };
    },
    async updateSecret(id, { description, expiresAt }, call) {
      const { data } = await find(id, call);
      refuseGiven({ description }, NO_DESCRIPTION);
      if (expiresAt === null) throw invalidInput('expiresAt', 'EIAM takes no end back; give a later one');
      if (expiresAt === undefined) return secretOf(id, data, clock.now());
      lifetimeMs(expiresAt, LIFETIME, clock.now());
      const parameters = { ExpirationTime: expiresAt.getTime() };
      await api('UpdateApplicationClientSecretExpirationTime', id, parameters, call);
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

/** The vendor keeps one enabled, even if it is expired (vendor facts, section 4.2); we keep one that works. */
function refuseLast(ends: SecretData, others: readonly SecretData[], now: Date): void {
  if (ends.Status === 'disabled') return;
  const isOver = (it: SecretData) => statusOf(it, now) === 'EXPIRED';
  if (others.some((it) => it.Status === 'enabled' && (isOver(ends) || !isOver(it)))) return;
  throw new ProviderError('conflict', 'This is the last secret of the application that works.', LAST);
}
