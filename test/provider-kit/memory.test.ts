import { describe, expect, test } from 'vitest';
import type { Client } from '../../src/domain/client.ts';
import { SECOND } from '../../src/domain/duration.ts';
import type { ClientId } from '../../src/domain/ids.ts';
import { pageOf, type PageRequest } from '../../src/domain/page.ts';
import { SecretValue } from '../../src/domain/secret-value.ts';
import { guard } from '../../src/provider-kit/layers/guard.ts';
import { createMemory, type MemoryOptions } from '../../src/provider-kit/layers/memory.ts';
import type { Call, Provider } from '../../src/provider-kit/provider.ts';
import { ProviderError, type ProviderErrorCode } from '../../src/provider-kit/provider-error.ts';
import { testClock } from '../test-clock.ts';
import { CLIENT, memoryProvider, SECRET, TENANT } from './memory-provider.ts';

const PAGE: PageRequest = { limit: 10, direction: 'forward', cursor: null, withTotal: false };
const SECRETS = { ...PAGE, status: null };
const idOf = (client: string, tenant = 't'): ClientId => ({ provider: 'memory', tenant, client });
const callOf = (signal = new AbortController().signal, more: Partial<Call> = {}): Call => ({
  signal,
  requestId: 'r',
  ...more,
});

function open(methods: Partial<Provider> = {}, options: Partial<MemoryOptions> = {}) {
  const clock = testClock();
  const batches: string[][] = [];
  const calls: Call[] = [];
  /** Each as of now, so that who reads sees when it was read. */
  const clientOf = (id: ClientId): Client => ({
    ...CLIENT,
    id,
    freshness: { asOf: clock.now(), source: 'LIVE' },
  });
  const held: (() => void)[] = [];
  let isHeld = false;
  const provider = memoryProvider({
    async getClients(ids, call) {
      batches.push(ids.map(({ client }) => client));
      calls.push(call);
      if (isHeld) await new Promise<void>((resolve) => held.push(resolve));
      return ids.map((id) => (id.client === 'none' ? null : clientOf(id)));
    },
    ...methods,
  });
  const memory = createMemory(provider, { clock, memoryMs: 2 * SECOND, isInformed: () => true, ...options });
  const read = (ids: readonly string[], maxStalenessMs: number | null = null, call = callOf()) =>
    memory.reads(maxStalenessMs).getClients(
      ids.map((id) => idOf(id)),
      call,
    );
  return {
    clock,
    memory,
    read,
    batches,
    calls,
    hold: () => void (isHeld = true),
    release: () => {
      isHeld = false;
      for (const go of held.splice(0)) go();
    },
  };
}

const sourcesOf = (answers: readonly (Client | null | ProviderError)[]) =>
  answers.map((answer) =>
    answer === null || answer instanceof ProviderError ? answer : answer.freshness.source,
  );
const failing = (code: ProviderErrorCode, retryAfterMs: number | null = null) =>
  new ProviderError(code, 'No.', { retryAfterMs });

