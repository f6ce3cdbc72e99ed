import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Client } from '../../../src/domain/client.ts';
import type { ClientSecretId, IdentityId } from '../../../src/domain/ids.ts';
import type { SecretPageRequest } from '../../../src/provider-kit/provider.ts';
import { TEST_DATABASES } from '../../database.ts';
import { CALL, NEW_SECRET, openLocal, type OpenLocal } from './open-local.ts';

const PAGE: SecretPageRequest = {
  limit: 2,
  direction: 'forward',
  cursor: null,
  withTotal: false,
  status: null,
};

describe.each(TEST_DATABASES)('the statements of the local provider, on %s', (kind) => {
  let open: OpenLocal;
  const clients: Client[] = [];
  const identities: IdentityId[] = [];
  const secrets: ClientSecretId[] = [];
  beforeAll(async () => {
    open = await openLocal(kind);
    for (let i = 0; i < 50; i++) {
      const tenant = await open.newTenant();
      const input = { name: 'I', kind: 'MACHINE', attributes: null } as const;
      const identity = (await open.provider.createIdentity(tenant, input, CALL)).id;
      const client = await open.newClient({ identity }, tenant);
      const { secret } = await open.provider.createSecret(client.id, NEW_SECRET, CALL);
      clients.push(client);
      identities.push(identity);
      secrets.push(secret.id);
    }
  });
  afterAll(() => open.close());
  beforeEach(() => void (open.statements.length = 0));

  const tenants = () => identities.map(({ provider, tenant }) => ({ provider, tenant }));
  const ids = () => clients.map(({ id }) => id);
  const gets: Record<string, () => Promise<readonly unknown[]>> = {
    getTenants: () => open.provider.getTenants(tenants(), CALL),
    getIdentities: () => open.provider.getIdentities(identities, CALL),
    getClients: () => open.provider.getClients(ids(), CALL),
    getSecrets: () => open.provider.getSecrets(secrets, CALL),
  };
  const lists: Record<string, (page: SecretPageRequest) => Promise<readonly unknown[]>> = {
    listIdentities: (page) => open.provider.listIdentities(tenants(), page, CALL),
    'listClients of tenants': (page) => open.provider.listClients(tenants(), page, CALL),
    'listClients of identities': (page) => open.provider.listClients(identities, page, CALL),
    listSecrets: (page) => open.provider.listSecrets(ids(), page, CALL),
  };

  test.each(Object.entries(gets))('%s takes one for 50 keys', async (_, get) => {
    const answers = await get();
    expect(answers.filter((answer) => answer !== null).length).toBe(50);
    expect(open.statements.length).toBe(1);
  });

  test.each(Object.entries(lists))('%s takes one for 50 parents, and one for the totals', async (_, list) => {
    const item = { node: expect.anything(), cursor: expect.any(String) };
    const page = { items: [item], hasNext: false, hasPrevious: false, totalCount: null };
    expect(await list(PAGE)).toEqual(Array.from({ length: 50 }, () => page));
    expect(open.statements.length).toBe(1);
    const withTotal = { ...page, totalCount: 1 };
    expect(await list({ ...PAGE, withTotal: true })).toEqual(Array.from({ length: 50 }, () => withTotal));
    expect(open.statements.length).toBe(3);
  });

  test('clients of tenants and of identities come from two, each for its own parent', async () => {
    const [first, second] = [tenants()[0], identities[1]];
    if (first === undefined || second === undefined) throw new Error('nothing was made');
    const nobody = { ...second, identity: randomUUID() };
    const pages = await open.provider.listClients([second, first, nobody, second], PAGE, CALL);
    const names = pages.map((page) =>
      'items' in page ? page.items.map(({ node }) => node.id.client) : page,
    );
    const [ofFirst, ofSecond] = [[clients[0]?.id.client], [clients[1]?.id.client]];
    expect(names).toEqual([ofSecond, ofFirst, [], ofSecond]);
    expect(open.statements.length).toBe(2);
  });

  test('a key that can be nobody’s does not reach the database', async () => {
    const [client] = ids();
    if (client === undefined) throw new Error('nothing was made');
    const wrong = ['', 'x', '\0', `${client.client}'`, client.client.toUpperCase(), '1'.repeat(10_000)].map(
      (text) => ({ provider: 'local', tenant: client.tenant, client: text, secret: text, identity: text }),
    );
    expect(await open.provider.getClients(wrong, CALL)).toEqual(wrong.map(() => null));
    expect(await open.provider.getSecrets(wrong, CALL)).toEqual(wrong.map(() => null));
    expect(await open.provider.getIdentities(wrong, CALL)).toEqual(wrong.map(() => null));
    const pages = await open.provider.listSecrets(wrong, PAGE, CALL);
    expect(pages).toEqual(
      wrong.map(() => ({ items: [], hasNext: false, hasPrevious: false, totalCount: null })),
    );
    expect(open.statements).toEqual([]);
  });

  test('the parts of an id have to belong together', async () => {
    const [one, other] = secrets;
    if (one === undefined || other === undefined) throw new Error('nothing was made');
    const crossed = [
      { ...one, tenant: other.tenant },
      { ...one, client: other.client },
      { ...one, secret: other.secret },
    ];
    expect(await open.provider.getSecrets(crossed, CALL)).toEqual([null, null, null]);
  });
});
