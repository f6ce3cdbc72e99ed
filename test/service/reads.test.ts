import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RoleGrant } from '../../src/domain/actor.ts';
import { listTenants } from '../../src/service/list-tenants.ts';
import type { PageRequest } from '../../src/domain/page.ts';
import { TEST_DATABASES } from '../database.ts';
import { ADMIN, CLIENT, issueSecret, openTestServices, type TestServices } from './test-services.ts';
import { createToy } from './toy-provider.ts';

const page = (part: Partial<PageRequest> = {}): PageRequest => ({
  limit: 3,
  direction: 'forward',
  cursor: null,
  withTotal: true,
  ...part,
});
const grant = (role: RoleGrant['role'], provider: string | null, tenant: string | null = null) => [
  { role, provider, tenant },
];

describe.each(TEST_DATABASES.slice(0, 1))('what an actor may read', (kind) => {
  let it: TestServices;
  beforeAll(async () => {
    it = await openTestServices(kind, {
      others: (clock) => [
        createToy('many', clock, {}, ['m1', 'm2', 'm3', 'm4', 'm5']),
        createToy('dead', clock, {}, ['d1']),
      ],
    });
  });
  afterAll(() => it.close());

  test('a secret of another tenant is as if it were not there', async () => {
    const { secret } = await issueSecret(it.as(ADMIN));
    const read = (grants: readonly RoleGrant[]) => it.as(grants).read.secrets([secret.id]);
    expect(await read(grant('READER', 'toy', 't'))).toMatchObject([{ id: secret.id }]);
    expect(await read(grant('READER', 'toy', 'other'))).toEqual([null]);
    expect(await read(grant('READER', 'many'))).toEqual([null]);
    expect(await read(grant('AUDITOR', null))).toEqual([null]);
  });

  test('lists of an unreadable parent are empty, and readable ones beside it are not', async () => {
    const parents = [CLIENT, { ...CLIENT, provider: 'many', tenant: 'm1' }, CLIENT];
    const pages = await it.as(grant('READER', 'toy')).read.listSecrets(parents, { ...page(), status: null });
    expect(pages).toMatchObject([{ items: [{}] }, { items: [] }, { items: [{}] }]);
  });

  test('only providers of which something may be read are shown', () => {
    const names = (grants: readonly RoleGrant[]) =>
      it
        .as(grants)
        .read.providers()
        .map(({ name }) => name);
    expect(names(ADMIN)).toEqual(['toy', 'many', 'dead']);
    expect(names(grant('READER', 'many', 'm1'))).toEqual(['many']);
    expect(names(grant('AUDITOR', null))).toEqual([]);
  });

  test('a viewer of one tenant lists that one alone', async () => {
    const { items } = await it.as(grant('READER', 'many', 'm4')).read.listTenants('many', page());
    expect(items.map(({ node }) => node.id.tenant)).toEqual(['m4']);
  });

  describe('tenants over every provider', () => {
    const read = async (request: PageRequest, grants = ADMIN, providers: readonly string[] | null = null) => {
      const found = await listTenants(it.as(grants).read, { providers }, request);
      return { ...found, names: found.items.map(({ node }) => node.id.tenant) };
    };

    test('are one list, read forward', async () => {
      const first = await read(page());
      expect(first.names).toEqual(['t', 'm1', 'm2']);
      expect([first.hasPrevious, first.hasNext, first.totalCount]).toEqual([false, true, 7]);
      const second = await read(page({ cursor: first.items.at(-1)?.cursor ?? null }));
      expect(second.names).toEqual(['m3', 'm4', 'm5']);
      const third = await read(page({ cursor: second.items.at(-1)?.cursor ?? null }));
      expect([third.names, third.hasNext]).toEqual([['d1'], false]);
    });

    test('and backward, in list order', async () => {
      const last = await read(page({ direction: 'backward' }));
      expect(last.names).toEqual(['m4', 'm5', 'd1']);
      expect([last.hasPrevious, last.hasNext]).toEqual([true, false]);
      const before = await read(page({ direction: 'backward', cursor: last.items[0]?.cursor ?? null }));
      expect(before.names).toEqual(['m1', 'm2', 'm3']);
      const first = await read(page({ direction: 'backward', cursor: before.items[0]?.cursor ?? null }));
      expect([first.names, first.hasPrevious]).toEqual([['t'], false]);
    });

    test('of the named providers alone', async () => {
      expect((await read(page(), ADMIN, ['dead', 'toy'])).names).toEqual(['t', 'd1']);
    });

    test('an unknown or unreadable name is refused, by its place, and not repeated', async () => {
      const asked = read(page(), grant('READER', 'toy'), ['toy', 'many']);
      await expect(asked).rejects.toMatchObject({
        fields: [{ path: ['providers', '1'] }],
        hint: 'The providers that you may read are: toy.',
      });
    });

    test('a dead provider is named, and the others are there', async () => {
      it.toy.fail('listTenants', 'down');
      const found = await read(page());
      expect(found.names).toEqual(['m1', 'm2', 'm3']);
      expect(found.totalCount).toBeNull();
      expect(found.failures).toMatchObject([{ provider: 'toy', code: 'PROVIDER_UNAVAILABLE' }]);
    });

    test.each(['', 'x', Buffer.from('["nowhere","x"]').toString('base64url')])(
      'a cursor of another list is refused',
      async (cursor) => {
        await expect(read(page({ cursor }))).rejects.toMatchObject({ fields: [{ path: ['after'] }] });
      },
    );
  });
});