describe('what was read of late', () => {
  test('is answered from memory, and says so and of when it is', async () => {
    const { read, clock, batches } = open();
    const [first] = await read(['a']);
    clock.pass(SECOND);
    const [again] = await read(['a']);
    expect(first).toMatchObject({ freshness: { source: 'LIVE' } });
    const asOf = new Date(clock.now().getTime() - SECOND);
    expect(again).toEqual({ ...(first as Client), freshness: { asOf, source: 'CACHE' } });
    expect((await read(['a']))[0]).toBe(again);
    expect(batches).toEqual([['a']]);
  });

  test('is asked for anew once it is as old as the provider is configured, or as the reader wants it', async () => {
    const { read, clock, batches } = open();
    await read(['a']);
    clock.pass(2 * SECOND - 1);
    expect(sourcesOf(await read(['a']))).toEqual(['CACHE']);
    expect(sourcesOf(await read(['a'], SECOND))).toEqual(['LIVE']);
    clock.pass(2 * SECOND);
    expect(sourcesOf(await read(['a'], 3 * SECOND))).toEqual(['CACHE']);
    expect(sourcesOf(await read(['a']))).toEqual(['LIVE']);
    expect(batches.length).toBe(3);
  });

  test('is as old as the beginning of the read that gave it', async () => {
    const { read, clock, hold, release } = open();
    hold();
    const reading = read(['a']);
    clock.pass(2 * SECOND);
    release();
    expect(sourcesOf(await reading)).toEqual(['LIVE']);
    expect(sourcesOf(await read(['a']))).toEqual(['LIVE']);
  });

  test('is left alone by who wants it live, and what he reads is remembered', async () => {
    const { read, batches } = open();
    await read(['a']);
    expect(sourcesOf(await read(['a'], 0))).toEqual(['LIVE']);
    expect(sourcesOf(await read(['a']))).toEqual(['CACHE']);
    expect(batches.length).toBe(2);
  });

  test('costs one question for what is not remembered of a batch; answers come in key order, repeats kept', async () => {
    const { read, batches } = open();
    await read(['a', 'c']);
    const answers = await read(['d', 'a', 'b', 'c', 'd']);
    expect(answers.map((it) => (it as Client).id.client)).toEqual(['d', 'a', 'b', 'c', 'd']);
    expect(sourcesOf(answers)).toEqual(['LIVE', 'CACHE', 'LIVE', 'CACHE', 'LIVE']);
    expect(batches).toEqual([
      ['a', 'c'],
      ['d', 'b'],
    ]);
  });

  test('keeps pages apart by their parents and by what was asked of them', async () => {
    const asked: unknown[] = [];
    const { memory } = open({
      async listSecrets(of, page) {
        asked.push([of.map(({ client }) => client), page.limit, page.status]);
        return of.map((id) =>
          pageOf([{ ...SECRET, id: { ...id, secret: 's' } }], (it) => it.id.secret, page),
        );
      },
    });
    const list = (client: string, page = {}) =>
      memory.reads(null).listSecrets([idOf(client)], { ...SECRETS, ...page }, callOf());
    await list('a');
    await list('b');
    await list('a', { limit: 5 });
    await list('a', { status: ['ACTIVE'] });
    const [page] = await list('a');
    expect(asked).toEqual([
      [['a'], 10, null],
      [['b'], 10, null],
      [['a'], 5, null],
      [['a'], 10, ['ACTIVE']],
    ]);
    expect(page).toMatchObject({
      items: [{ node: { id: { client: 'a' }, freshness: { source: 'CACHE' } } }],
    });
  });

  test('keeps lists of tenants, and their errors, which are thrown', async () => {
    let asked = 0;
    const { memory, clock } = open({
      async listTenants(page) {
        asked += 1;
        if (page.limit === 1) throw failing('unavailable');
        return pageOf([TENANT], ({ id }) => id.tenant, page);
      },
    });
    const list = (limit: number) => memory.reads(null).listTenants({ ...PAGE, limit }, callOf());
    await list(10);
    expect((await list(10)).items).toMatchObject([{ node: { freshness: { source: 'CACHE' } } }]);
    await expect(list(1)).rejects.toMatchObject({ code: 'unavailable' });
    await expect(list(1)).rejects.toMatchObject({ code: 'unavailable' });
    expect(asked).toBe(2);
    clock.pass(SECOND / 2);
    await expect(list(1)).rejects.toMatchObject({ code: 'unavailable' });
    expect(asked).toBe(3);
  });

  test('is remembered for half a second where nothing was there', async () => {
    const { read, clock, batches } = open();
    await read(['none']);
    clock.pass(SECOND / 2 - 1);
    expect(await read(['none'], 3 * SECOND)).toEqual([null]);
    expect(batches.length).toBe(1);
    clock.pass(1);
    await read(['none'], 3 * SECOND);
    expect(batches.length).toBe(2);
  });

  test.each([
    ['unavailable', null, 1],
    ['forbidden', null, 1],
    ['rate_limited', 1000, 1],
    ['rate_limited', null, 2],
    ['aborted', null, 2],
    ['invalid_input', null, 2],
  ] as const)(
    'a failure: %s, to be tried again after %s ms, costs %d questions of two',
    async (code, after, cost) => {
      let asked = 0;
      const { read, clock } = open({
        async getClients(ids) {
          asked += 1;
          return ids.map(() => failing(code, after));
        },
      });
      const first = await read(['a']);
      const second = await read(['a']);
      expect([first, second]).toMatchObject([[{ code }], [{ code }]]);
      expect(asked).toBe(cost);
      clock.pass(SECOND / 2);
      await read(['a']);
      expect(asked).toBe(cost + 1);
    },
  );

  test('fails for each of its keys where the read failed as a whole', async () => {
    const { read } = open({ getClients: () => Promise.reject(failing('unavailable')) });
    expect(await read(['a', 'b'])).toMatchObject([{ code: 'unavailable' }, { code: 'unavailable' }]);
  });

  test('is bounded: what was wanted longest ago goes first', async () => {
    const { read, batches } = open({}, { size: 3 });
    await read(['a', 'b', 'c']);
    await read(['a']);
    await read(['d']);
    expect(sourcesOf(await read(['a', 'c', 'd']))).toEqual(['CACHE', 'CACHE', 'CACHE']);
    expect(sourcesOf(await read(['b']))).toEqual(['LIVE']);
    expect(batches.length).toBe(3);
  });

  test('is never a value: what holds one is refused before it is remembered', async () => {
    const value = new SecretValue('canary-of-the-memory');
    const leaky: Partial<Provider> = {
      // A provider that breaks its contract.
      getClients: async (ids) => ids.map((id) => Object.assign({}, CLIENT, { id, value })),
    };
    const memory = createMemory(guard(memoryProvider(leaky)), {
      clock: testClock(),
      memoryMs: 2 * SECOND,
      isInformed: () => true,
    });
    for (let i = 0; i < 2; i += 1) {
      const answers = await memory.reads(null).getClients([idOf('a')], callOf());
      expect(answers).toMatchObject([{ code: 'malformed' }]);
      expect(answers.some((answer) => answer !== null && 'value' in answer)).toBe(false);
    }
  });

  test('is never remembered where the provider is configured so', async () => {
    const { read, batches } = open({}, { memoryMs: 0 });
    await read(['a']);
    expect(sourcesOf(await read(['a'], 10 * SECOND))).toEqual(['LIVE']);
    expect(batches.length).toBe(2);
  });
});

