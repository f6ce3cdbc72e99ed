import { describe, expect, it } from 'vitest';
import type { ClientId, TenantId } from '../../src/domain/ids.ts';
import { numberedCollection } from '../../src/provider-kit/numbered-collection.ts';
import { callOf } from './test-upstream.ts';

const PARENT: TenantId = { provider: 'acme', tenant: 't' };
const idOf = (i: number): ClientId => ({ ...PARENT, client: String(i) });

/** So many items, numbered from 0 on, and what was asked for. */
function open(count: number) {
  const asked: string[] = [];
  const all = Array.from({ length: count }, (_, i) => ({ id: idOf(i) }));
  const collection = numberedCollection({
    most: 3,
    parentOf: (id: ClientId): TenantId => ({ provider: id.provider, tenant: id.tenant }),
    async read(_, { number, size, ids }) {
      asked.push(
        `${number} of ${size}${ids === null ? '' : `: ${ids.map(({ client }) => client).join(' ')}`}`,
      );
      const wanted =
        ids === null ? all : all.filter(({ id }) => ids.some(({ client }) => client === id.client));
      return { items: wanted.slice((number - 1) * size, number * size), total: wanted.length };
    },
  });
  const list = collection.listOf(PARENT, callOf());
  return { asked, collection, list };
}

describe('a list in numbered pages', () => {
  it('gives any stretch of it, whatever its pages', async () => {
    const { list } = open(11);
    for (let size = 1; size <= 12; size += 1) {
      for (let skip = 0; skip <= 12; skip += 1) {
        const { items, total } = await list.read(skip, size);
        const expected = Array.from({ length: 11 }, (_, i) => String(i)).slice(skip, skip + size);
        expect([skip, size, ...items.map(({ id }) => id.client)]).toEqual([skip, size, ...expected]);
        expect(total).toBe(11);
      }
    }
  });

  it('asks for one page where that is enough, and never for more than two', async () => {
    const { list, asked } = open(11);
    await list.read(4, 4);
    await list.read(5, 4);
    await list.read(9, 4);
    expect(asked).toEqual(['2 of 4', '2 of 4', '3 of 4', '3 of 4']);
  });

  it('gives many by their ids, as many in one request as the vendor takes', async () => {
    const { collection, asked } = open(5);
    const ids = [4, 9, 0, 4, 2, 1].map(idOf);
    expect(await collection.getMany(ids, callOf())).toMatchObject([
      { id: idOf(4) },
      null,
      { id: idOf(0) },
      { id: idOf(4) },
      { id: idOf(2) },
      { id: idOf(1) },
    ]);
    expect(asked).toEqual(['1 of 3: 4 9 0', '1 of 3: 2 1']);
  });
});
