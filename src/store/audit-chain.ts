import { and, asc, eq, gt, lte } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import type { AuditEvent } from '../domain/audit-event.ts';
import type { Store } from './database.ts';
import type { Keyring } from './keyring.ts';
import { auditEvents, auditHead, settings } from './tables/gateway.ts';

/** An event that has no place in the chain yet. */
export type AuditDraft = Omit<AuditEvent, 'id' | 'sequence' | 'hash'>;

/** A place in the chain. */
type Link = Pick<AuditEvent, 'sequence' | 'hash'>;

const HEAD = 1;
const DATABASE_ID = 'database-id';

/** Appends all of them in order, or none. Writers of all replicas queue up at the one head row. */
export async function appendAuditEvents(
  store: Store,
  drafts: readonly AuditDraft[],
): Promise<readonly AuditEvent[]> {
  const { db, keyring } = store;
  return db.transaction(async (tx) => {
    const [head] = await tx.select().from(auditHead).where(eq(auditHead.id, HEAD)).for('update');
    if (head === undefined) throw new Error('the audit chain has no head');
    const events = link(keyring, head, drafts);
    const last = events.at(-1) ?? head;
    await tx.insert(auditEvents).values([...events]);
    await tx.update(auditHead).set(sealedHead(keyring, last)).where(eq(auditHead.id, HEAD));
    return events;
  });
}

/** Gives a new database the head of an empty chain, which differs from that of every other database. */
export async function beginAuditChain(store: Store): Promise<void> {
  const { db, keyring } = store;
  await db.insert(settings).values({ name: DATABASE_ID, value: randomUUID() });
  await db.insert(auditHead).values({ id: HEAD, ...sealedHead(keyring, await genesisOf(store)) });
}

export type AuditFault =
  | { readonly kind: 'edited'; readonly sequence: number }
  | { readonly kind: 'dropped'; readonly after: number; readonly before: number }
  | { readonly kind: 'tail cut'; readonly after: number; readonly head: number }
  | { readonly kind: 'head forged' }
  | { readonly kind: 'head missing' }
  | { readonly kind: 'not as expected'; readonly sequence: number };

export interface AuditVerification {
  readonly events: number;
  /** Where the chain ends. Keep it elsewhere: it proves later that this end was not cut off. */
  readonly head: Link;
  /** Empty: nothing was edited, dropped or cut off. */
  readonly faults: readonly AuditFault[];
}

const BATCH = 1000;

/**
 * Walks the whole chain; others may append to it meanwhile. `expected`: an end that an earlier verification gave.
 */
export async function verifyAuditChain(store: Store, expected: Link | null): Promise<AuditVerification> {
  const faults: AuditFault[] = [];
  let previous = await genesisOf(store);
  let events = 0;
  let expectedSeen = expected === null || isSame(previous, expected);
  const walk = async (upTo: number) => {
    for await (const event of readChain(store, previous.sequence, upTo)) {
      faults.push(...linkFaults(store.keyring, previous, event));
      expectedSeen ||= expected !== null && isSame(event, expected);
      previous = { sequence: event.sequence, hash: event.hash };
      events += 1;
    }
  };
  await walk(Number.MAX_SAFE_INTEGER);
  const [head] = await store.db.select().from(auditHead).where(eq(auditHead.id, HEAD));
  // What was appended between the two reads, and nothing that the head does not know.
  await walk(head?.sequence ?? 0);
  faults.push(...headFaults(store.keyring, head, previous));
  if (expected !== null && !expectedSeen)
    faults.push({ kind: 'not as expected', sequence: expected.sequence });
  return { events, head: previous, faults };
}

function linkFaults(keyring: Keyring, previous: Link, event: AuditEvent): AuditFault[] {
  if (event.sequence !== previous.sequence + 1)
    return [{ kind: 'dropped', after: previous.sequence, before: event.sequence }];
  return event.hash === hashOf(keyring, event, previous.hash)
    ? []
    : [{ kind: 'edited', sequence: event.sequence }];
}

function headFaults(keyring: Keyring, head: (Link & { mac: string }) | undefined, last: Link): AuditFault[] {
  if (head === undefined) return [{ kind: 'head missing' }];
  if (head.mac !== sealedHead(keyring, head).mac) return [{ kind: 'head forged' }];
  if (head.sequence > last.sequence) return [{ kind: 'tail cut', after: last.sequence, head: head.sequence }];
  return isSame(head, last) ? [] : [{ kind: 'head forged' }];
}

function isSame(one: Link, other: Link): boolean {
  return one.sequence === other.sequence && one.hash === other.hash;
}

/** Where an empty chain ends. Without the database's id, it is none that any chain began at. */
async function genesisOf({ db, keyring }: Store): Promise<Link> {
  const [row] = await db.select().from(settings).where(eq(settings.name, DATABASE_ID));
  return { sequence: 0, hash: keyring.mac('audit-event', JSON.stringify([DATABASE_ID, row?.value ?? null])) };
}

/** Behind `after`, and not beyond `upTo`; in order. */
async function* readChain({ db }: Store, after: number, upTo: number): AsyncGenerator<AuditEvent, void> {
  for (let last: number | undefined = after; last !== undefined;) {
    const rows: AuditEvent[] = await db
      .select()
      .from(auditEvents)
      .where(and(gt(auditEvents.sequence, last), lte(auditEvents.sequence, upTo)))
      .orderBy(asc(auditEvents.sequence))
      .limit(BATCH);
    yield* rows;
    last = rows[BATCH - 1]?.sequence;
  }
}

function link(keyring: Keyring, head: Link, drafts: readonly AuditDraft[]): readonly AuditEvent[] {
  let previous = head;
  return drafts.map((draft) => {
    const unhashed = { ...draft, id: randomUUID(), sequence: previous.sequence + 1 };
    const event = { ...unhashed, hash: hashOf(keyring, unhashed, previous.hash) };
    previous = event;
    return event;
  });
}

/** Keyed, over every field of the event and the hash of the one before. */
function hashOf(keyring: Keyring, event: Omit<AuditEvent, 'hash'>, previousHash: string): string {
  const { sequence, id, operationId, at, actorId, actor, action, subject, provider, tenant } = event;
  const { outcome, code, requestId, vendorRequestId, reason } = event;
  const subjectPart = [actorId, actor, action, subject, provider, tenant];
  const outcomePart = [outcome, code, requestId, vendorRequestId, reason];
  const fields = [sequence, id, operationId, at.toISOString(), ...subjectPart, ...outcomePart, previousHash];
  return keyring.mac('audit-event', JSON.stringify(fields));
}

/** Under a key of its own, so that no hash of a row can serve as the head of a shorter chain. */
function sealedHead(keyring: Keyring, { sequence, hash }: Link) {
  return { sequence, hash, mac: keyring.mac('audit-head', JSON.stringify([sequence, hash])) };
}
