import { LRUCache } from 'lru-cache';
import type { Clock } from '../../domain/clock.ts';
import { SECOND } from '../../domain/duration.ts';
import type { Log } from '../../domain/log.ts';
import type { Sight, Witness } from '../../provider-kit/layers/witness.ts';
import type { Store } from '../../store/database.ts';
import { endsWithin } from '../ends-within.ts';
import { mergeSights } from './merge-sights.ts';
import { noteSight } from './note-sight.ts';

/** What the providers show goes through it into the inventory. */
export interface InventoryFeed extends Witness {
  /** Notes what reads have shown since the last time. A failure is logged: sweeps show the same. */
  drain(): Promise<void>;
}

/** What the same read shows is of no news for so long. */
const SAME_READ_MS = 30 * SECOND;
const READS_REMEMBERED = 10_000;
/** So many nodes wait at most; of what comes beyond them, the sweeps will tell. */
const NODES_WAITING = 5_000;
const NODES_AT_ONCE = 500;
const WRITE_WAITS_MS = SECOND;

/**
 * A read is never kept waiting: what it has shown is noted when somebody drains, which the worker does every few seconds,
 * many reads in few statements. A write is noted before it is answered, unless that takes longer than a second.
 */
export function openInventoryFeed(services: {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
}): InventoryFeed {
  const { store, clock, log } = services;
  const perf = { now: () => clock.now().getTime() };
  const ofLate = new LRUCache<string, true>({
    max: READS_REMEMBERED,
    ttl: SAME_READ_MS,
    ttlResolution: 0,
    perf,
  });
  let waiting: Sight[] = [];
  let nodes = 0;
  const failed = (error: unknown) => {
    const code = error instanceof Error ? error.name : typeof error;
    log.warn({ code }, 'the inventory could not be told what was seen');
  };

  return {
    wants(read) {
      if (nodes >= NODES_WAITING || ofLate.has(read)) return false;
      ofLate.set(read, true);
      return true;
    },
    saw(sight) {
      const more = sizeOf(sight);
      if (nodes + more > NODES_WAITING) return;
      waiting.push(sight);
      nodes += more;
    },
    async wrote(sight, began) {
      const noting = noteSight(store, sight, 'us', began).catch(failed);
      const inTime = await endsWithin(noting, WRITE_WAITS_MS);
      if (!inTime) log.warn({}, 'the inventory was not told of a write in time');
    },
    async drain() {
      const taken = waiting;
      waiting = [];
      nodes = 0;
      for (const sight of mergeSights(taken, NODES_AT_ONCE)) {
        await noteSight(store, sight, 'look').catch(failed);
      }
    },
  };
}

function sizeOf(sight: Sight): number {
  const lists = Object.values(sight).filter((nodes) => Array.isArray(nodes));
  return lists.reduce((sum, nodes) => sum + nodes.length, 0);
}
