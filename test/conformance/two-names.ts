import { describe, expect, it } from 'vitest';
import { failureOf, FIRST_PAGE, one } from './answers.ts';
import type { Stage, Subject } from './harness.ts';
import { trouble } from './trouble.ts';

const OTHER = 'acme-2';
const FAILURES = 3;

/** One configuration that is opened under two names is two providers. */
export function describeTwoNames({ open, vendor }: Subject): void {
  const openTwo = async () => {
    const stage = await open({ failuresToBreak: FAILURES });
    const { provider, seeds, openAs, call } = stage;
    const tenant = await seeds.tenant();
    await seeds.client(tenant);
    const idsBy = async (by: Stage['provider']) => {
      const ofIts = { ...tenant, provider: by.name };
      const { items } = await one(by.listClients([ofIts], FIRST_PAGE, { ...call }));
      return items.map(({ node: { id, identity } }) => ({ id, identity }));
    };
    const other = openAs(OTHER);
    return { ...stage, own: () => idsBy(provider), others: () => idsBy(other) };
  };

  describe('under two names', () => {
    it('each tells of the same things under its own', async () => {
      const { own, others } = await openTwo();
      const renamed = (await own()).map(({ id, identity }) => ({
        id: { ...id, provider: OTHER },
        identity: identity && { ...identity, provider: OTHER },
      }));
      expect(renamed.length).toBeGreaterThan(0);
      expect(await others()).toEqual(renamed);
    });

    it.runIf(vendor !== null)('trouble under one is no trouble under the other', async () => {
      const { own, others, simulator } = await openTwo();
      const before = await others();
      const ill = simulator && trouble(simulator, 'reset', () => true);
      for (let i = 0; i < FAILURES; i += 1) await failureOf(own());
      expect(ill?.end()).toBe(true);
      expect(await failureOf(own())).toMatchObject({ code: 'unavailable', applied: 'no' });
      expect(await others()).toEqual(before);
    });
  });
}
