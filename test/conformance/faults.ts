import { describe, expect, it } from 'vitest';
import type { ProviderError, ProviderErrorCode } from '../../src/provider-kit/provider-error.ts';
import type { FaultKind } from '../../src/provider-kit/simulator-fault.ts';
import { failureOf, FIRST_PAGE, NEW_SECRET, one } from './answers.ts';
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
  { fault: 'reset', code: 'unavailable', acted: 0 },
  { fault: 'lost-reply', code: 'unavailable', acted: 1 },
  { fault: 'reset-mid-body', code: 'unavailable', acted: 1 },
  { fault: 'half-json', code: 'malformed', acted: 1 },
  { fault: 'empty', code: 'malformed', acted: 1 },
  { fault: 'html', code: 'malformed', acted: 0 },
  { fault: 'huge', code: 'malformed', acted: 0 },
  { fault: 'redirect', code: 'malformed', acted: 0 },
  { fault: { status: 200, body: { surprise: CANARY } }, code: 'malformed', acted: 0 },
  { fault: 'silence', code: 'timeout', acted: 0 },
];

const TRIES_OF_A_READ = 3;
const QUICK = { safeDeadlineMs: 1000, unsafeDeadlineMs: 1000 };

export function describeFaults({ open, vendor, absent }: Subject): void {
  if (vendor === null) return;
  const { isRead, isWrite, refusals } = vendor;

  describe.each(ROWS)('the fault $fault', ({ fault, code, acted }) => {
    it(`of a read is ${code}`, async () => {
      const stage = await openWarm(open, fault);
      const tries = code === 'unavailable' ? TRIES_OF_A_READ : 1;
      stage.simulator.inject({ match: isRead, times: tries, kind: fault });
      expect(await failureOf(stage.read())).toMatchObject({ code, applied: 'no', retryAfterMs: null });
      expect(stage.sinceWarm().filter(isRead)).toHaveLength(tries);
      expect(await stage.read()).toEqual([]);
    });

    it.skipIf(absent.includes('createSecret'))(
      `of a write is ${code}, in doubt, and never repeated`,
      async () => {
        const stage = await openWarm(open, fault);
        stage.simulator.inject({ match: isWrite, kind: fault });
        expect(await failureOf(stage.write())).toMatchObject({ code, applied: 'maybe', retryAfterMs: null });
        expect(stage.simulator.requests.filter(isWrite)).toHaveLength(1);
        expect(await stage.read()).toHaveLength(acted);
      },
    );
  });

  describe.each(refusals)('the refusal $status', ({ status, body, read, write }) => {
    it(`of a read is ${read ?? 'an empty page'}`, async () => {
      const stage = await openWarm(open);
      stage.simulator.inject({ match: isRead, times: TRIES_OF_A_READ, kind: { status, body } });
      const outcome = await stage.read().catch(({ code, applied }: ProviderError) => ({ code, applied }));
      expect(outcome).toEqual(read === null ? [] : { code: read, applied: 'no' });
    });

    it.skipIf(absent.includes('createSecret'))(`of a write is ${write}, and nothing was done`, async () => {
      const stage = await openWarm(open);
      stage.simulator.inject({ match: isWrite, times: 9, kind: { status, body } });
      expect(await failureOf(stage.write())).toMatchObject({ code: write, applied: 'no' });
      expect(await stage.read()).toEqual([]);
    });
  });

  describe.each([
    [{ 'retry-after': '60' }, 60_000],
    [{}, null],
  ])('too many requests, with %j', (headers, retryAfterMs) => {
    const kind = { status: 429, headers, body: {} };

    it('of a read', async () => {
      const stage = await openWarm(open);
      stage.simulator.inject({ match: isRead, times: 9, kind });
      const failure = await failureOf(stage.read());
      expect(failure).toMatchObject({ code: 'rate_limited', applied: 'no', retryAfterMs });
      const tries = retryAfterMs === null ? TRIES_OF_A_READ : 1;
      expect(stage.sinceWarm().filter(isRead)).toHaveLength(tries);
    });

    it.skipIf(absent.includes('createSecret'))('of a write', async () => {
      const stage = await openWarm(open);
      stage.simulator.inject({ match: isWrite, times: 9, kind });
      const failure = await failureOf(stage.write());
      expect(failure).toMatchObject({ code: 'rate_limited', applied: 'no', retryAfterMs });
      expect(stage.simulator.requests.filter(isWrite)).toHaveLength(1);
    });
  });

  describe('a vendor that is not there', () => {
    it.each(['read', 'write'] as const)('a %s is unavailable, and nothing was done', async (what) => {
      const stage = await openWarm(open);
      await stage.simulator.close();
      expect(await failureOf(stage[what]())).toMatchObject({ code: 'unavailable', applied: 'no' });
    });
  });

  it('a passing fault of a read is not even seen', async () => {
    const stage = await openWarm(open);
    for (const kind of ['reset', 'lost-reply'] as const) {
      stage.simulator.inject({ match: isRead, times: TRIES_OF_A_READ - 1, kind });
      expect(await stage.read()).toEqual([]);
    }
  });
}

/** With one client that has no secrets; logged in and connected, so that the fault meets what it is meant for. */
async function openWarm(open: Subject['open'], fault?: FaultKind) {
  const stage: Stage = await open(fault === 'silence' ? QUICK : {});
  const { provider, seeds, simulator, call } = stage;
  if (simulator === null) throw new Error('this vendor has no simulator');
  const client = await seeds.client(await seeds.tenant());
  const read = async () => (await one(provider.listSecrets([client], FIRST_PAGE, call))).items;
  await read();
  const warmed = simulator.requests.length;
  return {
    simulator,
    read,
    write: async () => provider.createSecret?.(client, NEW_SECRET, call),
    sinceWarm: () => simulator.requests.slice(warmed),
  };
}
