import { describe, expect, it } from 'vitest';
import { UPSTREAM_LIMITS } from '../../src/provider-kit/upstream-limits.ts';
import type { ProviderError } from '../../src/provider-kit/provider-error.ts';
import { failureOf } from './answers.ts';
import { FAULTS, limitsUnder, tooMany, TRIES_OF_A_READ } from './fault-table.ts';
import type { Subject } from './harness.ts';
import { openWarm } from './warm-stage.ts';

const { safeDeadlineMs } = UPSTREAM_LIMITS;

export function describeFaultsOfReads(subject: Subject): void {
  const { vendor } = subject;
  if (vendor === null) return;
  const { isRead, refusals } = vendor;

  describe('faults of reads', () => {
    describe.each(FAULTS)('the fault $fault', ({ fault, code }) => {
      it('is told as what it was, after as many tries as it deserves', async () => {
        const { simulator, read, seeded, sent } = await openWarm(subject, vendor, limitsUnder(fault, 'read'));
        const tries = code === 'unavailable' ? TRIES_OF_A_READ : 1;
        simulator.inject({ match: isRead, times: tries, kind: fault });
        expect(await failureOf(read())).toMatchObject({ code, applied: 'no', retryAfterMs: null });
        expect(sent().filter(isRead)).toHaveLength(tries);
        expect(await read()).toEqual(seeded);
      });
    });

    describe.each(refusals)('the refusal $status $body', ({ status, body, read: code }) => {
      it('is told as what it means, or is an empty page', async () => {
        const { simulator, read } = await openWarm(subject, vendor);
        simulator.inject({ match: isRead, times: TRIES_OF_A_READ, kind: { status, body } });
        const outcome = await read().catch(({ code, applied }: ProviderError) => ({ code, applied }));
        expect(outcome).toEqual(code === null ? [] : { code, applied: 'no' });
      });
    });

    describe.each(tooMany(vendor))('too many requests, with %j', ({ retryAfterMs, ...kind }) => {
      it('is told with how long to wait, where the vendor says so', async () => {
        const { simulator, read, sent } = await openWarm(subject, vendor);
        simulator.inject({ match: isRead, times: 9, kind });
        const failure = await failureOf(read());
        expect(failure).toMatchObject({ code: 'rate_limited', applied: 'no', retryAfterMs });
        // It waits as long as it is told to, as often as that fits into its deadline.
        const tries = retryAfterMs === null ? TRIES_OF_A_READ : Math.ceil(safeDeadlineMs / retryAfterMs);
        expect(sent().filter(isRead)).toHaveLength(tries);
      });
    });

    describe('a vendor that is not there', () => {
      it('is unavailable', async () => {
        const { simulator, read } = await openWarm(subject, vendor);
        await simulator.close();
        expect(await failureOf(read())).toMatchObject({ code: 'unavailable', applied: 'no' });
      });
    });

    it('one that passes is not even seen', async () => {
      const { simulator, read, seeded } = await openWarm(subject, vendor);
      for (const kind of ['reset', 'lost-reply'] as const) {
        simulator.inject({ match: isRead, times: TRIES_OF_A_READ - 1, kind });
        expect(await read()).toEqual(seeded);
      }
    });
  });
}
