import { describe, expect, it } from 'vitest';
import { idKey } from '../../src/domain/ids.ts';
import type { PageRequest } from '../../src/domain/page.ts';
import { failureOf, pageRequest } from './answers.ts';
import { NOUNS, openCollection, seedMany, type Collection } from './collection.ts';
import type { Subject } from './harness.ts';

const LIMITS = [1, 2, 3, 100];
const DIRECTIONS = ['forward', 'backward'] as const;

export function describePaging({ open }: Subject): void {
  describe.each(NOUNS)('pages of %s', (noun) => {
    it('list everything once, in one order, whatever their size and direction', async () => {
      const collection = await openCollection(noun, await open());
      const seeded = await seedMany(collection, 5);
      const all = await walk(collection, { limit: 100, direction: 'forward' });
      expect(new Set(all).size).toBe(all.length);
      expect(all).toEqual(expect.arrayContaining(seeded.map(idKey)));
      for (const limit of LIMITS) {
        for (const direction of DIRECTIONS) expect(await walk(collection, { limit, direction })).toEqual(all);
      }
    });

    it('say rightly whether there is more on either side', async () => {
      const collection = await openCollection(noun, await open());
      await seedMany(collection, 3);
      const all = await walk(collection, { limit: 100, direction: 'forward' });
      for (const direction of DIRECTIONS) {
        for (let cursor: string | null = null, place = 0; place < all.length; place += 1) {
          const page = await collection.list(pageRequest({ limit: 1, direction, cursor }));
          const ahead: boolean = place < all.length - 1;
          const behind: boolean = place > 0;
          const [hasNext, hasPrevious] = direction === 'forward' ? [ahead, behind] : [behind, ahead];
          expect(page).toMatchObject({ hasNext, hasPrevious });
          cursor = page.items[0]?.cursor ?? null;
        }
      }
    });

    it('a cursor stays good when more is added', async () => {
      const collection = await openCollection(noun, await open());
      await seedMany(collection, 4);
      const all = await walk(collection, { limit: 100, direction: 'forward' });
      const { items } = await collection.list(pageRequest({ limit: 2 }));
      await collection.seed();
      const cursor = items.at(-1)?.cursor ?? null;
      const rest = await walk(collection, { limit: 2, direction: 'forward' }, cursor);
      const seen = [...items.map(({ node }) => idKey(node.id)), ...rest];
      expect(seen.filter((key) => all.includes(key))).toEqual(all);
      expect(new Set(seen).size).toBe(seen.length);
    });

    it('the total is right, where it is told at all', async () => {
      const collection = await openCollection(noun, await open());
      await seedMany(collection, 3);
      const { totalCount } = await collection.list(pageRequest({ limit: 2, withTotal: true }));
      const all = await walk(collection, { limit: 100, direction: 'forward' });
      expect([null, all.length]).toContain(totalCount);
      const empty = await collection.list(pageRequest({ limit: 1, withTotal: false }));
      expect([null, all.length]).toContain(empty.totalCount);
    });

    it('a cursor of another making is the fault of the caller, or a place like any other', async () => {
      const collection = await openCollection(noun, await open());
      await collection.seed();
      for (const cursor of ['', 'x', '%00', '../..', 'eyJ4IjoxfQ', '中'.repeat(100)]) {
        const page = collection.list(pageRequest({ cursor }));
        const known = await page.then(
          ({ items }) => items.length <= 100,
          async () => (await failureOf(page)).code === 'invalid_input',
        );
        expect(known).toBe(true);
      }
    });
  });
}

/** The keys of everything behind the cursor, in list order. */
async function walk(
  collection: Collection,
  { limit, direction }: Pick<PageRequest, 'limit' | 'direction'>,
  from: string | null = null,
): Promise<readonly string[]> {
  const keys: string[] = [];
  for (let cursor = from; ;) {
    const { items, hasNext, hasPrevious } = await collection.list(pageRequest({ limit, direction, cursor }));
    expect(items.length).toBeLessThanOrEqual(limit);
    const page = items.map(({ node }) => idKey(node.id));
    if (direction === 'forward') keys.push(...page);
    else keys.unshift(...page);
    const end = direction === 'forward' ? items.at(-1) : items.at(0);
    if (end === undefined || !(direction === 'forward' ? hasNext : hasPrevious)) return keys;
    cursor = end.cursor;
  }
}
