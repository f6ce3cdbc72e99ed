import type { Clock } from '../domain/clock.ts';
import { forgetOnWrites } from '../provider-kit/layers/forget-on-writes.ts';
import { createMemory } from '../provider-kit/layers/memory.ts';
import type { Provider } from '../provider-kit/provider.ts';
import type { OpenedProvider } from './services.ts';
import type { WordOfWrites } from './word-of-writes.ts';

/**
 * The provider itself, whose reads are live, and its reads over a short memory. Before a write through it is answered,
 * what it may have changed is forgotten here, and every other replica has been told to forget it.
 */
export function rememberReads(
  provider: Provider,
  word: WordOfWrites,
  options: { readonly clock: Clock; readonly memoryMs: number },
): Pick<OpenedProvider, 'provider' | 'recent'> {
  const { name } = provider;
  const memory = createMemory(provider, { ...options, isInformed: () => word.heard !== null });
  word.onWrite((written, tenant) => {
    if (written === null || written === name) memory.forget(tenant);
  });
  return {
    provider: forgetOnWrites(provider, (tenant) => word.tell(name, tenant)),
    recent: (maxStalenessMs) => memory.reads(maxStalenessMs),
  };
}
