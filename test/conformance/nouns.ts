import { describe, expect, it } from 'vitest';
import { decodeGlobalId, encodeGlobalId, type AnyNodeId } from '../../src/domain/ids.ts';
import type { JsonValue } from '../../src/domain/json.ts';
import { isStorableJson, isStorableMoment } from '../../src/domain/storable.ts';
import { FIRST_PAGE } from './answers.ts';
import { NOUNS, openCollection, seedMany } from './collection.ts';
import type { Subject } from './harness.ts';
import { NOUN_FIELDS } from './noun-fields.ts';

export function describeNouns({ open }: Subject): void {
  describe.each(NOUNS)('what is told of %s', (noun) => {
    const { type, fields } = NOUN_FIELDS[noun];

    const openNodes = async () => {
      const stage = await open();
      const collection = await openCollection(noun, stage);
      await seedMany(collection, 2);
      const { items } = await collection.list(FIRST_PAGE);
      const nodes = items.map(({ node }) => node);
      expect(nodes.length).toBeGreaterThan(0);
      return { ...stage, collection, nodes };
    };

    it('has the fields of its noun, and no others', async () => {
      for (const node of (await openNodes()).nodes)
        expect(Object.keys(node).sort()).toEqual([...fields].sort());
    });

    it('names its provider, and its parents as they name themselves', async () => {
      const { provider, collection, nodes } = await openNodes();
      for (const { id } of nodes) {
        const own = Object.keys(collection.missing).at(-1) ?? '';
        const parents = { ...collection.missing, provider: provider.name, [own]: 'itself' };
        expect({ ...id, [own]: 'itself' }).toEqual(parents);
      }
    });

    it('has an id that makes the round trip through a global one', async () => {
      for (const { id } of (await openNodes()).nodes)
        expect(decodeGlobalId(encodeGlobalId(type, id as never))).toEqual({ type, id } as AnyNodeId);
    });

    it('holds no text that cannot be stored, and no name that is empty', async () => {
      for (const node of (await openNodes()).nodes) {
        expect(isStorableJson(JSON.parse(JSON.stringify(node)) as JsonValue)).toBe(true);
        const names = Object.entries(node).filter(([field]) => field === 'name' || field === 'clientId');
        expect(names.filter(([, name]) => typeof name !== 'string' || name.trim() === '')).toEqual([]);
      }
    });

    it('has dates that can be, of which only an end lies ahead', async () => {
      const { clock, nodes } = await openNodes();
      for (const node of nodes) {
        const dates = Object.entries(node).filter(([field, value]) => field.endsWith('At') && value !== null);
        const isPossible = ([field, date]: readonly [string, unknown]) =>
          date instanceof Date && isStorableMoment(date) && (field === 'expiresAt' || date <= clock.now());
        expect(dates.filter((date) => !isPossible(date))).toEqual([]);
      }
    });

    it('has attributes that are JSON and stay so', async () => {
      for (const node of (await openNodes()).nodes) {
        const { attributes } = node as { attributes?: unknown };
        expect(JSON.parse(JSON.stringify(attributes))).toStrictEqual(attributes);
      }
    });
  });
}
