import { describe, expect, test } from 'vitest';
import type { Client } from '../../src/domain/client.ts';
import { SECOND } from '../../src/domain/duration.ts';
import { pageOf } from '../../src/domain/page.ts';
import { SecretValue } from '../../src/domain/secret-value.ts';
import { guard } from '../../src/provider-kit/layers/guard.ts';
import { createMemory } from '../../src/provider-kit/layers/memory.ts';
import type { Provider } from '../../src/provider-kit/provider.ts';
import { testClock } from '../test-clock.ts';
import { CLIENT, memoryProvider, SECRET, TENANT } from './memory-provider.ts';
import { callOf, failing, idOf, openMemory, PAGE, SECRETS, sourcesOf } from './remembering.ts';

describe('what was read of late', () => {
  test('is answered from memory, and says so and of when it is', async () => {
    const { read, clock, batches } = openMemory();
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
    const { read, clock, batches } = openMemory();
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
    const { read, clock, hold, release } = openMemory();
    hold();
    const reading = read(['a']);
    clock.pass(2 * SECOND);
    release();
    expect(sourcesOf(await reading)).toEqual(['LIVE']);
    expect(sourcesOf(await read(['a']))).toEqual(['LIVE']);
  });

  test('is left alone by who wants it live, and what he reads is remembered', async () => {
    const { read, batches } = openMemory();
    await read(['a']);
    expect(sourcesOf(await read(['a'], 0))).toEqual(['LIVE']);
    expect(sourcesOf(await read(['a']))).toEqual(['CACHE']);
    expect(batches.length).toBe(2);
  });

  test('costs one question for what is not remembered of a batch; answers come in key order, repeats kept', async () => {
    const { read, batches } = openMemory();
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
    const { memory } = openMemory({
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
    const { memory, clock } = openMemory({
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
    const { read, clock, batches } = openMemory();
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
      const { read, clock } = openMemory({
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

  test('a failure is remembered from when it came, however long the read took; it is asked anew for who wants it live', async () => {
    let asked = 0;
    const it = openMemory({
      async getClients(ids) {
        asked += 1;
        it.clock.pass(2 * SECOND);
        return ids.map(() => failing('timeout'));
      },
    });
    await it.read(['a']);
    it.clock.pass(SECOND / 2 - 1);
    expect(await it.read(['a'])).toMatchObject([{ code: 'timeout' }]);
    expect(asked).toBe(1);
    await it.read(['a'], 0);
    expect(asked).toBe(2);
    it.clock.pass(SECOND / 2);
    await it.read(['a']);
    expect(asked).toBe(3);
  });

  test('fails for each of its keys where the read failed as a whole', async () => {
    const { read } = openMemory({ getClients: () => Promise.reject(failing('unavailable')) });
    expect(await read(['a', 'b'])).toMatchObject([{ code: 'unavailable' }, { code: 'unavailable' }]);
  });

  test('is bounded: what was wanted longest ago goes first', async () => {
    const { read, batches } = openMemory({}, { size: 3 });
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
    const { read, batches } = openMemory({}, { memoryMs: 0 });
    await read(['a']);
    expect(sourcesOf(await read(['a'], 10 * SECOND))).toEqual(['LIVE']);
    expect(batches.length).toBe(2);
  });
});
