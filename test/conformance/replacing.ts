import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../src/domain/duration.ts';
import { SecretValue } from '../../src/domain/secret-value.ts';
import type { ProviderError } from '../../src/provider-kit/provider-error.ts';
import { failureOf, found, REPLACEMENTS } from './answers.ts';
import type { Subject } from './harness.ts';

const VALUES = [
  '',
  ' ',
  ' with space at its ends ',
  'x'.repeat(255),
  'x'.repeat(10_000),
  'NUL \0',
  'half a character \ud800',
  'two\nlines',
  '*****',
  '"quoted" & \'so\' \\ % + = #',
  'e\u0301 中 🗝',
];

/** Of providers whose clients have one slot. */
export function describeReplacing({ open, traits, replacementBy }: Subject): void {
  if (replacementBy === null) return;
  const replacement = REPLACEMENTS[replacementBy];

  const openSlot = async () => {
    const stage = await open();
    const { provider, seeds, call } = stage;
    const client = await seeds.client(await seeds.tenant());
    const { id, value } = await seeds.secret(client);
    const replace = (input = replacement) => provider.replaceSecret?.(id, input, call);
    return { ...stage, client, id, value, replace };
  };

  describe('replacing the only secret', () => {
    it('the new value works in the old one’s place, under the same id', async () => {
      const { provider, id, client, replace, accepts, call } = await openSlot();
      const issued = await replace();
      const { clientId } = await found(provider.getClients([client], call));
      expect([issued?.secret.id, issued?.clientId, issued?.secret.status]).toEqual([id, clientId, 'ACTIVE']);
      expect(await accepts(id, issued?.value.reveal() ?? '')).toBe(true);
      const { freshness: _, ...read } = await found(provider.getSecrets([id], call));
      expect(issued?.secret).toMatchObject(read);
    });

    it('the old value ends at once, where nothing else is asked for', async () => {
      const { id, value, replace, accepts } = await openSlot();
      expect(await accepts(id, value)).toBe(true);
      await replace();
      expect(await accepts(id, value)).toBe(false);
    });

    it.skipIf(traits.replacement !== 'OVERLAP')(
      'the old value works until it is to end, and no longer',
      async () => {
        const { id, value, replace, accepts, clock } = await openSlot();
        const issued = await replace({ ...replacement, oldEndsAt: new Date(clock.now().getTime() + HOUR) });
        clock.pass(HOUR - MINUTE);
        expect([await accepts(id, value), await accepts(id, issued?.value.reveal() ?? '')]).toEqual([
          true,
          true,
        ]);
        clock.pass(2 * MINUTE);
        expect([await accepts(id, value), await accepts(id, issued?.value.reveal() ?? '')]).toEqual([
          false,
          true,
        ]);
      },
    );

    it.skipIf(traits.replacement === 'OVERLAP')(
      'a later end of the old value is refused, and nothing is sent',
      async () => {
        const { replace, clock, traffic } = await openSlot();
        const before = traffic();
        const oldEndsAt = new Date(clock.now().getTime() + HOUR);
        expect(await failureOf(replace({ ...replacement, oldEndsAt }))).toMatchObject({
          code: 'invalid_input',
          applied: 'no',
        });
        expect(traffic()).toBe(before);
      },
    );

    it('the value comes from who has to make it; otherwise nothing is sent', async () => {
      const { replace, traffic } = await openSlot();
      const before = traffic();
      const other = REPLACEMENTS[replacementBy === 'caller' ? 'vendor' : 'caller'];
      expect(await failureOf(replace(other))).toMatchObject({
        code: 'invalid_input',
        applied: 'no',
        fields: [{ path: ['value'] }],
      });
      expect(traffic()).toBe(before);
    });

    it.skipIf(replacementBy === 'caller')('no two values are the same', async () => {
      const { value, replace } = await openSlot();
      const values = [value, (await replace())?.value.reveal(), (await replace())?.value.reveal()];
      expect(new Set(values).size).toBe(3);
    });

    it.runIf(replacementBy === 'caller')(
      'a value of the caller’s is the value to the letter, or it is refused and the old one stays',
      async () => {
        for (const text of VALUES) {
          const { id, value, replace, accepts } = await openSlot();
          const outcome = await replace({ value: new SecretValue(text), oldEndsAt: null })?.then(
            async (issued) => [issued.value.reveal() === text, await accepts(id, text)],
            async ({ code, fields }: ProviderError) => [code, fields[0]?.path, await accepts(id, value)],
          );
          const isKept = outcome?.[0] === true;
          expect(outcome).toEqual(isKept ? [true, true] : ['invalid_input', ['value'], true]);
        }
      },
    );

    it('there is nothing to replace where there is none', async () => {
      const { provider, id, value, accepts, missing, call } = await openSlot();
      for (const nowhere of [
        { ...id, client: missing },
        { ...id, secret: missing },
      ]) {
        const failure = await failureOf(provider.replaceSecret?.(nowhere, replacement, call));
        expect(failure).toMatchObject({ code: 'not_found', applied: 'no' });
      }
      expect(await accepts(id, value)).toBe(true);
    });
  });
}
