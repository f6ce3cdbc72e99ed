import { describe, expect, it } from 'vitest';
import type { ProviderError, ProviderErrorCode } from '../../src/provider-kit/provider-error.ts';
import type { FaultKind } from '../../src/provider-kit/simulator-fault.ts';
import { failureOf, FIRST_PAGE, one } from './answers.ts';
import { CANARY, type Stage, type Subject } from './harness.ts';

interface Row {
  readonly fault: FaultKind;
  readonly code: ProviderErrorCode;
  /** How often the vendor has acted on a write that met it. */
  readonly acted: 0 | 1;
}

const ROWS: readonly Row[] = [
  { fault: { status: 500, body: CANARY }, code: 'unavailable', acted: 0 },
  { fault: { status: 502, body: CANARY }, code: 'unavailable', acted: 0 },
  { fault: { status: 503, body: {} }, code: 'unavailable', acted: 0 },
  { fault: { status: 504 }, code: 'unavailable', acted: 0 },
  { fault: { status: 520, body: 'error code: 520' }, code: 'unavailable', acted: 0 },
  { fault: 'reset', code: 'unavailable', acted: 0 },
  { fault: 'hang-up', code: 'unavailable', acted: 0 },
  { fault: 'no-http', code: 'unavailable', acted: 0 },
  { fault: 'lost-reply', code: 'unavailable', acted: 1 },
  { fault: 'reset-mid-body', code: 'unavailable', acted: 1 },
  { fault: 'half-json', code: 'malformed', acted: 1 },
  { fault: 'empty', code: 'malformed', acted: 1 },
  { fault: 'html', code: 'malformed', acted: 0 },
  { fault: 'huge', code: 'malformed', acted: 0 },
  { fault: 'redirect', code: 'malformed', acted: 0 },
  { fault: { status: 200, body: { surprise: CANARY } }, code: 'malformed', acted: 0 },
  { fault: { status: 200, body: [] }, code: 'malformed', acted: 0 },
  { fault: { status: 200, body: null }, code: 'malformed', acted: 0 },
  { fault: { status: 200, body: 42 }, code: 'malformed', acted: 0 },
  { fault: { status: 204 }, code: 'malformed', acted: 0 },
  { fault: 'silence', code: 'timeout', acted: 0 },
  { fault: 'endless', code: 'timeout', acted: 0 },
];

const TOO_MANY = [
  { status: 429, headers: { 'retry-after': '60' }, body: {}, retryAfterMs: 60_000 },
  { status: 429, body: {}, retryAfterMs: null },
];
const TRIES_OF_A_READ = 3;
const QUICK = { safeDeadlineMs: 400, unsafeDeadlineMs: 400 };

export function describeFaults({ open, vendor }: Subject): void {
  if (vendor === null) return;
  const { isRead, write, refusals, throttlings } = vendor;

  /** With one client that is as it was seeded; logged in and connected, so that the fault meets what it is meant for. */
  const openWarm = async (fault?: FaultKind) => {
    const stage: Stage = await open(fault === 'silence' || fault === 'endless' ? QUICK : {});
    const { provider, seeds, simulator, call } = stage;
    if (simulator === null) throw new Error('this vendor has no simulator');
    const client = await seeds.client(await seeds.tenant());
    const read = async () => (await one(provider.listSecrets([client], FIRST_PAGE, call))).items;
    const seeded = await read();
    const seededEffects = await write.effects(stage, client);
    const warmed = simulator.requests.length;
    return {
      simulator,
      read,
      write: () => write.send(stage, client),
      effects: async () => (await write.effects(stage, client)) - seededEffects,
      seeded,
      sinceWarm: () => simulator.requests.slice(warmed),
    };
  };

  describe.each(ROWS)('the fault $fault', ({ fault, code, acted }) => {
    it(`of a read is ${code}`, async () => {
      const stage = await openWarm(fault);
      const tries = code === 'unavailable' ? TRIES_OF_A_READ : 1;
      stage.simulator.inject({ match: isRead, times: tries, kind: fault });
      expect(await failureOf(stage.read())).toMatchObject({ code, applied: 'no', retryAfterMs: null });
      expect(stage.sinceWarm().filter(isRead)).toHaveLength(tries);
      expect(await stage.read()).toEqual(stage.seeded);
    });

    it(`of a write is ${code}, in doubt unless it was found out, and never repeated`, async () => {
      const stage = await openWarm(fault);
      stage.simulator.inject({ match: write.isIt, kind: fault });
      const outcome = await stage.write().then(
        () => 'found out',
        ({ code, applied, retryAfterMs }: ProviderError) => ({ code, applied, retryAfterMs }),
      );
      const inDoubt = { code, applied: 'maybe', retryAfterMs: null };
      expect(outcome).toEqual(write.isFoundOut && acted === 1 ? 'found out' : inDoubt);
      expect(stage.sinceWarm().filter(write.isIt)).toHaveLength(1);
      expect(await stage.effects()).toBe(acted);
    });
  });

  describe.each(refusals)('the refusal $status', ({ status, body, read, write: refused }) => {
    it(`of a read is ${read ?? 'an empty page'}`, async () => {
      const stage = await openWarm();
      stage.simulator.inject({ match: isRead, times: TRIES_OF_A_READ, kind: { status, body } });
      const outcome = await stage.read().catch(({ code, applied }: ProviderError) => ({ code, applied }));
      expect(outcome).toEqual(read === null ? [] : { code: read, applied: 'no' });
    });

    it(`of a write is ${refused}, and nothing was done`, async () => {
      const stage = await openWarm();
      stage.simulator.inject({ match: write.isIt, times: 9, kind: { status, body } });
      expect(await failureOf(stage.write())).toMatchObject({ code: refused, applied: 'no' });
      expect(await stage.effects()).toBe(0);
    });
  });

  describe.each([...TOO_MANY, ...throttlings])('too many requests, with %j', ({ retryAfterMs, ...kind }) => {
    it('of a read', async () => {
      const stage = await openWarm();
      stage.simulator.inject({ match: isRead, times: 9, kind });
      const failure = await failureOf(stage.read());
      expect(failure).toMatchObject({ code: 'rate_limited', applied: 'no', retryAfterMs });
      const tries = retryAfterMs === null ? TRIES_OF_A_READ : 1;
      expect(stage.sinceWarm().filter(isRead)).toHaveLength(tries);
    });

    it('of a write', async () => {
      const stage = await openWarm();
      stage.simulator.inject({ match: write.isIt, times: 9, kind });
      const failure = await failureOf(stage.write());
      expect(failure).toMatchObject({ code: 'rate_limited', applied: 'no', retryAfterMs });
      expect(stage.sinceWarm().filter(write.isIt)).toHaveLength(1);
    });
  });

  describe('a vendor that is not there', () => {
    it.each(['read', 'write'] as const)('a %s is unavailable, and nothing was done', async (what) => {
      const stage = await openWarm();
      await stage.simulator.close();
      expect(await failureOf(stage[what]())).toMatchObject({ code: 'unavailable', applied: 'no' });
    });
  });

  it('a passing fault of a read is not even seen', async () => {
    const stage = await openWarm();
    for (const kind of ['reset', 'lost-reply'] as const) {
      stage.simulator.inject({ match: isRead, times: TRIES_OF_A_READ - 1, kind });
      expect(await stage.read()).toEqual(stage.seeded);
    }
  });
}
