import { describe, expect, test } from 'vitest';
import { pageOf } from '../../src/domain/page.ts';
import { TENANT } from './memory-provider.ts';
import { callOf, idOf, openMemory, PAGE, sourcesOf } from './remembering.ts';

describe('what was forgotten', () => {
  test('is asked for anew: that tenant, and lists of tenants', async () => {
    let lists = 0;
    const { memory, batches } = openMemory({
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
    const { memory, read, batches, hold, release } = openMemory();
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
    const { memory, read } = openMemory();
    await read(['a']);
    memory.forget('t');
    for (let i = 0; i < 3000; i += 1) memory.forget(`tenant ${i}`);
    expect(sourcesOf(await read(['a']))).toEqual(['LIVE']);
    expect(sourcesOf(await read(['a']))).toEqual(['CACHE']);
  });

  test('is everything, as long as writes are not heard of; nothing is shared then', async () => {
    let isInformed = true;
    const { read, batches, hold, release } = openMemory({}, { isInformed: () => isInformed });
    await read(['a']);
    isInformed = false;
    hold();
    const all = [read(['a']), read(['a'])];
    release();
    expect((await Promise.all(all)).map(sourcesOf)).toEqual([['LIVE'], ['LIVE']]);
    expect(batches.length).toBe(3);
  });
});
