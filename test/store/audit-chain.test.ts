import { eq, gt } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { appendAuditEvents, verifyAuditChain, type AuditDraft } from '../../src/store/audit-chain.ts';
import { claimDatabase } from '../../src/store/claim-database.ts';
import { auditEvents, auditHead, settings } from '../../src/store/tables/gateway.ts';
import { openTestStore, TEST_DATABASES, type TestStore } from '../database.ts';

const draft = (action: string): AuditDraft => ({
  operationId: randomUUID(),
  at: new Date('2026-11-21T12:00:00.123Z'),
  actorId: 'token:1',
  actor: 'ci',
  action,
  subject: null,
  provider: 'p',
  tenant: 't',
  outcome: 'SUCCEEDED',
  code: null,
  requestId: 'r',
  vendorRequestId: null,
  reason: null,
});

describe.each(TEST_DATABASES)('the audit chain, on %s', (kind) => {
  let open: TestStore;
  beforeEach(async () => {
    open = await openTestStore(kind);
    await claimDatabase(open.store);
    for (const action of ['a', 'b', 'c', 'd', 'e']) await appendAuditEvents(open.store, [draft(action)]);
  });
  afterEach(() => open.close());

  const faults = async () => (await verifyAuditChain(open.store, null)).faults;

  test('that nobody touched has no fault', async () => {
    const verification = await verifyAuditChain(open.store, null);
    expect(verification).toMatchObject({ events: 5, head: { sequence: 5 }, faults: [] });
    expect(verification.head.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('an empty chain has no fault, and its end is found again', async () => {
    const empty = await openTestStore(kind);
    await claimDatabase(empty.store);
    const { head, ...found } = await verifyAuditChain(empty.store, null);
    expect(found).toEqual({ events: 0, faults: [] });
    await appendAuditEvents(empty.store, [draft('a')]);
    expect(await verifyAuditChain(empty.store, head)).toMatchObject({ events: 1, faults: [] });
    await empty.close();
  });

  test.each([
    ['action', { action: 'x' }],
    ['actor', { actor: 'x' }],
    ['outcome', { outcome: 'FAILED' as const }],
    ['time', { at: new Date('2026-11-21T12:00:00.124Z') }],
    ['tenant', { tenant: null }],
    ['reason', { reason: '' }],
    ['vendor request id', { vendorRequestId: 'x' }],
  ])('an edit of the %s shows where it is', async (_, change) => {
    await open.store.db.update(auditEvents).set(change).where(eq(auditEvents.sequence, 3));
    expect(await faults()).toEqual([{ kind: 'edited', sequence: 3 }]);
  });

  test('a hash that was made up shows in the row and in the one behind it', async () => {
    await open.store.db
      .update(auditEvents)
      .set({ hash: 'f'.repeat(64) })
      .where(eq(auditEvents.sequence, 3));
    expect(await faults()).toEqual([
      { kind: 'edited', sequence: 3 },
      { kind: 'edited', sequence: 4 },
    ]);
  });

  test('a dropped row shows', async () => {
    await open.store.db.delete(auditEvents).where(eq(auditEvents.sequence, 3));
    expect(await faults()).toEqual([{ kind: 'dropped', after: 2, before: 4 }]);
  });

  test('a cut tail shows', async () => {
    await open.store.db.delete(auditEvents).where(gt(auditEvents.sequence, 3));
    expect(await faults()).toEqual([{ kind: 'tail cut', after: 3, head: 5 }]);
  });

  test('a chain that was cut off whole shows, also after a restart', async () => {
    await open.store.db.delete(auditEvents);
    await claimDatabase(open.store);
    expect(await faults()).toEqual([{ kind: 'tail cut', after: 0, head: 5 }]);
  });

  test('a head that was set back without the key shows', async () => {
    const [third] = await open.store.db.select().from(auditEvents).where(eq(auditEvents.sequence, 3));
    await open.store.db.delete(auditEvents).where(gt(auditEvents.sequence, 3));
    await open.store.db.update(auditHead).set({ sequence: 3, hash: third?.hash ?? '' });
    expect(await faults()).toEqual([{ kind: 'head forged' }]);
  });

  test('a head that is gone shows, and a restart does not bring it back over a chain', async () => {
    await open.store.db.delete(auditHead);
    await claimDatabase(open.store);
    expect(await faults()).toEqual([{ kind: 'head missing' }]);
  });

  test('a chain that was taken away whole shows, and a restart does not begin another', async () => {
    await open.store.db.delete(auditEvents);
    await open.store.db.delete(auditHead);
    await claimDatabase(open.store);
    expect(await faults()).toEqual([{ kind: 'head missing' }]);
    await expect(appendAuditEvents(open.store, [draft('f')])).rejects.toThrow('has no head');
  });

  test.each([5, 0])(
    'the chain of another database under the same master key shows (%i events)',
    async (n) => {
      const other = await openTestStore(kind);
      const store = { db: other.store.db, keyring: open.store.keyring };
      await claimDatabase(store);
      for (let i = 0; i < n; i++) await appendAuditEvents(store, [draft('x')]);
      await open.store.db.delete(auditEvents);
      await open.store.db.delete(auditHead);
      if (n > 0) await open.store.db.insert(auditEvents).values(await store.db.select().from(auditEvents));
      await open.store.db.insert(auditHead).values(await store.db.select().from(auditHead));
      expect(await faults()).toEqual([n > 0 ? { kind: 'edited', sequence: 1 } : { kind: 'head forged' }]);
      await other.close();
    },
  );

  test('a database whose id was changed or is gone shows', async () => {
    const id = eq(settings.name, 'database-id');
    await open.store.db.update(settings).set({ value: randomUUID() }).where(id);
    expect(await faults()).toEqual([{ kind: 'edited', sequence: 1 }]);
    await open.store.db.delete(settings).where(id);
    expect(await faults()).toEqual([{ kind: 'edited', sequence: 1 }]);
  });

  test('a chain that others append to meanwhile has no fault', async () => {
    const over = new AbortController();
    const write = async () => {
      while (!over.signal.aborted) await appendAuditEvents(open.store, [draft('meanwhile')]);
    };
    const writing = write();
    const verifications = [];
    for (let i = 0; i < 20; i++) verifications.push(await verifyAuditChain(open.store, null));
    over.abort();
    await writing;
    expect(verifications.flatMap((it) => it.faults)).toEqual([]);
    const ends = verifications.map((it) => it.head.sequence);
    expect(ends.at(-1)).toBeGreaterThan(ends[0] ?? Infinity);
  });

  test('a whole database set back to an old copy shows to who kept a later end', async () => {
    const { head } = await verifyAuditChain(open.store, null);
    expect((await verifyAuditChain(open.store, head)).faults).toEqual([]);
    await appendAuditEvents(open.store, [draft('f')]);
    expect((await verifyAuditChain(open.store, head)).faults).toEqual([]);
    const later = { sequence: 9, hash: 'a'.repeat(64) };
    expect((await verifyAuditChain(open.store, later)).faults).toEqual([
      { kind: 'not as expected', sequence: 9 },
    ]);
  });

  test('many writers at once make one chain without a gap', async () => {
    await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        appendAuditEvents(open.store, [draft(`${i} before`), draft(`${i} after`)]),
      ),
    );
    expect(await verifyAuditChain(open.store, null)).toMatchObject({ events: 85, faults: [] });
  });

  test('events that cannot be written leave nothing behind', async () => {
    const broken = { ...draft('x'), operationId: 'no uuid' };
    await expect(appendAuditEvents(open.store, [draft('y'), broken])).rejects.toThrow();
    expect(await verifyAuditChain(open.store, null)).toMatchObject({ events: 5, faults: [] });
  });
});
