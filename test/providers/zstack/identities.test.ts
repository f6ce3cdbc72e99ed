import { describe, expect, test } from 'vitest';
import type { Identity } from '../../../src/domain/identity.ts';
import { FIRST_PAGE, LOGIN, openZstack, type Opened } from './open-zstack.ts';

const ACCOUNTS = 'GET accounts';
const VIRTUAL_IDS = 'GET iam2/virtual-ids';

function seed({ simulator, tenant }: Opened, accounts: number, virtualIds: number) {
  const seedEach = (length: number, one: () => string) =>
    Array.from({ length }, () => ({ ...tenant, identity: one() }));
  return [
    ...seedEach(accounts, () => `account:${simulator.seedAccount()}`),
    ...seedEach(virtualIds, () => `virtual-id:${simulator.seedVirtualId()}`),
  ];
}

describe('identities', () => {
  test('of ZSphere are accounts, of Cloud accounts and virtual ids', async () => {
    for (const product of ['zsphere', 'cloud'] as const) {
      const it = await openZstack({ product });
      seed(it, 1, 1);
      const [page] = await it.provider.listIdentities([it.tenant], FIRST_PAGE, it.call);
      const { items } = page as { items: readonly { node: Identity }[] };
      const cloud = product === 'cloud' ? [['person', 'USER']] : [];
      expect(items.map(({ node }) => [node.name, node.kind])).toEqual([['worker', 'ACCOUNT'], ...cloud]);
      expect(items[0]?.node).toMatchObject({
        createdAt: null,
        attributes: { type: 'Normal', state: 'Enabled', createDate: 'Nov 21, 2026 8:00:00 PM' },
      });
    }
  });

  test('are got by one query for each type, a hundred at a time', async () => {
    const it = await openZstack({ product: 'cloud' });
    const ids = seed(it, 150, 3);
    expect(await it.provider.getIdentities([...ids, ...ids], it.call)).toMatchObject(
      [...ids, ...ids].map((id) => ({ id })),
    );
    expect(it.requests()).toEqual({ [LOGIN]: 1, [ACCOUNTS]: 2, [VIRTUAL_IDS]: 1 });
    await it.provider.getIdentities(ids.slice(0, 2), it.call);
    expect(it.requests()).toEqual({ [ACCOUNTS]: 1 });
  });

  test.each(['forward', 'backward'] as const)(
    'are paged over both types, none twice and none left out: %s',
    async (direction) => {
      const it = await openZstack({ product: 'cloud' });
      const ids = seed(it, 5, 4).map(({ identity }) => identity);
      for (const limit of [1, 2, 5, 9, 10]) {
        const found: string[] = [];
        let cursor: string | null = null;
        for (let more = true; more;) {
          const answer: unknown = (
            await it.provider.listIdentities(
              [it.tenant],
              { ...FIRST_PAGE, limit, direction, cursor },
              it.call,
            )
          )[0];
          const page = answer as {
            items: readonly { node: Identity; cursor: string }[];
            hasNext: boolean;
            hasPrevious: boolean;
          };
          const keys = page.items.map(({ node }) => node.id.identity);
          if (direction === 'forward') found.push(...keys);
          else found.unshift(...keys);
          cursor = (direction === 'forward' ? page.items.at(-1) : page.items[0])?.cursor ?? null;
          more = direction === 'forward' ? page.hasNext : page.hasPrevious;
          // What comes in between moves nothing of what was there.
          it.simulator.seedAccount('late');
        }
        expect(found.filter((id) => ids.includes(id))).toEqual([...ids].sort());
        expect(new Set(found).size).toBe(found.length);
      }
    },
  );

  test('are counted where the total is wanted, and only then', async () => {
    const it = await openZstack({ product: 'cloud' });
    seed(it, 3, 2);
    const page = { ...FIRST_PAGE, limit: 2 };
    expect(await it.provider.listIdentities([it.tenant], page, it.call)).toMatchObject([
      { totalCount: null },
    ]);
    expect(it.requests()).toEqual({ [LOGIN]: 1, [ACCOUNTS]: 1 });
    const counted = await it.provider.listIdentities([it.tenant], { ...page, withTotal: true }, it.call);
    expect(counted).toMatchObject([{ totalCount: 5 }]);
    expect(it.requests()).toEqual({ [ACCOUNTS]: 2, [VIRTUAL_IDS]: 1 });
  });

  test('of another form are asked for by nobody', async () => {
    const it = await openZstack();
    const uuid = it.simulator.seedAccount();
    const odd = [
      uuid,
      `virtual-id:${uuid}`,
      `account:${uuid.toUpperCase()}`,
      'account:a!=b',
      `account:${uuid}>`,
    ];
    const ids = odd.map((identity) => ({ ...it.tenant, identity }));
    expect(await it.provider.getIdentities(ids, it.call)).toEqual(odd.map(() => null));
    expect(it.requests()).toEqual({});
  });
});
