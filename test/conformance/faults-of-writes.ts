import { describe, expect, it } from 'vitest';
import type { ProviderError } from '../../src/provider-kit/provider-error.ts';
import { failureOf } from './answers.ts';
import { FAULTS, limitsUnder, tooMany } from './fault-table.ts';
import type { Subject } from './harness.ts';
import { openWarm } from './warm-stage.ts';

export function describeFaultsOfWrites(subject: Subject): void {
  const { vendor } = subject;
  if (vendor === null) return;
  const { write: tried, refusals } = vendor;

  describe('faults of writes', () => {
    describe.each(FAULTS)('the fault $fault', ({ fault, code, acted }) => {
      it('leaves it in doubt unless it was found out, and it is never repeated', async () => {
        const { simulator, write, sent, effects } = await openWarm(
          subject,
          vendor,
          limitsUnder(fault, 'write'),
        );
        simulator.inject({ match: tried.isIt, kind: fault });
        const outcome = await write().then(
          () => 'found out',
          ({ code, applied, retryAfterMs }: ProviderError) => ({ code, applied, retryAfterMs }),
        );
        const inDoubt = { code, applied: 'maybe', retryAfterMs: null };
        expect(outcome).toEqual(tried.isFoundOut && acted === 1 ? 'found out' : inDoubt);
        expect(sent().filter(tried.isIt)).toHaveLength(1);
        expect(await effects()).toBe(acted);
      });
    });

    describe.each(refusals)('the refusal $status $body', ({ status, body, write: code }) => {
      it('is told as what it means, and nothing was done', async () => {
        const { simulator, write, effects } = await openWarm(subject, vendor);
        simulator.inject({ match: tried.isIt, times: 9, kind: { status, body } });
        expect(await failureOf(write())).toMatchObject({ code, applied: 'no' });
        expect(await effects()).toBe(0);
      });
    });

    describe.each(tooMany(vendor))('too many requests, with %j', ({ retryAfterMs, ...kind }) => {
      it('is told with how long to wait, and it is not repeated', async () => {
        const { simulator, write, sent } = await openWarm(subject, vendor);
        simulator.inject({ match: tried.isIt, times: 9, kind });
        const failure = await failureOf(write());
        expect(failure).toMatchObject({ code: 'rate_limited', applied: 'no', retryAfterMs });
        expect(sent().filter(tried.isIt)).toHaveLength(1);
      });
    });

    describe('a vendor that is not there', () => {
      it('is unavailable, and nothing was done', async () => {
        const { simulator, write } = await openWarm(subject, vendor);
        await simulator.close();
        expect(await failureOf(write())).toMatchObject({ code: 'unavailable', applied: 'no' });
      });
    });
  });
}
