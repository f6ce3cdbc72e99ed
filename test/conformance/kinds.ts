import { describe, expect, it } from 'vitest';
import { CLIENT_KINDS } from '../../src/domain/client.ts';
import { IDENTITY_KINDS } from '../../src/domain/identity.ts';
import { CREATABLES, openCreatable } from './creatable.ts';
import type { Subject } from './harness.ts';
import { keptOrRefused } from './kept-or-refused.ts';

const KINDS = { identity: IDENTITY_KINDS, client: CLIENT_KINDS } as const;
const NOUNS = ['identity', 'client'] as const;
/** What a kind may need, or may not have. */
const WITH_IT = ['kind', 'redirectUris', 'identity', 'attributes'];

export function describeKinds({ open, has }: Subject): void {
  describe.each(NOUNS.filter((noun) => has(CREATABLES[noun].write)))('the kind of a new %s', (noun) => {
    it('is the one that was asked for, or it is refused and nothing new is there', async () => {
      const stage = await open();
      for (const kind of KINDS[noun]) {
        const { create, read, all } = await openCreatable(noun, stage);
        const outcome = await keptOrRefused({ kind }, create, { read, state: all }, WITH_IT);
        expect(['kept', 'refused']).toContain(outcome);
      }
    });
  });
}
