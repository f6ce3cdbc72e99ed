import { describe, expect, it } from 'vitest';
import { settlesAtOnce } from '../settles-at-once.ts';
import { failureOf, FIRST_PAGE, one } from './answers.ts';
import type { Subject } from './harness.ts';
import { openWarm } from './warm-stage.ts';

const CALLERS = 100;
const MOST_AT_ONCE = 16;

export function describeTraffic(subject: Subject): void {
  const { open, vendor } = subject;
  if (vendor === null) return;
  const { isRead, write: tried, isLogin, refusals } = vendor;

  const openBusy = async () => {
    const { provider, seeds, simulator, call } = await open({ concurrent: MOST_AT_ONCE });
    if (simulator === null) throw new Error('this vendor has no simulator');
    const client = await seeds.client(await seeds.tenant());
    const read = (signal = call.signal) =>
      one(provider.listSecrets([client], FIRST_PAGE, { ...call, signal }));
    const callers = () => Promise.all(Array.from({ length: CALLERS }, () => read()));
    return { simulator, read, callers };
  };

  describe('traffic', () => {
    it.runIf(isLogin !== null)('a hundred callers log in once', async () => {
      const { simulator, callers } = await openBusy();
      await callers();
      expect(simulator.requests.filter((request) => isLogin?.(request))).toHaveLength(1);
    });

    it.runIf(isLogin !== null)('a hundred callers whose token is refused log in once more', async () => {
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
      simulator.inject({ match: isRead, times: CALLERS, kind: { delayMs: 20 } });
      await callers();
      expect(simulator.maxConcurrent).toBe(MOST_AT_ONCE);
    });

    it('a caller who has left before gets no answer, and nothing is sent', async () => {
      const { simulator, read } = await openBusy();
      expect((await failureOf(read(AbortSignal.abort()))).code).toBe('aborted');
      expect(simulator.requests).toEqual([]);
    });

    describe.each(['read', 'write'] as const)('a caller who leaves during a %s', (what) => {
      it('is let go at once, and nothing more is sent', async () => {
        const warm = await openWarm(subject, vendor);
        const isIt = what === 'read' ? isRead : tried.isIt;
        const sent = () => warm.sent().filter(isIt).length;
        warm.simulator.inject({ match: isIt, kind: 'silence' });
        const caller = new AbortController();
        const failure = failureOf(warm[what](caller.signal));
        await expect.poll(sent, { interval: 1 }).toBe(1);
        caller.abort();
        expect(await settlesAtOnce(failure)).toBe(true);
        expect(await failure).toMatchObject({ code: 'aborted', applied: what === 'read' ? 'no' : 'maybe' });
        await warm.read();
        expect(sent()).toBe(what === 'read' ? 2 : 1);
      });
    });
  });
}
