import { inspect } from 'node:util';
import { HOUR } from '../../../src/domain/duration.ts';
import { ProviderError } from '../../../src/provider-kit/provider-error.ts';
import { failed, FIRST_PAGE, replacement, slotOf, type Opened } from './open-zstack.ts';

/** Does the adapter keep it, before this vendor? */
export type Promised = (opened: Opened) => Promise<boolean>;

const isList = ({ path }: { readonly path: string }) => path.endsWith('/get/sso/client');
const isUpdate = ({ path }: { readonly path: string }) => path.endsWith('/update/oauth2/client');
const isJob = ({ path }: { readonly path: string }) => path.includes('/api-jobs/');

/** The code that it fails with; null where it succeeds. */
async function codeOf(outcome: Promise<unknown> | undefined): Promise<string | null> {
  return (outcome ?? Promise.resolve()).then(
    () => null,
    (error: unknown) => (error instanceof ProviderError ? error.code : 'a bug'),
  );
}

const list = ({ provider, call }: Opened) => provider.listTenants(FIRST_PAGE, call);

export const isLetIn: Promised = async (it) => (await codeOf(list(it))) === null;

export const leavesCasClientsAlone: Promised = async ({ provider, tenant, simulator, call }) => {
  const client = { ...tenant, client: simulator.seedCasClient() };
  const outcome = await codeOf(provider.deleteClient?.(client, call));
  return outcome === 'not_found' && simulator.client(client.client) !== undefined;
};

export const keepsToItsClient: Promised = async ({ provider, seedSecret, simulator, call }) => {
  const [own, other] = [seedSecret(), seedSecret()];
  const mixed = { ...own.id, secret: other.id.secret };
  const outcome = await codeOf(provider.replaceSecret?.(mixed, replacement('new'), call));
  return outcome === 'not_found' && simulator.client(own.id.client)?.secret === own.value;
};

export const findsOutWhatWasLost: Promised = async ({ provider, seedSecret, simulator, call }) => {
  const { id } = seedSecret();
  simulator.inject({ match: isUpdate, kind: 'lost-reply' });
  return (await codeOf(provider.replaceSecret?.(id, replacement('new'), call))) === null;
};

export const writesOnce: Promised = async ({ provider, seedSecret, simulator, call }) => {
  const { id } = seedSecret();
  simulator.inject({ match: isUpdate, kind: { status: 502 } });
  await codeOf(provider.replaceSecret?.(id, replacement('new'), call));
  return simulator.requests.filter(isUpdate).length === 1;
};

export const waitsForTheJob: Promised = async ({ provider, seedSecret, simulator, call }) => {
  const { id } = seedSecret();
  simulator.inject({ match: isJob, kind: failed('SYS.1006') });
  return (await codeOf(provider.replaceSecret?.(id, replacement('new'), call))) === 'rejected';
};

export const outlivesItsSession: Promised = async ({ provider, seedSecret, simulator, call }) => {
  const { id } = seedSecret();
  simulator.inject({ match: isJob, kind: failed('ID.1001') });
  return (await codeOf(provider.replaceSecret?.(id, replacement('new'), call))) === null;
};

export const asksOnceWhatIsRefused: Promised = async (it) => {
  it.simulator.inject({ match: isList, times: 9, kind: failed('ID.1002') });
  return (await codeOf(list(it))) === 'forbidden' && it.simulator.requests.filter(isList).length === 1;
};

export const seesAnErrorInASuccess: Promised = async (it) => {
  it.simulator.inject({ match: isList, kind: { ...failed('ID.1002'), status: 200 } });
  return (await codeOf(list(it))) === 'forbidden';
};

/** The vendor locks an account after five wrong logins. */
export const locksNoAccount: Promised = async (it) => {
  for (let i = 0; i < 6; i += 1) {
    await codeOf(list(it));
    it.clock.pass(HOUR);
  }
  return it.simulator.requests.filter(({ path }) => path.endsWith('/login')).length < 5;
};

export const showsNoMask: Promised = async ({ provider, seedSecret, simulator, call }) => {
  simulator.settings.masksSecrets = true;
  return (await codeOf(provider.revealSecret?.(seedSecret().id, call))) === 'unsupported';
};

export const leaksNothing: Promised = async ({ provider, tenant, seedSecret, call }) => {
  const { id, value } = seedSecret();
  const told = [
    await provider.listClients([tenant], FIRST_PAGE, call),
    await provider.getClients([id], call),
    await provider.getSecrets([slotOf(id)], call),
  ];
  return !inspect(told, { depth: null, showHidden: true }).includes(value);
};
