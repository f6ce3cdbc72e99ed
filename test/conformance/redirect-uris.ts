import { describe, expect, it } from 'vitest';
import { openCreatable } from './creatable.ts';
import { openEditable } from './editable.ts';
import type { Subject } from './harness.ts';
import { keptOrRefused } from './kept-or-refused.ts';

const LISTS: readonly (readonly string[])[] = [
  [],
  ['https://one.example/callback'],
  ['https://one.example/callback', 'https://two.example/callback'],
  ['https://one.example/callback', 'https://one.example/callback'],
  ['https://one.example/callback?of=this'],
  ['https://one.example'],
  ['http://localhost:8080/'],
  ['com.example.app:/callback'],
  ['https://one.example/#part'],
  ['no address'],
  [''],
  Array.from({ length: 50 }, (_, i) => `https://one.example/${i}`),
];

export function describeRedirectUris({ open, has }: Subject): void {
  describe('redirect URIs', () => {
    it.runIf(has('createClient'))('of a new client are kept, all and in order, or refused', async () => {
      const stage = await open();
      for (const redirectUris of LISTS) {
        const { create, read, all } = await openCreatable('client', stage);
        const outcome = await keptOrRefused({ redirectUris }, create, { read, state: all });
        expect(['kept', 'refused']).toContain(outcome);
      }
    });

    it.runIf(has('updateClient'))('of a change are kept, all and in order, or refused', async () => {
      const { read, change } = await openEditable('client', await open());
      for (const redirectUris of LISTS) {
        const outcome = await keptOrRefused({ redirectUris }, change, { read, state: read });
        expect(['kept', 'refused']).toContain(outcome);
      }
    });
  });
}
