import { lt, lte, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { createHash } from 'node:crypto';
import { MINUTE } from '../domain/duration.ts';
import { EARLIEST_MOMENT, isStorableMoment, LATEST_MOMENT, storableText } from '../domain/storable.ts';

/**
 * Who shows a difference: `us`, the result of a write of ours, which is no drift; or `look`, a read, after which it has
 * to be asked whether a write of ours explains it.
 */
export type NotedBy = 'us' | 'look';

/** What was seen, and how. */
export interface Look {
  /** When the read or write that showed it began: where something later is known already, this is too old to count. */
  readonly seenAt: Date;
  readonly by: NotedBy;
  /**
   * What is unchanged is written down again only where it was last seen before this moment. A sweep gives the moment
   * when it began, so that `findUnseen` knows what it showed.
   */
  readonly staleBefore: Date;
}

/**
 * What a read shows unchanged and was seen within the last minute costs no update. What a write shows is always written
 * down, so that no read that began before it counts after it.
 */
export function lookAt(seenAt: Date, by: NotedBy, staleBefore?: Date): Look {
  const offset = by === 'us' ? 1 : -MINUTE;
  return { seenAt, by, staleBefore: staleBefore ?? new Date(seenAt.getTime() + offset) };
}

/** Was the row seen before? What a write of ours has done comes after what was seen in the same millisecond. */
export function isOlder(seenAt: PgColumn, look: Pick<Look, 'seenAt' | 'by'>): SQL {
  return (look.by === 'us' ? lte : lt)(seenAt, look.seenAt);
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

/** Null: there is none. What lies past the years that can be stored is as far as they go. */
export function storedMoment(moment: Date | null): Date | null {
  if (moment === null || Number.isNaN(moment.getTime())) return null;
  if (isStorableMoment(moment)) return moment;
  return moment > LATEST_MOMENT ? LATEST_MOMENT : EARLIEST_MOMENT;
}
