import { describe, expect, test } from 'vitest';
import { SECOND } from '../../src/domain/duration.ts';
import { deadline } from '../../src/provider-kit/layers/deadline.ts';
import { orAborted } from '../../src/provider-kit/or-aborted.ts';
import { CLIENT, memoryProvider } from './memory-provider.ts';
import { callOf, failing, openMemory, sourcesOf } from './remembering.ts';

describe('readers of the same at once', () => {
  test('share what is being asked, in whatever batches they come', async () => {
    const { read, batches, hold, release } = openMemory();
    hold();
    const all = [read(['a', 'b']), read(['b', 'c']), read(['c', 'a'])];
    release();
    expect((await Promise.all(all)).map(sourcesOf)).toEqual(all.map(() => ['LIVE', 'LIVE']));
    expect(batches).toEqual([['a', 'b'], ['c']]);
  });

  test('do not, where one of them wants it live', async () => {
    const { read, batches, hold, release } = openMemory();
    hold();
    const all = [read(['a']), read(['a'], 0), read(['a'], 0)];
    release();
    await Promise.all(all);
    expect(batches).toEqual([['a'], ['a'], ['a']]);
  });

  test('do not, where it was begun longer ago than one of them allows', async () => {
    const { read, batches, clock, hold, release } = openMemory();
    hold();
    const first = read(['a']);
    clock.pass(SECOND);
    const second = read(['a'], SECOND);
    release();
    await Promise.all([first, second]);
    expect(batches).toEqual([['a'], ['a']]);
  });

  test('it takes the share of the first, and no end of his', async () => {
    const { read, calls } = openMemory();
    const call = callOf(undefined, { endsAt: performance.now() + 60_000 });
    await read(['a'], null, call);
    await read(['b'], null, callOf(undefined, { share: calls }));
    expect(calls.map(({ share }) => share)).toEqual([call, calls]);
    expect(calls.map(({ endsAt }) => endsAt)).toEqual([undefined, undefined]);
  });

  test('who leaves is let go, and ends it for no other', async () => {
    const { read, calls, hold, release } = openMemory();
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
    const { read, calls, batches, hold, release } = openMemory();
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
    const { read, batches } = openMemory();
    await read(['a']);
    await expect(read(['a', 'b'], null, callOf(AbortSignal.abort()))).rejects.toMatchObject({
      code: 'aborted',
    });
    expect(batches.length).toBe(1);
  });

  test('who has no more time is let go at his end, with what is remembered', async () => {
    const { read, hold } = openMemory();
    await read(['a']);
    hold();
    const call = callOf(undefined, { endsAt: performance.now() + 5 });
    expect(await read(['a', 'b'], null, call)).toMatchObject([{ id: { client: 'a' } }, { code: 'timeout' }]);
  });

  test('for who has no time left nothing is asked', async () => {
    const { read, batches } = openMemory();
    await read(['a']);
    const call = callOf(undefined, { endsAt: performance.now() });
    expect(await read(['a', 'b'], null, call)).toMatchObject([{ id: { client: 'a' } }, { code: 'timeout' }]);
    expect(batches).toEqual([['a']]);
  });

  test('who has all the time there is waits as long as it takes', async () => {
    const { read } = openMemory();
    expect(sourcesOf(await read(['a'], null, callOf(undefined, { endsAt: Infinity })))).toEqual(['LIVE']);
  });

  test('one who has asked for too much spoils nobody else’s answer', async () => {
    const greedy = {};
    const { read } = openMemory({
      async getClients(ids, { share }) {
        await Promise.resolve();
        return ids.map((id) => (share === greedy ? failing('rate_limited') : { ...CLIENT, id }));
      },
    });
    const answers = [read(['a'], null, callOf(undefined, { share: greedy })), read(['a'])];
    expect(await Promise.all(answers)).toMatchObject([[{ code: 'rate_limited' }], [{ id: { client: 'a' } }]]);
  });

  test('those whose answer one has spoilt share another', async () => {
    const greedy = {};
    let asked = 0;
    const { read } = openMemory({
      async getClients(ids, { share }) {
        asked += 1;
        await Promise.resolve();
        return ids.map((id) => (share === greedy ? failing('rate_limited') : { ...CLIENT, id }));
      },
    });
    const spoilt = read(['a'], null, callOf(undefined, { share: greedy }));
    const answers = await Promise.all([spoilt, ...Array.from({ length: 50 }, () => read(['a']))]);
    expect(answers.slice(1)).toMatchObject(Array.from({ length: 50 }, () => [{ id: { client: 'a' } }]));
    expect(asked).toBe(2);
  });

  test('a vendor that refuses each of them is asked once more, for all', async () => {
    let asked = 0;
    const { read } = openMemory({
      async getClients(ids) {
        asked += 1;
        await Promise.resolve();
        return ids.map(() => failing('rate_limited'));
      },
    });
    const answers = await Promise.all(Array.from({ length: 50 }, () => read(['a'])));
    expect(answers).toMatchObject(Array.from({ length: 50 }, () => [{ code: 'rate_limited' }]));
    expect(asked).toBe(2);
  });

  test('one who asked for more than there was time for spoils nobody else’s answer, and it is not remembered', async () => {
    const greedy = {};
    let asked = 0;
    const inTime = deadline(
      memoryProvider({
        async getClients(ids, { share, signal }) {
          asked += 1;
          if (share === greedy) await orAborted(() => new Promise(() => {}), signal);
          return ids.map((id) => ({ ...CLIENT, id }));
        },
      }),
      30,
    );
    const { read } = openMemory({ getClients: (ids, call) => inTime.getClients(ids, call) });
    const large = read(['a', 'b'], null, callOf(undefined, { share: greedy }));
    expect(await Promise.all([large, read(['a'])])).toMatchObject([
      [{ code: 'timeout' }, { code: 'timeout' }],
      [{ id: { client: 'a' } }],
    ]);
    expect(await read(['b'])).toMatchObject([{ id: { client: 'b' } }]);
    expect(asked).toBe(3);
  });

  test('that the vendor was too slow is so for all of them', async () => {
    let asked = 0;
    const { read } = openMemory({
      async getClients(ids) {
        asked += 1;
        return ids.map(() => failing('timeout'));
      },
    });
    const late = [{ code: 'timeout' }];
    expect(await Promise.all([read(['a']), read(['a'])])).toMatchObject([late, late]);
    expect(asked).toBe(1);
  });

  test('a fault of ours rejects for all who share it, and is not remembered', async () => {
    let asked = 0;
    const { read } = openMemory({
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
