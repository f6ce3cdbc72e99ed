import type { Clock } from '../domain/clock.ts';
import type { Log } from '../domain/log.ts';
import type { OpenedProvider as Opened } from '../provider-kit/open.ts';
import type { Reads } from '../provider-kit/provider.ts';
import type { Store } from '../store/database.ts';
import type { AuditLog } from './audit-log.ts';
import type { InventoryFeed } from './inventory/feed.ts';

/** What the service works with. No face ever holds it. */
export interface Services {
  /** By configured name, in the order of the configuration. */
  readonly providers: ReadonlyMap<string, OpenedProvider>;
  readonly store: Store;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly log: Log;
  readonly inventory: InventoryFeed;
  /** How long after a sweep has ended the next one of the same begins. */
  readonly sweepIntervalMs: number;
}

export interface OpenedProvider extends Opened {
  readonly kind: string;
  /** Its reads over what was read of late: see `Memory`. Those of `provider` are live. */
  recent(maxStalenessMs: number | null): Reads;
}