describe('readers of the same at once', () => {
  test('share what is being asked, in whatever batches they come', async () => {
    const { read, batches, hold, release } = open();
    hold();
    const all = [read(['a', 'b']), read(['b', 'c']), read(['c', 'a'])];
    release();
    expect((await Promise.all(all)).map(sourcesOf)).toEqual(all.map(() => ['LIVE', 'LIVE']));
    expect(batches).toEqual([['a', 'b'], ['c']]);
  });

  test('do not, where one of them wants it live', async () => {
    const { read, batches, hold, release } = open();
    hold();
    const all = [read(['a']), read(['a'], 0), read(['a'], 0)];
    release();
    await Promise.all(all);
    expect(batches).toEqual([['a'], ['a'], ['a']]);
  });

  test('do not, where it was begun longer ago than one of them allows', async () => {
    const { read, batches, clock, hold, release } = open();
    hold();
    const first = read(['a']);
    clock.pass(SECOND);
    const second = read(['a'], SECOND);
    release();
    await Promise.all([first, second]);
    expect(batches).toEqual([['a'], ['a']]);
  });

  test('it takes the share of the first, and no end of his', async () => {
    const { read, calls } = open();
    const call = callOf(undefined, { endsAt: performance.now() + 60_000 });
    await read(['a'], null, call);
    await read(['b'], null, callOf(undefined, { share: calls }));
    expect(calls.map(({ share }) => share)).toEqual([call, calls]);
    expect(calls.map(({ endsAt }) => endsAt)).toEqual([undefined, undefined]);
  });

  test('who leaves is let go, and ends it for no other', async () => {
    const { read, calls, hold, release } = open();
    const leaving = new AbortController();
    hold();
    const first = read(['a'], null, callOf(leaving.signal));
    const second = read(['a']);
    leaving.abort();
    await expect(first).rejects.toMatchObject({ code: 'aborted' });
    expect(calls[0]?.signal.aborted).toBe(false);
    release();
    expect(sourcesOf(await second)).toEqual(['LIVE']);
  });

  test('when the last has left it is ended, and who comes then begins another', async () => {
    const { read, calls, batches, hold, release } = open();
    const leaving = new AbortController();
    hold();
    const all = [read(['a'], null, callOf(leaving.signal)), read(['a', 'b'], null, callOf(leaving.signal))];
    leaving.abort();
    expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(calls.map(({ signal }) => signal.aborted)).toEqual([true, true]);
    const late = read(['a']);
    release();
    expect(sourcesOf(await late)).toEqual(['LIVE']);
    expect(batches.length).toBe(3);
  });

  test('who has left before gets nothing, not even what is remembered', async () => {
    const { read, batches } = open();
    await read(['a']);
    await expect(read(['a', 'b'], null, callOf(AbortSignal.abort()))).rejects.toMatchObject({
      code: 'aborted',
    });
    expect(batches.length).toBe(1);
  });

  test('who has no more time is let go at his end, with what is remembered', async () => {
    const { read, hold } = open();
    await read(['a']);
    hold();
    const call = callOf(undefined, { endsAt: performance.now() + 5 });
    expect(await read(['a', 'b'], null, call)).toMatchObject([{ id: { client: 'a' } }, { code: 'timeout' }]);
  });

  test('for who has no time left nothing is asked', async () => {
    const { read, batches } = open();
    await read(['a']);
    const call = callOf(undefined, { endsAt: performance.now() });
    expect(await read(['a', 'b'], null, call)).toMatchObject([{ id: { client: 'a' } }, { code: 'timeout' }]);
    expect(batches).toEqual([['a']]);
  });

  test('who has all the time there is waits as long as it takes', async () => {
    const { read } = open();
    expect(sourcesOf(await read(['a'], null, callOf(undefined, { endsAt: Infinity })))).toEqual(['LIVE']);
  });

  test('one who has asked for too much spoils nobody else’s answer', async () => {
    const greedy = {};
    const { read } = open({
      async getClients(ids, { share }) {
        await Promise.resolve();
        return ids.map((id) => (share === greedy ? failing('rate_limited') : { ...CLIENT, id }));
      },
    });
    const answers = [read(['a'], null, callOf(undefined, { share: greedy })), read(['a'])];
    expect(await Promise.all(answers)).toMatchObject([[{ code: 'rate_limited' }], [{ id: { client: 'a' } }]]);
  });

  test('a fault of ours rejects for all who share it, and is not remembered', async () => {
    let asked = 0;
    const { read } = open({
      async getClients() {
        asked += 1;
        throw new TypeError('ours');
      },
    });
    const all = await Promise.allSettled([read(['a']), read(['a'])]);
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(read(['a'])).rejects.toThrow('ours');
    expect(asked).toBe(2);
  });
});

