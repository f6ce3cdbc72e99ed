import { lt, lte, sql, type SQL, type SQLWrapper } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { createHash } from 'node:crypto';
import { MINUTE } from '../domain/duration.ts';
import { EARLIEST_MOMENT, isStorableMoment, LATEST_MOMENT, storableText } from '../domain/storable.ts';

/** What it was seen by: `us`, the answer to a write of ours; or `look`, a read. */
export type NotedBy = 'us' | 'look';

/** What was seen, and how. */
export interface Look {
  /**
   * Of a read when it began, of a write when it had ended: where something later is known already, this is too old to
   * count.
   */
  readonly seenAt: Date;
  readonly by: NotedBy;
  /** When the read or the write began: what it shows was so then, or later. */
  readonly beganAt: Date;
  /**
   * What is unchanged is written down again only where it was last seen before this moment. A sweep gives the moment
   * when it began, so that `findUnseen` knows what it showed.
   */
  readonly staleBefore: Date;
}

/** How far the clocks of two replicas may be apart. */
const CLOCKS_APART_MS = 2 * MINUTE;

/**
 * What a read shows unchanged and was seen within the last minute costs no update. What a write shows is always written
 * down, so that no read that began before it counts after it. `since`: when that began which it is a part of, a sweep,
 * or the end of, a write.
 */
export function lookAt(seenAt: Date, by: NotedBy, since?: Date): Look {
  if (by === 'look') return { seenAt, by, beganAt: seenAt, staleBefore: since ?? later(seenAt, -MINUTE) };
  return { seenAt, by, beganAt: since ?? seenAt, staleBefore: later(seenAt, CLOCKS_APART_MS + 1) };
}

/**
 * Was the row seen before? What a write of ours has done comes after what was seen when it ended, and that may have been
 * seen by a clock that is ahead.
 */
export function isOlder(seenAt: PgColumn, look: Look): SQL {
  return look.by === 'us' ? lte(seenAt, later(look.seenAt, CLOCKS_APART_MS)) : lt(seenAt, look.seenAt);
}

/**
 * Of a write: did the one before it, at `endedAt`, end by `moment`? Of two that overlap it is not known which came last.
 */
export function isInTurn(endedAt: SQLWrapper, look: Look, moment: SQL): SQL | undefined {
  return look.by === 'us' ? sql`(${endedAt} is null or ${endedAt} <= ${moment})` : undefined;
}

/** The moments of a row that is known, with the look. Each moves it on. */
export function momentsOf(
  look: Look,
  known: { readonly seenAt: Date; readonly writtenAt: Date | null } | null,
): { readonly seenAt: Date; readonly writtenAt: Date | null } {
  if (look.by === 'look') return { seenAt: look.seenAt, writtenAt: known?.writtenAt ?? null };
  const next = known === null ? look.seenAt : later(known.seenAt, 1);
  return { seenAt: next > look.seenAt ? next : look.seenAt, writtenAt: look.seenAt };
}

/** As a parameter of its own. */
export function momentSql(moment: Date): SQL {
  return sql`${moment.toISOString()}::timestamptz`;
}

function later(moment: Date, ms: number): Date {
  return new Date(moment.getTime() + ms);
}

/** Equal for equal facts. */
export function digestOf(facts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('base64url').slice(0, 22);
}

/** The last of those with the same key, in the order of the keys: two replicas add the same things in the same order. */
export function eachOnce<T>(nodes: readonly T[], keyOf: (node: T) => string): readonly T[] {
  const byKey = new Map(nodes.map((node) => [keyOf(node), node]));
  return [...byKey.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, node]) => node);
}

/** What a vendor says may hold what PostgreSQL cannot. */
export function storedText(text: string | null): string | null {
  return text === null ? null : storableText(text);
}

/** Null: there is none, or what is told is no count. */
export function storedCount(count: number | null): number | null {
  return Number.isSafeInteger(count) ? count : null;
}

/** Null: there is none. What lies past the years that can be stored is as far as they go. */
export function storedMoment(moment: Date | null): Date | null {
  if (moment === null || Number.isNaN(moment.getTime())) return null;
  if (isStorableMoment(moment)) return moment;
  return moment > LATEST_MOMENT ? LATEST_MOMENT : EARLIEST_MOMENT;
}
