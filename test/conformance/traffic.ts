import { describe, expect, it } from 'vitest';
import { failureOf, FIRST_PAGE, one } from './answers.ts';
import type { Subject } from './harness.ts';

const CALLERS = 100;
const MOST_AT_ONCE = 16;

export function describeTraffic({ open, vendor }: Subject): void {
  if (vendor === null) return;
  const { isRead, write: tried, isLogin, refusals } = vendor;

  const openBusy = async () => {
    const stage = await open();
    const { provider, seeds, simulator, call } = stage;
    if (simulator === null) throw new Error('this vendor has no simulator');
    const client = await seeds.client(await seeds.tenant());
    const read = (signal = call.signal) =>
      one(provider.listSecrets([client], FIRST_PAGE, { ...call, signal }));
    const write = (signal: AbortSignal) => tried.send({ ...stage, call: { ...call, signal } }, client);
    const callers = () => Promise.all(Array.from({ length: CALLERS }, () => read()));
    return { simulator, read, write, callers };
  };

  describe('traffic', () => {
    it.skipIf(isLogin === null)('a hundred callers log in once', async () => {
      const { simulator, callers } = await openBusy();
      await callers();
      expect(simulator.requests.filter((request) => isLogin?.(request))).toHaveLength(1);
    });

    it.skipIf(isLogin === null)('a hundred callers whose token is refused log in once more', async () => {
      const { simulator, callers } = await openBusy();
      await callers();
      const refused = refusals.find(({ read: code }) => code === 'unauthenticated');
      if (refused === undefined) throw new Error('name the refusal of a token');
      // All that are under way at once, which none can join before one of them is answered: a second try meets no refusal.
      simulator.inject({ match: isRead, times: MOST_AT_ONCE, kind: refused });
      expect(await callers()).toHaveLength(CALLERS);
      expect(simulator.requests.filter((request) => isLogin?.(request))).toHaveLength(2);
    });

    it('no more requests at once than the limit', async () => {
      const { simulator, callers } = await openBusy();
      simulator.inject({ match: isRead, times: CALLERS, kind: { delayMs: 5 } });
      await callers();
      expect(simulator.maxConcurrent).toBe(MOST_AT_ONCE);
    });

    it('a caller who has left before gets no answer, and nothing is sent', async () => {
      const { simulator, read } = await openBusy();
      expect((await failureOf(read(AbortSignal.abort()))).code).toBe('aborted');
      expect(simulator.requests).toEqual([]);
    });

    it.each(['read', 'write'] as const)(
      'a caller who leaves during a %s is let go at once; nothing more is sent',
      async (what) => {
        const busy = await openBusy();
        await busy.read();
        const isIt = what === 'read' ? isRead : tried.isIt;
        const sent = () => busy.simulator.requests.filter(isIt).length;
        const before = sent();
        busy.simulator.inject({ match: isIt, kind: 'silence' });
        const caller = new AbortController();
        const failure = failureOf(busy[what](caller.signal));
        await expect.poll(sent, { interval: 1 }).toBe(before + 1);
        const leftAt = performance.now();
        caller.abort();
        expect(await failure).toMatchObject({ code: 'aborted', applied: what === 'read' ? 'no' : 'maybe' });
        expect(performance.now() - leftAt).toBeLessThan(50);
        await busy.read();
        expect(sent()).toBe(before + (what === 'read' ? 2 : 1));
      },
    );
  });
}
