import { describe, expect, it } from 'vitest';
import { failureOf } from './answers.ts';
import type { Subject } from './harness.ts';
import { trouble } from './trouble.ts';
import { openWarm } from './warm-stage.ts';

const FAILURES = 3;
const ILL = new Set(['unavailable', 'timeout', 'malformed']);

export function describeBreaker(subject: Subject): void {
  const { vendor } = subject;
  if (vendor === null) return;
  const { isRead, refusals } = vendor;

  describe('a vendor that keeps failing', () => {
    it('is asked no more for a while, which is told', async () => {
      const breakMs = 60_000;
      const { simulator, read, write, sent } = await openWarm(subject, vendor, {
        failuresToBreak: FAILURES,
        breakMs,
      });
      simulator.inject({ match: isRead, times: FAILURES, kind: 'reset' });
      await failureOf(read());
      const before = sent().length;
      const unasked = { code: 'unavailable', applied: 'no', retryAfterMs: breakMs };
      expect(await failureOf(read())).toMatchObject(unasked);
      expect(await failureOf(write())).toMatchObject(unasked);
      expect(sent()).toHaveLength(before);
    });

    it('is asked again, and answers as before when it is well', async () => {
      const limits = { failuresToBreak: FAILURES, breakMs: 1 };
      const { simulator, read, seeded } = await openWarm(subject, vendor, limits);
      simulator.inject({ match: isRead, times: FAILURES, kind: 'reset' });
      await failureOf(read());
      await expect.poll(read, { interval: 1 }).toEqual(seeded);
      expect(await read()).toEqual(seeded);
    });

    it('is not one that refuses', async () => {
      const { simulator, read, seeded } = await openWarm(subject, vendor, { failuresToBreak: FAILURES });
      for (const { status, body } of refusals.filter(({ read: code }) => !ILL.has(code ?? ''))) {
        const refusing = trouble(simulator, { status, body }, isRead);
        for (let reads = 0; reads <= FAILURES; reads += 1) await read().catch(() => null);
        expect(refusing.end()).toBe(true);
        expect(await read()).toEqual(seeded);
      }
    });
  });
}
