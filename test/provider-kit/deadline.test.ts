import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { deadline } from '../../src/provider-kit/layers/deadline.ts';
import { each } from '../../src/provider-kit/each.ts';
import { createConnect } from '../../src/provider-kit/http-upstream.ts';
import { orAborted } from '../../src/provider-kit/or-aborted.ts';
import type { Call, Provider } from '../../src/provider-kit/provider.ts';
import { serveSimulator } from '../../src/provider-kit/simulator.ts';
import { memoryProvider, TENANT } from './memory-provider.ts';
import { callOf, classify, CLOCK, failureOf } from './test-upstream.ts';

const PAGE = { limit: 1, direction: 'forward', cursor: null, withTotal: false } as const;
const OTHER = { ...TENANT.id, tenant: 'other' };
const LATE = { code: 'timeout', message: 'The vendor did not answer in time.' };
const OVERDUE = { code: 'timeout', message: 'The time that one request may take is over.' };
const never = ({ signal }: Call) => orAborted<never>(() => new Promise(() => {}), signal);

/** A provider that answers for its one tenant, and of all else never. */
function open(readDeadlineMs: number, own: Partial<Provider> = {}) {
  const calls: Call[] = [];
  const provider = memoryProvider({
    getTenants: (ids, call) => {
      calls.push(call);
      return each(ids, call, ({ tenant }) =>
        tenant === TENANT.id.tenant ? Promise.resolve(TENANT) : never(call),
      );
    },
    listTenants: (_, call) => never(call),
    ...own,
  });
  return { provider: deadline(provider, readDeadlineMs), calls };
}

it('what is not answered in time is a timeout; what is keeps its answer', async () => {
  const { provider } = open(30);
  const answers = await provider.getTenants([TENANT.id, OTHER, TENANT.id], callOf());
  expect(answers).toMatchObject([TENANT, LATE, TENANT]);
});

it('is given up a little before, so that the whole answer is out in time', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { provider } = open(2000);
  let answers: unknown = 'none yet';
  void provider.getTenants([OTHER], callOf()).then((given) => (answers = given));
  await vi.advanceTimersByTimeAsync(1930);
  expect(answers).toBe('none yet');
  await vi.advanceTimersByTimeAsync(20);
  expect(answers).toMatchObject([LATE]);
});

it('a list as a whole is late', async () => {
  const { provider } = open(30);
  expect(await failureOf(provider.listTenants(PAGE, callOf()))).toMatchObject(LATE);
});

it('a provider that heeds no signal keeps nobody waiting', async () => {
  const { provider } = open(30, { getTenants: () => new Promise(() => {}) });
  expect(await provider.getTenants([TENANT.id, OTHER], callOf())).toMatchObject([LATE, LATE]);
});

it('what is answered at once leaves no timer behind', async () => {
  const { provider } = open(60_000);
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  const before = timers();
  expect(await provider.getTenants([TENANT.id], callOf())).toEqual([TENANT]);
  expect(timers()).toBe(before);
});

it('the end of the call comes before the deadline', async () => {
  const { provider } = open(60_000);
  const call = { ...callOf(), endsAt: performance.now() + 30 };
  expect(await provider.getTenants([OTHER], call)).toMatchObject([OVERDUE]);
});

it('what begins after the end of the call is not asked for', async () => {
  const { provider, calls } = open(60_000);
  const call = { ...callOf(), endsAt: performance.now() };
  expect(await provider.getTenants([TENANT.id], call)).toMatchObject([OVERDUE]);
  expect(await failureOf(provider.listTenants(PAGE, call))).toMatchObject(OVERDUE);
  expect(await provider.getTenants([], call)).toEqual([]);
  expect(calls).toEqual([]);
});

it('who leaves is told that he left', async () => {
  const { provider } = open(60_000);
  const caller = new AbortController();
  const answers = provider.getTenants([OTHER], callOf(caller.signal));
  caller.abort();
  expect(await answers).toMatchObject([{ code: 'aborted' }]);
});

it('all reads of a call take from one share', async () => {
  const { provider, calls } = open(60_000);
  const { share, ...call } = callOf();
  await provider.getTenants([TENANT.id], call);
  await provider.getTenants([TENANT.id], call);
  expect(share).toBeDefined();
  expect(calls.map((own) => own.share)).toEqual([call, call]);
});

it('a read that nobody waits for has the time that it takes', async () => {
  const { provider } = open(1, { getTenants: async () => wait(50, [null]) });
  const call = callOf();
  expect(await provider.getTenants([OTHER], { ...call, isBackground: true })).toEqual([null]);
  expect(await provider.getTenants([OTHER], call)).toMatchObject([LATE]);
});

it('a write is not broken off', async () => {
  const { provider } = open(1, { deleteTenant: () => wait(50) });
  const call = { ...callOf(), endsAt: 0 };
  expect(await provider.deleteTenant?.(TENANT.id, call)).toBeUndefined();
});

/** Reads over HTTP, each in its time, at a vendor that has so many places. */
async function openVendor(readDeadlineMs: number, concurrent: number) {
  const simulator = await serveSimulator(() => ({ status: 200, body: {} }));
  onTestFinished(() => simulator.close());
  const connect = createConnect({ clock: CLOCK, limits: { safeDeadlineMs: readDeadlineMs, concurrent } });
  const upstream = connect({ origin: simulator.origin, classify });
  const get = async (call: Call) => {
    await upstream.send({ method: 'GET', path: '/' }, call);
    return null;
  };
  const { provider } = open(readDeadlineMs, { getTenants: (ids, call) => each(ids, call, () => get(call)) });
  return { simulator, connect, provider };
}

it('a queue in front of a silent vendor is within the deadline, and what waits in it is not sent', async () => {
  const { simulator, connect, provider } = await openVendor(200, 2);
  simulator.inject({ kind: 'silence', times: 99 });
  const ids = Array.from({ length: 20 }, (_, i) => ({ ...OTHER, tenant: String(i) }));
  const answers = await provider.getTenants(ids, callOf());
  expect(answers).toMatchObject(ids.map(() => LATE));
  expect(simulator.requests.length).toBeLessThanOrEqual(2);
  expect(connect.breaker()).toBe('CLOSED');
});

it('silence until the deadline counts as a failure, so that the breaker opens', async () => {
  const { simulator, connect, provider } = await openVendor(100, 8);
  simulator.inject({ kind: 'silence', times: 99 });
  const silenced = () => provider.getTenants([OTHER], callOf());
  await expect.poll(async () => (await silenced()) && connect.breaker(), { timeout: 5000 }).toBe('OPEN');
  const before = simulator.requests.length;
  expect(await silenced()).toMatchObject([{ code: 'unavailable' }]);
  expect(simulator.requests).toHaveLength(before);
});

it('what the vendor had no time for is not its failure', async () => {
  const { simulator, connect, provider } = await openVendor(2000, 8);
  simulator.inject({ kind: 'silence', times: 99 });
  for (let reads = 0; reads < 6; reads += 1) {
    const answers = provider.getTenants([OTHER], { ...callOf(), endsAt: performance.now() + 20 });
    expect(await answers).toMatchObject([OVERDUE]);
  }
  expect(connect.breaker()).toBe('CLOSED');
});
