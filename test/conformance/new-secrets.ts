import { describe, expect, it } from 'vitest';
import { DAY } from '../../src/domain/duration.ts';
import { SecretValue } from '../../src/domain/secret-value.ts';
import type { ProviderError } from '../../src/provider-kit/provider-error.ts';
import { failureOf, FIRST_PAGE, newSecretOf, one } from './answers.ts';
import { openCreatable } from './creatable.ts';
import type { Subject } from './harness.ts';
import { keptOrRefused } from './kept-or-refused.ts';

export function describeNewSecrets({ open, has }: Subject): void {
  describe('what a new secret is asked for', () => {
    it.runIf(has('createSecret'))(
      'a number of uses that is none is refused, and nothing is sent',
      async () => {
        const stage = await open();
        for (const maxUses of [0, -1, 1.5, NaN, Infinity]) {
          const { create } = await openCreatable('secret', stage);
          const before = stage.traffic();
          const failure = await failureOf(create({ maxUses }));
          const fields = [{ path: ['maxUses'] }];
          expect(failure).toMatchObject({ code: 'invalid_input', applied: 'no', fields });
          expect(stage.traffic()).toBe(before);
        }
      },
    );

    it.runIf(has('createSecret'))('uses, an end and to be kept: each is as asked, or refused', async () => {
      const stage = await open();
      const expiresAt = new Date(stage.clock.now().getTime() + 2 * DAY);
      for (const given of [{ maxUses: 3 }, { expiresAt }, { retrievable: true }, { retrievable: false }]) {
        const { create, read, all } = await openCreatable('secret', stage);
        const outcome = await keptOrRefused(given, create, { read, state: all });
        expect(['kept', 'refused']).toContain(outcome);
      }
    });

    it.runIf(has('createSecret'))('a value of the caller’s own is the value, or refused', async () => {
      const { provider, seeds, accepts, call } = await open();
      const client = await seeds.client(await seeds.tenant());
      const value = new SecretValue('a value of the caller’s own');
      const outcome = await provider.createSecret?.(client, { ...newSecretOf(provider), value }, call).then(
        ({ secret }) => accepts(secret.id, value.reveal()),
        ({ code, applied, fields }: ProviderError) => [code, applied, fields[0]?.path],
      );
      const { items } = await one(provider.listSecrets([client], FIRST_PAGE, call));
      const refused = ['invalid_input', 'no', ['value']];
      expect(items.length === 0 ? refused : true).toEqual(outcome);
    });
  });
}
