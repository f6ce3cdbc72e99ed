import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../src/domain/json.ts';
import { CREATABLES, openCreatable } from './creatable.ts';
import { EDITABLES, openEditable } from './editable.ts';
import { CANARY, type Subject } from './harness.ts';
import { keptOrRefused } from './kept-or-refused.ts';

const NOUNS = ['identity', 'client'] as const;
const UNKNOWN: readonly JsonObject[] = [{ [CANARY]: 1 }, { constructor: 'x' }, { 'a b': '\0' }];
/** None of which is what every attribute takes. */
const VALUES: readonly JsonValue[] = ['', 'x'.repeat(5000), -1, 1.5, true, [], [{ a: [1] }], { a: { b: 1 } }];

export function describeAttributes({ open, has }: Subject): void {
  describe.each(NOUNS.filter((noun) => has(CREATABLES[noun].write)))('attributes of a new %s', (noun) => {
    it('are kept, or refused where the vendor has no such', async () => {
      const stage = await open();
      for (const attributes of UNKNOWN) {
        const { create, read, all } = await openCreatable(noun, stage);
        const given = { attributes };
        const outcome = await keptOrRefused(given, create, { read, state: all });
        expect(['kept', 'refused']).toContain(outcome);
      }
    });
  });

  describe.each(NOUNS.filter((noun) => has(EDITABLES[noun].write)))('changed attributes of a %s', (noun) => {
    it('are kept, or refused where the vendor has no such', async () => {
      const { read, change } = await openEditable(noun, await open());
      for (const attributes of UNKNOWN) {
        const given = { attributes };
        const outcome = await keptOrRefused(given, change, { read, state: read });
        expect(['kept', 'refused']).toContain(outcome);
      }
    });

    it('of another type are kept, or refused by name', async () => {
      const { read, change } = await openEditable(noun, await open());
      const { attributes: told = {} } = (await read()) as { attributes?: JsonObject };
      for (const name of [...Object.keys(told), 'another']) {
        for (const value of VALUES) {
          const given = { attributes: { [name]: value } };
          const outcome = await keptOrRefused(given, change, { read, state: read });
          expect(['kept', 'refused']).toContain(outcome);
        }
      }
    });
  });
}
