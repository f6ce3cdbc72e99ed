import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../../src/domain/duration.ts';
import type { FaultKind } from '../../../src/provider-kit/simulator-fault.ts';
import {
  failed,
  JOB,
  LIST,
  openZstack,
  sending,
  replacement,
  UPDATE,
  type Opened,
  type OpenOptions,
} from './open-zstack.ts';

const isUpdate = ({ path }: { readonly path: string }) => path.endsWith('/update/oauth2/client');
const isJob = ({ path }: { readonly path: string }) => path.includes('/api-jobs/');

interface Ready extends Opened {
  write(): Promise<unknown>;
  /** What is in the slot now. */
  inSlot(): string | null | undefined;
  readonly old: string;
}

/** Logged in, with a secret to be replaced. */
async function openSlot(options: OpenOptions = {}): Promise<Ready> {
  const it = await openZstack(options);
  const { id, value: old } = it.seedSecret();
  await it.provider.getSecrets([id], it.call);
  it.requests();
  return {
    ...it,
    old,
    write: async () => it.provider.replaceSecret?.(id, replacement('new'), it.call),
    inSlot: () => it.simulator.client(id.client)?.secret,
  };
}

describe('a write, which is a job', () => {
  test('is waited for, at an address of the configured host', async () => {
    const it = await openSlot();
    it.simulator.settings.pollsUntilDone = 3;
    const before = it.clock.now().getTime();
    await it.write();
    expect(it.requests()).toEqual({ [LIST]: 1, [UPDATE]: 1, [JOB]: 4 });
    expect(it.clock.now().getTime() - before).toBe(250 + 500 + SECOND);
    expect(new Set(it.simulator.requests.map(({ headers }) => headers['host'])).size).toBe(1);
  });

  test('has a uuid of version 4, without dashes, that nobody had before', async () => {
    const it = await openSlot();
    await it.write();
    await it.write();
    const uuids = it.simulator.requests.flatMap(({ headers }) => headers['x-job-uuid'] ?? []);
    expect(uuids).toHaveLength(2);
    expect(new Set(uuids).size).toBe(2);
    expect(uuids.filter((uuid) => !/^[\da-f]{12}4[\da-f]{3}[89ab][\da-f]{15}$/.test(uuid))).toEqual([]);
  });

  test('is done where it is answered at once, as the explorer has it', async () => {
    const it = await openSlot();
    it.simulator.settings.isSynchronous = true;
    await it.write();
    expect(it.requests()).toEqual({ [LIST]: 1, [UPDATE]: 1 });
    expect(it.inSlot()).toBe('new');
  });

  test('is found under the uuid that ZStack names, where a proxy has taken ours out', async () => {
    const it = await openSlot({
      connect: sending((upstream) => (request, call) => {
        const { 'x-job-uuid': _uuid, ...headers } = request.headers ?? {};
        return upstream.send({ ...request, headers }, call);
      }),
    });
    await it.write();
    expect(it.inSlot()).toBe('new');
  });

  test.each([
    ['not_found', 'SYS.1003', 'no'],
    ['forbidden', 'ID.1002', 'no'],
    ['invalid_input', 'SYS.1007', 'no'],
    ['rejected', 'SYS.1006', 'no'],
    ['rejected', 'SYS.1000', 'maybe'],
    ['timeout', 'SYS.1001', 'maybe'],
    ['unavailable', 'PORTAL.1002', 'maybe'],
  ])(
    'that failed is %s for %s, applied %s; it is neither asked for nor sent again',
    async (code, vendorCode, applied) => {
      const it = await openSlot();
      it.simulator.inject({ match: isJob, times: 9, kind: failed(vendorCode) });
      const uuid = () => it.simulator.requests.findLast(isUpdate)?.headers['x-job-uuid'];
      const failure = await it.write().catch((error: unknown) => error);
      expect(failure).toMatchObject({ code, applied, vendorRequestId: uuid() });
      expect(it.requests()).toEqual({ [LIST]: 1, [UPDATE]: 1, [JOB]: 1 });
    },
  );

  test.each([true, false])(
    'that does not end is given up, in doubt, after a minute or a number of polls: clock running %s',
    async (isClockRunning) => {
      const it = await openSlot({ isClockRunning });
      it.simulator.settings.pollsUntilDone = Infinity;
      const before = it.clock.now().getTime();
      await expect(it.write()).rejects.toMatchObject({
        code: 'timeout',
        applied: 'maybe',
        hint: expect.stringContaining('Read the client again'),
        vendorRequestId: expect.stringMatching(/^[\da-f]{32}$/),
      });
      const passed = it.clock.now().getTime() - before;
      expect(passed).toBeLessThan(MINUTE + SECOND);
      expect(passed >= MINUTE || !isClockRunning).toBe(true);
      expect(it.requests()[JOB]).toBeLessThanOrEqual(70);
    },
  );

  test('that ZStack has forgotten is in doubt', async () => {
    const it = await openSlot();
    it.simulator.inject({ match: isJob, kind: { status: 404, body: 'the job has been expired' } });
    await expect(it.write()).rejects.toMatchObject({ code: 'unavailable', applied: 'maybe' });
  });

  test.each<[string, FaultKind]>([
    ['unavailable', { status: 502 }],
    ['malformed', 'html'],
    ['unavailable', 'reset'],
  ])('that cannot be asked for is %s, in doubt', async (code, kind) => {
    const it = await openSlot();
    it.simulator.inject({ match: isJob, times: 9, kind });
    await expect(it.write()).rejects.toMatchObject({ code, applied: 'maybe' });
    expect(it.inSlot()).toBe('new');
  });

  test('whose caller leaves while it is waited for is in doubt', async () => {
    const it = await openSlot();
    it.simulator.settings.pollsUntilDone = Infinity;
    const caller = new AbortController();
    const { id } = it.seedSecret();
    const call = { ...it.call, signal: caller.signal };
    const failure = it.provider
      .replaceSecret?.(id, replacement('new'), call)
      .catch((error: unknown) => error);
    await expect.poll(() => it.simulator.requests.some(isJob), { interval: 1 }).toBe(true);
    caller.abort();
    expect(await failure).toMatchObject({ code: 'aborted', applied: 'maybe' });
  });
});

