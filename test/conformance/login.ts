import { describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '../../src/domain/duration.ts';
import type { ProviderError } from '../../src/provider-kit/provider-error.ts';
import { failureOf } from './answers.ts';
import { FAULTS, limitsUnder } from './fault-table.ts';
import type { Subject } from './harness.ts';
import { trouble } from './trouble.ts';
import { openWarm, type WarmStage } from './warm-stage.ts';

/** Longer than any token lives. */
const LONG = 400 * DAY;
const REFUSED = { status: 401, body: {} };

/** Of vendors that are logged in to. */
export function describeLogin(subject: Subject): void {
  const { vendor } = subject;
  if (vendor === null || vendor.isLogin === null) return;
  const { isRead, isLogin, write: tried, refusedLogin = REFUSED } = vendor;
  const logins = ({ sent }: WarmStage) => sent().filter(isLogin).length;

  describe('a login', () => {
    it('comes when the token is over, before anybody is refused', async () => {
      const warm = await openWarm(subject, vendor);
      warm.clock.pass(LONG);
      expect(await warm.read()).toHaveLength(warm.seeded.length);
      expect([logins(warm), warm.sent().filter(isRead).length]).toEqual([1, 1]);
    });

    // Whether it ever is again, is the vendor's: some lock an account after a few (vendor facts of ZStack, section 6).
    it('that is refused is not asked for again at once', async () => {
      const warm = await openWarm(subject, vendor);
      warm.clock.pass(LONG);
      const refusal = trouble(warm.simulator, refusedLogin, isLogin);
      expect(await failureOf(warm.read())).toMatchObject({ code: 'unauthenticated', applied: 'no' });
      const before = logins(warm);
      expect(await failureOf(warm.write())).toMatchObject({ code: 'unauthenticated', applied: 'no' });
      expect([logins(warm), warm.sent().filter(tried.isIt)]).toEqual([before, []]);
      refusal.end();
      warm.clock.pass(MINUTE);
      const later = await warm.read().then(
        () => 1,
        ({ code }: ProviderError) => (code === 'unauthenticated' ? 0 : code),
      );
      expect(logins(warm) - before).toBe(later);
    });

    it('is awaited by all, whoever of them leaves', async () => {
      const warm = await openWarm(subject, vendor);
      warm.clock.pass(LONG);
      warm.simulator.inject({ match: isLogin, kind: { delayMs: 50 } });
      const [first, second] = [new AbortController(), new AbortController()];
      const left = failureOf(warm.read(first.signal));
      const stayed = warm.read(second.signal);
      await expect.poll(() => logins(warm), { interval: 1 }).toBe(1);
      first.abort();
      expect(await left).toMatchObject({ code: 'aborted', applied: 'no' });
      expect(await stayed).toHaveLength(warm.seeded.length);
      expect(logins(warm)).toBe(1);
    });

    describe.each(FAULTS)('that meets $fault', ({ fault, code }) => {
      it('fails a write that was never sent, and the next caller logs in', async () => {
        const warm = await openWarm(subject, vendor, {
          failuresToBreak: Infinity,
          ...limitsUnder(fault, 'read'),
          ...limitsUnder(fault, 'write'),
        });
        warm.clock.pass(LONG);
        const atLogin = trouble(warm.simulator, fault, isLogin);
        expect(await failureOf(warm.write())).toMatchObject({ code, applied: 'no' });
        atLogin.end();
        expect(warm.sent().filter(tried.isIt)).toEqual([]);
        expect(await warm.read()).toHaveLength(warm.seeded.length);
        expect(await warm.effects()).toBe(0);
      });
    });
  });
}
