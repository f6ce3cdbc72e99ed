import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Writes } from '../../src/provider-kit/provider.ts';
import { CANARY, NAME, type Subject } from './harness.ts';

/** Every write that the contract knows; the compiler holds the list to it. */
const WRITES = Object.keys({
  createTenant: 0,
  updateTenant: 0,
  deleteTenant: 0,
  createIdentity: 0,
  updateIdentity: 0,
  deleteIdentity: 0,
  createClient: 0,
  updateClient: 0,
  deleteClient: 0,
  createSecret: 0,
  updateSecret: 0,
  disableSecret: 0,
  enableSecret: 0,
  revokeSecret: 0,
  revealSecret: 0,
  replaceSecret: 0,
  verifySecret: 0,
} satisfies Record<keyof Writes, 0>);

export function describeBirth({ open, faultsOf, traits, absent, misconfigured }: Subject): void {
  describe('birth', () => {
    it('opening asks nobody anything', async () => {
      const { provider, traffic } = await open();
      // As long as a request over loopback takes.
      for (let turn = 0; turn < 100; turn += 1) await nextTurn();
      expect([provider.name, traffic()]).toEqual([NAME, 0]);
    });

    it('its traits are those of its page', async () => {
      const { instead: _, ...told } = (await open()).provider.traits;
      expect(told).toEqual(traits);
    });

    it('what it lacks is absent, and it says what to do instead; all else is present', async () => {
      const { provider } = await open();
      const present = (write: string) => write in provider && Reflect.get(provider, write) !== undefined;
      expect(WRITES.filter((write) => !present(write)).sort()).toEqual([...absent].sort());
      expect(Object.keys(provider.traits.instead).sort()).toEqual([...absent].sort());
      expect(absent.filter((write) => !/^[A-Z].{20,}\.$/.test(provider.traits.instead[write] ?? ''))).toEqual(
        [],
      );
    });

    describe.each(misconfigured.map(([options, faults]) => [faults, options] as const))(
      'a bad configuration, at %j',
      (faults, options) => {
        it('is told with all its faults, and without its values', () => {
          const { paths, shown } = faultsOf(options);
          expect([...paths].sort()).toEqual([...faults].sort());
          expect(shown).not.toContain(CANARY);
        });
      },
    );
  });
}
