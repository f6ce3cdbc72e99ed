import type { Page } from '../../domain/page.ts';
import type { ProviderFailure } from '../provider-failure.ts';

/** A page out of the inventory. Which providers it may be old or incomplete for is found out by itself, if asked. */
export interface SeenPage<T> extends Page<T> {
  readonly failures: () => Promise<readonly ProviderFailure[]>;
}
