import type { Clock } from '../../src/domain/clock.ts';
import type { Definition } from '../../src/provider-kit/definition.ts';
import { createConnect } from '../../src/provider-kit/http-upstream.ts';
import { pause } from '../../src/provider-kit/pause.ts';
import type { Provider } from '../../src/provider-kit/provider.ts';

export const CALL = { signal: new AbortController().signal, requestId: 'behind our back', isWrite: true };

/** Another way to the same vendor, of which the gateway knows nothing. */
export function behindOurBack(
  definition: Definition,
  options: unknown,
  name: string,
  clock: Clock,
): Provider {
  const world = { name, connect: createConnect({ clock }), database: undefined, clock, pause };
  return definition.open(definition.options.parse(options), world);
}
