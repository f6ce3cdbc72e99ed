import type { Log } from '../domain/log.ts';
import type { Definition, World } from './definition.ts';
import { guard } from './layers/guard.ts';
import { markWrites } from './layers/mark-writes.ts';
import { observe, type HealthRecord } from './layers/observe.ts';
import type { Provider } from './provider.ts';

export interface OpenedProvider {
  readonly provider: Provider;
  /** As of the last call to it. */
  health(): HealthRecord;
}

/** Opens a configured provider inside its rings: adapter, then markWrites, guard and observe. No network call is made. */
export function openProvider<Options extends { readonly kind: string }, Store>(
  definition: Definition<Options, Store>,
  options: Options,
  world: World<Store>,
  { log }: { readonly log: Log },
): OpenedProvider {
  return observe(guard(markWrites(definition.open(options, world))), { clock: world.clock, log });
}
