import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ClientSecret } from '../../src/domain/client-secret.ts';
import { DAY } from '../../src/domain/duration.ts';
import { InvalidInputError } from '../../src/domain/gateway-error.ts';
import { listInventoryClients } from '../../src/store/inventory-client-list.ts';
import { noteClients } from '../../src/store/inventory-note-clients.ts';
import { noteSecrets } from '../../src/store/inventory-note-secrets.ts';
import type { InventorySecretFilter } from '../../src/store/inventory-secret-filter.ts';
import { listInventorySecrets, type InventorySecretOrder } from '../../src/store/inventory-secret-list.ts';
import { openTestStore, TEST_DATABASES, type TestStore } from '../database.ts';
import { ANY_CLIENT, ANY_SECRET, FIRST } from './inventory-lists.ts';
import { at, client, secret } from './inventory-nodes.ts';

const NOW = at(0);
const BY_END: InventorySecretOrder = { field: 'EXPIRES_AT', direction: 'ASC' };
const idsOf = (secrets: readonly ClientSecret[]) => secrets.map(({ id }) => id.secret);

describe.each(TEST_DATABASES)('the lists of the inventory on %s', (kind) => {
  let opened: TestStore;
  beforeAll(async () => {
    opened = await openTestStore(kind);
    const { store } = opened;
    await noteClients(
      store,
      [
        client('t c', { name: 'Zeta Billing', description: 'Paying the Müller bills', createdAt: at(-3) }),
        client('t d', { name: 'alpha', kind: 'HYBRID', createdAt: at(-2) }),
        client('u c', { name: 'Beta', clientId: 'abc-42' }, 'q'),
      ],
      at(-1),
      'us',
    );
    await noteSecrets(
      store,
      [
        secret('t c past', { expiresAt: at(-1), createdAt: at(-100 * DAY), lastUsedAt: at(-50 * DAY) }),
        secret('t c now', { expiresAt: NOW, createdAt: at(-99 * DAY), useCount: 0 }),
        secret('t c soon', { expiresAt: at(1), createdAt: at(-98 * DAY), lastUsedAt: at(-10 * DAY) }),
        secret('t d week', { expiresAt: at(7 * DAY), lastUsedAt: at(-60 * DAY), description: 'Nightly-run' }),
        secret('t d revoked', { expiresAt: at(2), status: 'REVOKED', lastUsedAt: at(-90 * DAY) }),
        secret('t d disabled', {
          expiresAt: at(3),
          status: 'DISABLED',
          useCount: 7,
          createdAt: at(-97 * DAY),
        }),
        secret('u c /?#%..中"', { hint: 'kf_X9…', createdAt: at(-96 * DAY) }, 'q'),
        secret('u c never', { status: 'UNKNOWN', createdAt: at(-95 * DAY), useCount: 0 }, 'q'),
      ],
      at(-1),
      'us',
    );
  });
  afterAll(() => opened.close());

  const list = async (filter: Partial<InventorySecretFilter>, order = BY_END) => {
    const page = await listInventorySecrets(opened.store, { ...ANY_SECRET, ...filter }, order, FIRST, NOW);
    return idsOf(page.items.map(({ node }) => node));
  };
  /** Those of one moment come in any order. */
  const some = async (filter: Partial<InventorySecretFilter>) => (await list(filter)).toSorted();

  test('put what never ends last', async () => {
    expect((await list({})).slice(0, 6)).toEqual(['past', 'now', 'soon', 'revoked', 'disabled', 'week']);
    const falling = await list({}, { field: 'EXPIRES_AT', direction: 'DESC' });
    expect(falling.slice(2)).toEqual(['week', 'disabled', 'revoked', 'soon', 'now', 'past']);
  });

  test('put a creation that nobody knows last, and what was never used first', async () => {
    const made = await list({}, { field: 'CREATED_AT', direction: 'ASC' });
    expect(made.slice(0, 6)).toEqual(['past', 'now', 'soon', 'disabled', '/?#%..中"', 'never']);
    const used = await list({}, { field: 'LAST_USED_AT', direction: 'ASC' });
    expect(used.slice(4)).toEqual(['revoked', 'week', 'past', 'soon']);
    const lately = await list({}, { field: 'LAST_USED_AT', direction: 'DESC' });
    expect(lately.slice(0, 4)).toEqual(['soon', 'past', 'week', 'revoked']);
  });

  test('tell the status as of now', async () => {
    const page = await listInventorySecrets(opened.store, ANY_SECRET, BY_END, FIRST, NOW);
    const status = Object.fromEntries(page.items.map(({ node }) => [node.id.secret, node.status]));
    expect(status).toMatchObject({ past: 'EXPIRED', now: 'EXPIRED', soon: 'ACTIVE', revoked: 'REVOKED' });
    expect(await some({ status: ['EXPIRED'] })).toEqual(['now', 'past']);
    expect(await some({ status: ['ACTIVE'] })).toEqual(['/?#%..中"', 'soon', 'week']);
    expect(await some({ status: ['REVOKED', 'UNKNOWN'] })).toEqual(['never', 'revoked']);
    expect(await some({ status: [] })).toEqual([]);
  });

  test('find what ends within a time and may still authenticate', async () => {
    expect(await list({ expiresWithinMs: 0 })).toEqual([]);
    expect(await list({ expiresWithinMs: 1 })).toEqual(['soon']);
    expect(await list({ expiresWithinMs: 7 * DAY - 1 })).toEqual(['soon', 'disabled']);
    expect(await list({ expiresWithinMs: 7 * DAY })).toEqual(['soon', 'disabled', 'week']);
    expect(await list({ expiresWithinMs: Number.MAX_SAFE_INTEGER })).toEqual(['soon', 'disabled', 'week']);
  });

  test('find what ends before a moment, past ends too', async () => {
    expect(await list({ expiresBefore: NOW })).toEqual(['past']);
    expect(await list({ expiresBefore: at(1) })).toEqual(['past', 'now']);
  });

  test('find what surely was not used for a time', async () => {
    // Neither those that end or have ended, nor what the vendor tells no use of, nor a count that was just seen.
    expect(await some({ unusedForMs: 60 * DAY })).toEqual(['never', 'week']);
    expect(await some({ unusedForMs: 60 * DAY + 1 })).toEqual(['never']);
    expect(await some({ unusedForMs: 10 * DAY })).toEqual(['never', 'soon', 'week']);
    expect(await some({ unusedForMs: 2 })).toEqual(['never', 'soon', 'week']);
    // The count was first seen as it is a millisecond ago.
    expect(await some({ unusedForMs: 1 })).toEqual(['disabled', 'never', 'soon', 'week']);
    expect(await some({ unusedForMs: Number.MAX_SAFE_INTEGER })).toEqual([]);
  });

  test('keep to providers, tenants, clients and the reach of who asks', async () => {
    const { store } = opened;
    expect(await some({ providers: ['q'] })).toEqual(['/?#%..中"', 'never']);
    expect(await some({ providers: [] })).toEqual([]);
    expect(await some({ tenant: { provider: 'p', tenant: 'u' } })).toEqual([]);
    expect(await some({ client: { provider: 'p', tenant: 't', client: 'd' } })).toEqual([
      'disabled',
      'revoked',
      'week',
    ]);
    const only = (tenant: string | null) =>
      ({ everything: false, scopes: [{ provider: 'q', tenant }] }) as const;
    expect(await some({ within: only(null) })).toEqual(['/?#%..中"', 'never']);
    expect(await some({ within: only('t') })).toEqual([]);
    expect(await some({ within: only('u'), tenant: { provider: 'p', tenant: 't' } })).toEqual([]);
    expect(await some({ within: { everything: false, scopes: [] } })).toEqual([]);
    const page = await listInventoryClients(
      store,
      { ...ANY_CLIENT, within: only('u') },
      { field: 'NAME', direction: 'ASC' },
      { ...FIRST, withTotal: true },
    );
    expect([page.totalCount, page.items.map(({ node }) => node.name)]).toEqual([1, ['Beta']]);
  });

  test('order clients by name regardless of capitals, and by creation', async () => {
    const names = async (field: 'NAME' | 'CREATED_AT', direction: 'ASC' | 'DESC') => {
      const page = await listInventoryClients(opened.store, ANY_CLIENT, { field, direction }, FIRST);
      return page.items.map(({ node }) => node.name);
    };
    expect(await names('NAME', 'ASC')).toEqual(['alpha', 'Beta', 'Zeta Billing']);
    expect(await names('NAME', 'DESC')).toEqual(['Zeta Billing', 'Beta', 'alpha']);
    expect(await names('CREATED_AT', 'ASC')).toEqual(['Zeta Billing', 'alpha', 'Beta']);
  });

  test('search by the beginnings of words', async () => {
    const clients = async (search: string, kinds: Partial<typeof ANY_CLIENT> = {}) => {
      const filter = { ...ANY_CLIENT, ...kinds, search };
      const order = { field: 'NAME', direction: 'ASC' } as const;
      const page = await listInventoryClients(opened.store, filter, order, FIRST);
      return page.items.map(({ node }) => node.name);
    };
    expect(await clients('bill')).toEqual(['Zeta Billing']);
    expect(await clients('MÜLL zeta')).toEqual(['Zeta Billing']);
    expect(await clients('Mu\u0308ll')).toEqual(['Zeta Billing']);
    expect(await clients('illing')).toEqual([]);
    expect(await clients('abc 42')).toEqual(['Beta']);
    expect(await clients('cid-')).toEqual(['alpha', 'Zeta Billing']);
    expect(await clients('cid', { kind: ['HYBRID'] })).toEqual(['alpha']);
    expect(await some({ search: 'run' })).toEqual(['week']);
    expect(await some({ search: 'night-run, alph' })).toEqual(['week']);
    expect(await some({ search: 'kf_x9' })).toEqual(['/?#%..中"']);
    expect(await some({ search: '中' })).toEqual(['/?#%..中"']);
    expect(await some({ search: 'müller' })).toEqual([]);
    expect(await some({ search: 'zeta past' })).toEqual(['past']);
  });

  test.each(["' | !zz:* & \\", 'zz:*yy', "'; drop table inventory_secrets; --", '((()) <-> zz', '$1 %s ::'])(
    'read nothing in a search as syntax: %s',
    async (search) => {
      expect(await some({ search })).toEqual([]);
      expect(await some({})).toHaveLength(8);
    },
  );

  test.each(['', ' ', '!&|:*()', '…'])('refuse a search without a letter or digit: "%s"', async (search) => {
    const fields = [{ path: ['filter', 'search'], message: 'needs a letter or a digit' }];
    await expect(list({ search })).rejects.toMatchObject({ fields });
    const order = { field: 'NAME', direction: 'ASC' } as const;
    await expect(
      listInventoryClients(opened.store, { ...ANY_CLIENT, search }, order, FIRST),
    ).rejects.toMatchObject({ fields });
  });

  test('refuse a moment that is still to come', async () => {
    const fields = [{ path: ['asOf'], message: 'must not lie in the future' }];
    await expect(list({ asOf: at(1) })).rejects.toMatchObject({ fields });
  });

  test('count exactly, and only where it is asked for', async () => {
    opened.statements.length = 0;
    const read = (withTotal: boolean, filter: Partial<InventorySecretFilter> = {}) =>
      listInventorySecrets(
        opened.store,
        { ...ANY_SECRET, ...filter },
        BY_END,
        { ...FIRST, limit: 2, withTotal },
        NOW,
      );
    expect((await read(false)).totalCount).toBe(null);
    expect(opened.statements).toHaveLength(1);
    expect((await read(true)).totalCount).toBe(8);
    expect((await read(true, { expiresWithinMs: 7 * DAY })).totalCount).toBe(3);
  });

  test('refuse a cursor of another order, and one that is made up', async () => {
    const { store } = opened;
    const page = await listInventorySecrets(store, ANY_SECRET, BY_END, { ...FIRST, limit: 1 }, NOW);
    const cursor = page.items[0]?.cursor ?? '';
    const made = (...texts: readonly string[]) => Buffer.from(JSON.stringify(texts)).toString('base64url');
    const id = '00000000-0000-4000-8000-000000000000';
    const bad = [
      [cursor, { field: 'EXPIRES_AT', direction: 'DESC' }],
      [cursor, { field: 'CREATED_AT', direction: 'ASC' }],
      [`${cursor}A`, BY_END],
      ['', BY_END],
      [made('EXPIRES_AT', 'ASC', '1', 'no-id'), BY_END],
      [made('EXPIRES_AT', 'ASC', '1e3', id), BY_END],
      [made('EXPIRES_AT', 'ASC', '999999999999999', id), BY_END],
      [made('EXPIRES_AT', 'ASC', 'infinity', id), BY_END],
      [made('EXPIRES_AT', 'ASC', '1', id, 'more'), BY_END],
    ] as const;
    for (const [forged, order] of bad) {
      for (const [direction, name] of [
        ['forward', 'after'],
        ['backward', 'before'],
      ] as const) {
        const request = { ...FIRST, direction, cursor: forged };
        const refused = listInventorySecrets(store, ANY_SECRET, order, request, NOW);
        await expect(refused).rejects.toThrow(InvalidInputError);
        await expect(refused).rejects.toMatchObject({ fields: [{ path: [name] }] });
      }
    }
  });
});
