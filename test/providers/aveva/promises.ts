import type { Client } from '../../../src/domain/client.ts';
import { HOUR } from '../../../src/domain/duration.ts';
import type { Page, PageRequest } from '../../../src/domain/page.ts';
import { ProviderError } from '../../../src/provider-kit/provider-error.ts';
import type { Fault } from '../../../src/provider-kit/simulator-fault.ts';
import { createAvevaSimulator } from '../../../src/providers/aveva/simulator.ts';
import { FIRST_PAGE, NEW_SECRET, one } from '../../conformance/answers.ts';
import { listed, type Opened } from './open-aveva.ts';

/** Is it kept? */
export type Promised = (it: Opened) => Promise<boolean>;

const isAdd: Fault['match'] = ({ method, path }) => method === 'POST' && path.endsWith('/Secrets');
const codeOf = (outcome: Promise<unknown>) =>
  outcome.then(
    () => 'done',
    (error: unknown) => (error instanceof ProviderError ? error.code : 'a bug'),
  );

export const isNotRepeated: Promised = async (it) => {
  const client = it.seedClient();
  it.simulator.inject({ match: isAdd, kind: 'lost-reply' });
  await codeOf(it.provider.createSecret(client, NEW_SECRET, it.call));
  return (await listed(it, client)).length === 1;
};

export const revokedIsTrue: Promised = async (it) => {
  const client = it.seedClient();
  const id = it.seedSecret(client);
  const outcome = await codeOf(it.provider.revokeSecret(id, it.call));
  return (outcome === 'done') === ((await listed(it, client)).length === 0);
};

export const takesNoStrangerAtItsWord: Promised = async (it) => {
  const id = it.seedSecret(it.seedClient());
  it.simulator.inject({
    match: ({ path }) => path.endsWith('/Secrets'),
    kind: { status: 404, body: 'no such page' },
  });
  const [secret] = await it.provider.getSecrets([id], it.call);
  return secret instanceof ProviderError;
};

/** Where the configured region refuses the first try. */
export const findsTheRegion: Promised = async (it) => {
  it.simulator.inject({ match: isAdd, kind: { status: 405 } });
  return (await codeOf(it.provider.createSecret(it.seedClient(), NEW_SECRET, it.call))) === 'done';
};

export const tellsEachKeyItsOwn: Promised = async (it) => {
  const [there, ill] = [it.seedClient(), it.seedClient()];
  it.simulator.failReading(ill.client.slice(3), 500);
  const answers = await it.provider.getClients([there, ill], it.call);
  return answers[0] !== null && !(answers[0] instanceof ProviderError) && answers[1] instanceof ProviderError;
};

export const findsEveryClient: Promised = async (it) => {
  const ids = Array.from({ length: 150 }, () => it.seedClient());
  const found = await it.provider.getClients(ids, it.call);
  return found.every((client, i) => client !== null && 'id' in client && client.id.client === ids[i]?.client);
};

export const listsEverythingOnce: Promised = async (it) => {
  const seeded = Array.from({ length: 5 }, () => it.seedClient().client);
  const seen: string[] = [];
  for (let cursor: string | null = null, pages = 0; pages < 9; pages += 1) {
    const page: PageRequest = { ...FIRST_PAGE, limit: 2, cursor };
    const { items, hasNext }: Page<Client> = await one(it.provider.listClients([it.tenant], page, it.call));
    seen.push(...items.map(({ node }) => node.id.client));
    cursor = items.at(-1)?.cursor ?? null;
    if (!hasNext) break;
  }
  return new Set(seen).size === seen.length && seeded.every((client) => seen.includes(client));
};

export const keepsToItsKind: Promised = async (it) => {
  const id = it.seedSecret(it.seedClient({ kind: 'HybridClients' }));
  const asOther = { ...id, client: id.client.replace('hy:', 'cc:') };
  return (await codeOf(it.provider.revokeSecret(asOther, it.call))) === 'not_found';
};

/** Before a vendor with two tenants. */
export const keepsToItsTenant: Promised = async (it) => {
  const id = it.seedSecret(it.seedClient());
  const { id: tenant } = it.simulator.tenants[1] ?? it.simulator.tenants[0];
  return (await codeOf(it.provider.revokeSecret({ ...id, tenant }, it.call))) === 'not_found';
};

export const neverMeansNever: Promised = async (it) => {
  const client = it.seedClient();
  await codeOf(it.provider.createSecret(client, NEW_SECRET, it.call));
  const [secret] = await listed(it, client);
  return secret?.expiresAt === null;
};

export const endsWhenAsked: Promised = async (it) => {
  const client = it.seedClient();
  const expiresAt = new Date(it.clock.now().getTime() + HOUR);
  await codeOf(it.provider.createSecret(client, { ...NEW_SECRET, expiresAt }, it.call));
  const [secret] = await listed(it, client);
  return secret?.expiresAt?.getTime() === expiresAt.getTime();
};

export const keepsItsOwnLastSecret: Promised = async (it) => {
  const id = { ...it.tenant, client: `cc:${it.simulator.gateway.clientId}`, secret: '1' };
  return (await codeOf(it.provider.revokeSecret(id, it.call))) === 'conflict';
};

export const knowsTheLimit: Promised = async (it) => {
  const client = it.seedClient();
  for (let i = 0; i < 10; i += 1) it.seedSecret(client);
  return (await codeOf(it.provider.createSecret(client, NEW_SECRET, it.call))) === 'limit_reached';
};

export const renewsInTime: Promised = async (it) => {
  const client = it.seedClient();
  await listed(it, client);
  it.clock.pass(HOUR);
  it.requests();
  await listed(it, client);
  return it.requests()['GET ClientCredentialClients/:id/Secrets'] === 1;
};

export const tellsNobodyElseItsCredentials: Promised = async (it) => {
  const body = { token_endpoint: 'http://evil.example/identity/connect/token' };
  it.simulator.inject({
    match: ({ path }) => path.endsWith('/openid-configuration'),
    kind: { status: 200, body },
  });
  await it.provider.getTenants([it.tenant], it.call);
  return it.simulator.requests.every(({ method }) => method === 'GET');
};

export const tellsNobodyElseItsToken: Promised = async (it) => {
  const elsewhere = await createAvevaSimulator({ dialect: 'v1', clock: it.clock });
  const BaseAddress = elsewhere.origin.replace('127.0.0.1', 'localhost');
  const body = [{ AdministrativeEndpointsWritable: true, BaseAddress }];
  it.simulator.inject({ match: ({ path }) => path.endsWith('/Regions'), kind: { status: 200, body } });
  await codeOf(it.provider.createSecret(it.seedClient(), NEW_SECRET, it.call));
  await elsewhere.close();
  return elsewhere.requests.length === 0;
};
