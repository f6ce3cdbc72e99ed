import { beforeEach, describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../src/domain/duration.ts';
import type { Store } from '../../src/store/database.ts';
import type { Reach } from '../../src/domain/actor.ts';
import {
  claimDueSweeps,
  failSweep,
  finishSweep,
  removeSweepsOfGone,
  saveSweep,
  scheduleSweeps,
  type Sweep,
} from '../../src/store/inventory-sweeps.ts';
import { findSweepStates } from '../../src/store/inventory-sweep-states.ts';
import { noteTenantGone, noteTenants } from '../../src/store/inventory-note-tenants.ts';
import { inventorySweeps } from '../../src/store/tables/inventory.ts';
import { openStoreOfTest, TEST_DATABASES } from '../database.ts';
import { at, tenant } from './inventory-nodes.ts';

const MANY = { limit: 99, perProvider: 99 };
const job = (provider: string, tenant = '') => ({ provider, tenant });
const namesOf = (sweeps: readonly Sweep[]) =>
  sweeps.map(({ provider, tenant }) => `${provider}/${tenant}`).toSorted();

describe.each(TEST_DATABASES)('the sweeps of the inventory on %s', (kind) => {
  let store: Store;
  beforeEach(async () => void (store = await openStoreOfTest(kind)));

  const states = (providers: readonly string[], within: Reach = { everything: true }) =>
    findSweepStates(store, providers, within);
  const claim = (ms: number, how = MANY, providers = ['p', 'q']) =>
    claimDueSweeps(store, providers, at(ms), at(ms + MINUTE), how);
  const only = async (ms: number): Promise<Sweep> => {
    const [sweep, ...more] = await claim(ms);
    if (sweep === undefined || more.length > 0) throw new Error('one job is due');
    return sweep;
  };

  test('are scheduled once, and claimed when they are due', async () => {
    await scheduleSweeps(store, [job('p'), job('p', 't')], at(0));
    await scheduleSweeps(store, [job('p'), job('p', 'u'), job('r')], at(10));
    expect(await claim(-1)).toEqual([]);
    expect(namesOf(await claim(0))).toEqual(['p/', 'p/t']);
    expect(namesOf(await claim(10))).toEqual(['p/u']);
    expect(await claim(11)).toEqual([]);
    expect(await claimDueSweeps(store, [], at(20), at(30), MANY)).toEqual([]);
  });

  test('are taken over, where they stood, when the lease has run out', async () => {
    await scheduleSweeps(store, [job('p')], at(0));
    const first = await only(0);
    expect(first).toEqual({
      ...job('p'),
      leaseUntil: at(MINUTE),
      cursor: null,
      startedAt: at(0),
      finishedAt: null,
      attempts: 0,
    });
    const saved = await saveSweep(store, first, { cursor: 'page 2', leaseUntil: at(2 * MINUTE) });
    expect(await claim(2 * MINUTE - 1)).toEqual([]);
    const next = await only(2 * MINUTE);
    expect(next).toMatchObject({ cursor: 'page 2', startedAt: at(0), leaseUntil: at(3 * MINUTE) });
    for (const late of [first, saved]) {
      if (late === null) throw new Error('it was in hand');
      expect(await saveSweep(store, late, { cursor: 'late', leaseUntil: at(HOUR) })).toBe(null);
      expect(await finishSweep(store, late, at(HOUR), at(HOUR))).toBe(false);
      const failure = { at: at(HOUR), code: 'INTERNAL', message: 'late' } as const;
      expect(await failSweep(store, late, failure, { dueAt: at(HOUR), cursor: null })).toBe(false);
    }
    expect(await finishSweep(store, next, at(2 * MINUTE + 1), at(HOUR))).toBe(true);
    expect(await claim(HOUR - 1)).toEqual([]);
    expect(await only(HOUR)).toMatchObject({
      cursor: null,
      startedAt: at(HOUR),
      finishedAt: at(2 * MINUTE + 1),
    });
  });

  test('are shared out fairly: at most so many of one provider at a time', async () => {
    await scheduleSweeps(
      store,
      ['', 'a', 'b', 'c', 'd'].map((tenant) => job('p', tenant)),
      at(0),
    );
    await scheduleSweeps(store, [job('q'), job('q', 'a')], at(5));
    expect(namesOf(await claim(9, { limit: 2, perProvider: 9 }))).toEqual(['p/', 'q/']);
    expect(namesOf(await claim(9, { limit: 9, perProvider: 1 }))).toEqual([]);
    expect(namesOf(await claim(9, { limit: 9, perProvider: 2 }))).toEqual(['p/a', 'q/a']);
    expect(namesOf(await claim(9 + MINUTE, { limit: 9, perProvider: 1 }))).toEqual(['p/', 'q/']);
  });

  test('keep since when they fail, until one is whole', async () => {
    await scheduleSweeps(store, [job('p')], at(0));
    await scheduleSweeps(store, [job('q')], at(HOUR));
    const fail = async (ms: number, message: string) =>
      failSweep(
        store,
        await only(ms),
        { at: at(ms + 1), code: 'PROVIDER_UNAVAILABLE', message },
        { dueAt: at(ms + 2), cursor: `at ${ms}` },
      );
    expect(await fail(0, 'first')).toBe(true);
    expect(await fail(2, 'second')).toBe(true);
    const failure = { code: 'PROVIDER_UNAVAILABLE', message: 'second', since: at(1) };
    const q = { provider: 'q', failure: null, isWhole: false };
    expect(await states(['p', 'q'])).toEqual([{ provider: 'p', failure, isWhole: false }, q]);
    expect(await states(['q'])).toEqual([q]);
    expect(await states([])).toEqual([]);
    const again = await only(4);
    expect(again).toMatchObject({ cursor: 'at 2', startedAt: at(0), attempts: 2 });
    await finishSweep(store, again, at(5), at(2 * HOUR));
    expect(await states(['p', 'q'])).toEqual([{ provider: 'p', failure: null, isWhole: true }, q]);
  });

  test('tell of each provider the failure that has lasted longest', async () => {
    await scheduleSweeps(store, [job('p'), job('p', 't'), job('q', ''), job('p', 'u')], at(0));
    const sweeps = await claim(0);
    const since: Readonly<Record<string, number>> = { 'p/': 9, 'p/t': 3, 'q/': 5 };
    for (const sweep of sweeps) {
      const name = `${sweep.provider}/${sweep.tenant}`;
      const ms = since[name];
      if (ms === undefined) continue;
      const failure = { at: at(ms), code: 'RATE_LIMITED', message: name } as const;
      await failSweep(store, sweep, failure, { dueAt: at(HOUR), cursor: null });
    }
    const failure = (message: string, ms: number) => ({ code: 'RATE_LIMITED', message, since: at(ms) });
    expect(await states(['q', 'p'])).toEqual([
      { provider: 'p', failure: failure('p/t', 3), isWhole: false },
      { provider: 'q', failure: failure('q/', 5), isWhole: false },
    ]);
    const scopes = [{ provider: 'p', tenant: 'u' }];
    expect(await states(['p'], { everything: false, scopes })).toEqual([
      { provider: 'p', failure: failure('p/', 9), isWhole: false },
    ]);
  });

  test('are whole once the list and every tenant have been looked through, and tell what was passed over', async () => {
    await scheduleSweeps(store, [job('p'), job('p', 't')], at(0));
    const [list, tenant] = (await claim(0)).toSorted((a, b) => a.tenant.length - b.tenant.length);
    if (list === undefined || tenant === undefined) throw new Error('two jobs are due');
    await finishSweep(store, list, at(1), at(HOUR));
    expect(await states(['p'])).toEqual([{ provider: 'p', failure: null, isWhole: false }]);
    const fault = { code: 'PROVIDER_REJECTED', message: 'not these' } as const;
    await finishSweep(store, tenant, at(2), at(HOUR), fault);
    expect(await states(['p'])).toEqual([
      { provider: 'p', failure: { ...fault, since: at(2) }, isWhole: true },
    ]);
  });

  test('have no failures in a row any more once they get on, and are due when they are let go', async () => {
    await scheduleSweeps(store, [job('p')], at(0));
    const [first] = await claim(0);
    if (first === undefined) throw new Error('it is due');
    const failure = { at: at(1), code: 'RATE_LIMITED', message: 'slower' } as const;
    await failSweep(store, first, failure, { dueAt: at(2), cursor: 'here' });
    const [again] = await claim(2);
    if (again === undefined) throw new Error('it is due again');
    expect(again).toMatchObject({ attempts: 1, cursor: 'here' });
    expect(await saveSweep(store, again, { cursor: 'there', leaseUntil: at(3), dueAt: at(9) })).toMatchObject(
      {
        attempts: 0,
      },
    );
    expect(await claim(8)).toEqual([]);
    expect(await claim(9)).toMatchObject([{ attempts: 0, cursor: 'there' }]);
  });

  test('are none of a tenant that is gone, though one was added as it went', async () => {
    const [t, u] = [tenant('t'), tenant('u')];
    await noteTenants(store, [t, u], at(0));
    await scheduleSweeps(store, [job('p'), t.id, u.id], at(0));
    await noteTenantGone(store, t.id, at(5), 'us');
    await scheduleSweeps(store, [t.id, u.id], at(0));
    expect(namesOf(await claim(0))).toEqual(['p/', 'p/u']);
    await store.db.insert(inventorySweeps).values({ ...t.id, dueAt: at(0) });
    await removeSweepsOfGone(store, 'p');
    expect(namesOf(await claim(MINUTE))).toEqual(['p/', 'p/u']);
  });
});

test.runIf(TEST_DATABASES.includes('postgresql'))(
  'replicas that claim at once never hold two sweeps of one provider',
  async () => {
    const store = await openStoreOfTest('postgresql');
    const tenants = ['', ...Array.from({ length: 12 }, (_, i) => `t${i}`)];
    await scheduleSweeps(
      store,
      tenants.flatMap((tenant) => [job('p', tenant), job('q', tenant)]),
      at(0),
    );
    const claims = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        claimDueSweeps(store, ['p', 'q'], at(i), at(HOUR), { limit: 9, perProvider: 1 }),
      ),
    );
    expect(
      claims
        .flat()
        .map(({ provider }) => provider)
        .toSorted(),
    ).toEqual(['p', 'q']);
  },
);
