import type { Clock } from '../../domain/clock.ts';
import type { Store } from '../../store/database.ts';

/** What every part of the local provider works with. */
export interface Own {
  /** The configured name. */
  readonly name: string;
  readonly store: Store;
  readonly clock: Clock;
}
