import { describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '../../src/domain/duration.ts';
import { failureOf } from './answers.ts';
import { EDITABLE_NOUNS, EDITABLES, openEditable } from './editable.ts';
import { CANARY, type Subject } from './harness.ts';
import { keptOrRefused } from './kept-or-refused.ts';

export function describeChanges({ open, has, changes, traits }: Subject): void {
  describe.each(EDITABLE_NOUNS.filter((noun) => has(EDITABLES[noun].write)))('a change of a %s', (noun) => {
    const given = changes[noun] ?? {};

    const openOne = async () => {
      const stage = await open();
      const { read, change } = await openEditable(noun, stage);
      return { ...stage, read, change };
    };

    it('that is empty changes nothing', async () => {
      const { read, change, clock } = await openOne();
      clock.pass(MINUTE);
      const before = await read();
      expect(timeless(await change({}))).toEqual(timeless(before));
      expect(timeless(await read())).toEqual(timeless(before));
    });

    it('that is made twice is the same as once', async () => {
      const { read, change, clock } = await openOne();
      const once = await change(given);
      clock.pass(MINUTE);
      expect(timeless(await change(given))).toEqual(timeless(once));
      expect(timeless(await read())).toEqual(timeless(once));
    });

    it('is kept or refused, field by field, and nothing is dropped in silence', async () => {
      const { read, change, clock } = await openOne();
      const at = (ms: number) => new Date(clock.now().getTime() + ms);
      const { minMs, maxMs } = traits.secretLifetime ?? {};
      const ends = [2 * DAY, -DAY, 0, ...(minMs ? [minMs - 1] : []), ...(maxMs ? [maxMs + 1] : [])];
      const flags = [{ enabled: false }, { enabled: true }];
      const GIVEN = {
        tenant: [{ description: null }, ...flags],
        identity: [{ attributes: {} }],
        client: [{ description: null }, { attributes: {} }, ...flags],
        secret: [{ description: null }, { expiresAt: null }, ...ends.map((ms) => ({ expiresAt: at(ms) }))],
      };
      for (const one of GIVEN[noun]) {
        const outcome = await keptOrRefused(one, change, { read, state: read });
        expect(['kept', 'refused']).toContain(outcome);
      }
    });

    it('that is refused for one field leaves the others as they are', async () => {
      const { read, change } = await openOne();
      const before = await read();
      const bad = noun === 'secret' ? { description: 'a\0' } : { attributes: { [CANARY]: '\0' } };
      const worse = noun === 'tenant' ? { description: 'a\0' } : bad;
      expect(await failureOf(change({ ...given, ...worse }))).toMatchObject({
        code: 'invalid_input',
        applied: 'no',
      });
      expect(await read()).toEqual(before);
    });
  });
}

/** What may move without a change. */
function timeless(thing: object): object {
  return { ...thing, updatedAt: null, freshness: null };
}