describe('what was forgotten', () => {
  test('is asked for anew: that tenant, and lists of tenants', async () => {
    let lists = 0;
    const { memory, batches } = open({
      async listTenants(page) {
        lists += 1;
        return pageOf([TENANT], ({ id }) => id.tenant, page);
      },
    });
    const readAll = async () => {
      const reads = memory.reads(null);
      await reads.listTenants(PAGE, callOf());
      return sourcesOf(await reads.getClients([idOf('a', 't'), idOf('a', 'u')], callOf()));
    };
    await readAll();
    memory.forget('t');
    expect(await readAll()).toEqual(['LIVE', 'CACHE']);
    expect(lists).toBe(2);
    memory.forget(null);
    expect(await readAll()).toEqual(['LIVE', 'LIVE']);
    expect([lists, batches.length]).toEqual([3, 3]);
  });

  test('is not joined any more, and what comes of it is not remembered', async () => {
    const { memory, read, batches, hold, release } = open();
    hold();
    const before = read(['a']);
    memory.forget('t');
    const after = read(['a']);
    release();
    await Promise.all([before, after]);
    expect(batches).toEqual([['a'], ['a']]);

    hold();
    const old = read(['b']);
    memory.forget('t');
    release();
    await old;
    expect(sourcesOf(await read(['b']))).toEqual(['LIVE']);
  });

  test('stays so, however many tenants are written to', async () => {
    const { memory, read } = open();
    await read(['a']);
    memory.forget('t');
    for (let i = 0; i < 3000; i += 1) memory.forget(`tenant ${i}`);
    expect(sourcesOf(await read(['a']))).toEqual(['LIVE']);
    expect(sourcesOf(await read(['a']))).toEqual(['CACHE']);
  });

  test('is everything, as long as writes are not heard of; nothing is shared then', async () => {
    let isInformed = true;
    const { read, batches, hold, release } = open({}, { isInformed: () => isInformed });
    await read(['a']);
    isInformed = false;
    hold();
    const all = [read(['a']), read(['a'])];
    release();
    expect((await Promise.all(all)).map(sourcesOf)).toEqual([['LIVE'], ['LIVE']]);
    expect(batches.length).toBe(3);
  });
});
