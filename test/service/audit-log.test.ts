import { describe, expect, test } from 'vitest';
import { openAuditLog } from '../../src/service/audit-log.ts';
import type { AuditDraft } from '../../src/store/audit-chain.ts';

const draft = (action: string): AuditDraft => ({
  operationId: 'o',
  at: new Date(0),
  actorId: 'a',
  actor: 'a',
  action,
  subject: null,
  provider: null,
  tenant: null,
  outcome: 'STARTED',
  code: null,
  requestId: 'r',
  vendorRequestId: null,
  reason: null,
});

const SLOW = { intentMs: 1000, outcomeMs: 1000 };
const QUICK = { intentMs: 20, outcomeMs: 20 };
const tooLate = () => draft('nothing was done');

/** A database that commits when it is told to. */
function slowStore() {
  const batches: string[][] = [];
  const commits: (() => void)[] = [];
  const append = (drafts: readonly AuditDraft[]) =>
    new Promise<void>((resolve) => {
      batches.push(drafts.map(({ action }) => action));
      commits.push(resolve);
    });
  return { append, batches, commitNext: () => commits.shift()?.() };
}

describe('the audit log', () => {
  test('what comes while a transaction runs goes together into the next', async () => {
    const store = slowStore();
    const log = openAuditLog(store.append, SLOW);
    const all = ['a', 'b', 'c'].map((action) => log.conclude([draft(action)]));
    store.commitNext();
    await all[0];
    await new Promise(setImmediate);
    store.commitNext();
    await Promise.all(all);
    expect(store.batches).toEqual([['a'], ['b', 'c']]);
  });

  test('a transaction holds no more than 250 events, and an intent stays with its outcome', async () => {
    const sizes: number[] = [];
    const log = openAuditLog(async (drafts) => void sizes.push(drafts.length), SLOW);
    await Promise.all(Array.from({ length: 300 }, () => log.conclude([draft('x'), draft('y')])));
    expect(Math.max(...sizes)).toBe(250);
    expect(sizes.every((size) => size % 2 === 0)).toBe(true);
    expect(sizes.reduce((total, size) => total + size, 0)).toBe(600);
  });

  test('what cannot be written fails, and the log goes on', async () => {
    let broken = true;
    const log = openAuditLog(async () => {
      if (broken) throw new Error('no database');
    }, SLOW);
    await expect(log.intend(draft('a'), tooLate)).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    broken = false;
    await expect(log.intend(draft('b'), tooLate)).resolves.toBeUndefined();
  });

  test('what cannot be written fails alone, however much goes with it, and the order stays', async () => {
    const written: string[] = [];
    const log = openAuditLog(async (drafts) => {
      if (drafts.some(({ action }) => action === 'bad')) throw new Error('not to be stored');
      written.push(...drafts.map(({ action }) => action));
    }, SLOW);
    const entries = [['first'], ['a', 'b'], ['bad'], ['c'], ['bad', 'd'], ['e']];
    const results = await Promise.allSettled(entries.map((actions) => log.conclude(actions.map(draft))));
    expect(results.map(({ status }) => status === 'fulfilled')).toEqual([
      true,
      true,
      false,
      true,
      false,
      true,
    ]);
    expect(written).toEqual(['first', 'a', 'b', 'c', 'e']);
  });

  test('an intent whose time ends while its batch fails is not written when the rest is', async () => {
    const written: string[][] = [];
    const fails: (() => void)[] = [];
    const log = openAuditLog(
      (drafts) =>
        new Promise<void>((resolve, reject) => {
          const actions = drafts.map(({ action }) => action);
          if (actions.length > 1) return fails.push(() => reject(new Error('no database')));
          written.push(actions);
          return resolve();
        }),
      { intentMs: 20, outcomeMs: 1000 },
    );
    const all = [log.conclude([draft('first')]), log.conclude([draft('outcome')])];
    await expect(log.intend(draft('intent'), tooLate)).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    fails.forEach((fail) => fail());
    await Promise.all(all);
    await log.conclude([draft('last')]);
    expect(written).toEqual([['first'], ['outcome'], ['last']]);
  });

  test('an intent that still waits at the time limit is withdrawn', async () => {
    const store = slowStore();
    const log = openAuditLog(store.append, QUICK);
    const first = log.conclude([draft('a')]).catch(() => undefined);
    await expect(log.intend(draft('b'), tooLate)).rejects.toMatchObject({
      code: 'AUDIT_UNAVAILABLE',
      retryable: true,
    });
    await first;
    store.commitNext();
    const third = log.conclude([draft('c')]);
    await new Promise(setImmediate);
    store.commitNext();
    await third;
    expect(store.batches).toEqual([['a'], ['c']]);
  });

  test('an outcome stays in line beyond the time limit, because it is true', async () => {
    const store = slowStore();
    const log = openAuditLog(store.append, QUICK);
    const first = log.conclude([draft('a')]).catch(() => undefined);
    await expect(log.conclude([draft('b')])).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    await first;
    store.commitNext();
    await new Promise(setImmediate);
    expect(store.batches).toEqual([['a'], ['b']]);
  });

  test('what is committed too late is followed by what says so', async () => {
    const store = slowStore();
    const log = openAuditLog(store.append, QUICK);
    await expect(log.intend(draft('a'), tooLate)).rejects.toMatchObject({
      code: 'AUDIT_UNAVAILABLE',
    });
    store.commitNext();
    await new Promise(setImmediate);
    expect(store.batches).toEqual([['a'], ['nothing was done']]);
  });
});