describe('a write whose answer is lost', () => {
  test.each<FaultKind>(['lost-reply', 'reset-mid-body', 'half-json', 'empty'])(
    'is found by the uuid of its job: %s',
    async (kind) => {
      const it = await openSlot();
      it.simulator.settings.pollsUntilDone = 2;
      it.simulator.inject({ match: isUpdate, kind });
      await it.write();
      expect(it.requests()).toEqual({ [LIST]: 1, [UPDATE]: 1, [JOB]: 3 });
      expect(it.inSlot()).toBe('new');
    },
  );

  test('and that failed is told as failed', async () => {
    const it = await openSlot();
    it.simulator.inject({ match: isUpdate, kind: 'lost-reply' });
    it.simulator.inject({ match: isJob, kind: failed('SYS.1006') });
    await expect(it.write()).rejects.toMatchObject({ code: 'rejected', applied: 'no' });
  });

  test('and of which ZStack knows no job fails as it was lost', async () => {
    const it = await openSlot();
    it.simulator.inject({ match: isUpdate, kind: 'reset' });
    await expect(it.write()).rejects.toMatchObject({ code: 'unavailable', applied: 'maybe' });
    expect(it.requests()).toEqual({ [LIST]: 1, [UPDATE]: 1, [JOB]: 1 });
    expect(it.inSlot()).toBe(it.old);
  });

  test('because ZStack has seen its job uuid before is the one it saw', async () => {
    const it = await openSlot({
      // As a proxy does that sends again what it got no answer to.
      connect: sending((upstream) => async (request, call) => {
        if (isUpdate(request)) await upstream.send(request, call);
        return upstream.send(request, call);
      }),
    });
    await it.write();
    expect(it.requests()).toEqual({ [LIST]: 1, [UPDATE]: 2, [JOB]: 1 });
    expect(it.inSlot()).toBe('new');
  });
});

test('refusals, which ZStack gives with a 503, are no outage', async () => {
  const it = await openSlot({ limits: { failuresToBreak: 2 } });
  it.simulator.inject({ match: isUpdate, times: 5, kind: failed('SYS.1006') });
  for (let i = 0; i < 5; i += 1) await expect(it.write()).rejects.toMatchObject({ code: 'rejected' });
  await it.write();
  expect(it.inSlot()).toBe('new');
});
