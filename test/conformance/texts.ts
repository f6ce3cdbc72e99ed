import { describe, expect, it } from 'vitest';
import { isStorableText } from '../../src/domain/storable.ts';
import { CREATABLE_NOUNS, CREATABLES, openCreatable } from './creatable.ts';
import { EDITABLE_NOUNS, EDITABLES, openEditable } from './editable.ts';
import type { Subject } from './harness.ts';
import { keptOrRefused } from './kept-or-refused.ts';

const TEXTS = [
  '',
  ' ',
  ' with space at its ends ',
  'x'.repeat(256),
  'x'.repeat(10_000),
  'NUL \0',
  'half a character \ud800',
  'two\nlines\tand a tab',
  '<b>"markup" & \'quotes\'</b> \\',
  '%2F../?#&=+',
  'e\u0301 \u00e9 中 🗝 \u202e',
];

export function describeTexts({ open, has }: Subject): void {
  describe.each(CREATABLE_NOUNS.filter((noun) => has(CREATABLES[noun].write)))(
    'a text of a new %s',
    (noun) => {
      describe.each(CREATABLES[noun].texts)('as its %s', (field) => {
        it('is kept to the letter, or nothing new is there', async () => {
          const stage = await open();
          for (const text of TEXTS) {
            const { create, read, all } = await openCreatable(noun, stage);
            const given = { [field]: text };
            const outcome = await keptOrRefused(given, create, { read, state: all });
            expect(allowed(text)).toContain(outcome);
          }
        });
      });
    },
  );

  describe.each(EDITABLE_NOUNS.filter((noun) => has(EDITABLES[noun].write)))(
    'a changed text of a %s',
    (noun) => {
      describe.each(EDITABLES[noun].texts)('as its %s', (field) => {
        it('is kept to the letter, or what was there still is', async () => {
          const { read, change } = await openEditable(noun, await open());
          for (const text of TEXTS) {
            const given = { [field]: text };
            const outcome = await keptOrRefused(given, change, { read, state: read });
            expect(allowed(text)).toContain(outcome);
          }
        });
      });
    },
  );
}

/** What no database of ours keeps must not come to be at a vendor either. */
function allowed(text: string): readonly string[] {
  return isStorableText(text) ? ['kept', 'refused'] : ['refused'];
}
