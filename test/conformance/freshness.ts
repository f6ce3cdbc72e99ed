import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/domain/duration.ts';
import { liveAt, type Freshness } from '../../src/domain/freshness.ts';
import { FIRST_PAGE } from './answers.ts';
import { NOUNS, openCollection, seedMany } from './collection.ts';
import { CREATABLE_NOUNS, CREATABLES, openCreatable } from './creatable.ts';
import { EDITABLE_NOUNS, EDITABLES, openEditable } from './editable.ts';
import { seedEndableSecret } from './endable-secret.ts';
import type { Subject } from './harness.ts';

const SWITCHES = ['disableSecret', 'enableSecret', 'revokeSecret'] as const;
const toldOf = (node: object | null): Freshness | null =>
  node !== null && 'freshness' in node ? (node.freshness as Freshness) : null;

export function describeFreshness({ open, has, changes }: Subject): void {
  describe.each(NOUNS)('what is read of %s', (noun) => {
    it('is live, as of now', async () => {
      const stage = await open();
      const collection = await openCollection(noun, stage);
      const ids = await seedMany(collection, 1);
      stage.clock.pass(MINUTE);
      const found = (await collection.get(ids)).map((node) => toldOf(node));
      const listed = (await collection.list(FIRST_PAGE)).items.map(({ node }) => toldOf(node));
      const now = liveAt(stage.clock.now());
      expect([found, listed]).toEqual([[now], listed.map(() => now)]);
      expect(listed.length).toBeGreaterThan(0);
    });
  });

  describe.each(CREATABLE_NOUNS.filter((noun) => has(CREATABLES[noun].write)))('a new %s', (noun) => {
    it('is told live, as of now', async () => {
      const stage = await open();
      const { create } = await openCreatable(noun, stage);
      stage.clock.pass(MINUTE);
      expect(toldOf(await create({}))).toEqual(liveAt(stage.clock.now()));
    });
  });

  describe.each(EDITABLE_NOUNS.filter((noun) => has(EDITABLES[noun].write)))('a changed %s', (noun) => {
    it('is told live, as of now', async () => {
      const stage = await open();
      const { change } = await openEditable(noun, stage);
      stage.clock.pass(MINUTE);
      expect(toldOf(await change(changes[noun] ?? {}))).toEqual(liveAt(stage.clock.now()));
    });
  });

  describe.each(SWITCHES.filter((write) => has(write)))('what %s tells', (write) => {
    it('is live, as of now', async () => {
      const stage = await open();
      const client = await stage.seeds.client(await stage.seeds.tenant());
      const { id } = await seedEndableSecret(stage, client);
      stage.clock.pass(MINUTE);
      const told = await stage.provider[write]?.(id, stage.call);
      expect(toldOf(told ?? null)).toEqual(liveAt(stage.clock.now()));
    });
  });
}
