import type { Client } from '../../src/domain/client.ts';
import { SECOND } from '../../src/domain/duration.ts';
import type { ClientId } from '../../src/domain/ids.ts';
import type { PageRequest } from '../../src/domain/page.ts';
import { createMemory, type MemoryOptions } from '../../src/provider-kit/layers/memory.ts';
import type { Call, Provider } from '../../src/provider-kit/provider.ts';
import { ProviderError, type ProviderErrorCode } from '../../src/provider-kit/provider-error.ts';
import { testClock } from '../test-clock.ts';
import { CLIENT, memoryProvider } from './memory-provider.ts';

export const PAGE: PageRequest = { limit: 10, direction: 'forward', cursor: null, withTotal: false };
export const SECRETS = { ...PAGE, status: null };
export const idOf = (client: string, tenant = 't'): ClientId => ({ provider: 'memory', tenant, client });
export const callOf = (signal = new AbortController().signal, more: Partial<Call> = {}): Call => ({
  signal,
  requestId: 'r',
  ...more,
});

/** A memory of a provider that has every client but `none`, and whose answers can be held up. */
export function openMemory(methods: Partial<Provider> = {}, options: Partial<MemoryOptions> = {}) {
  const clock = testClock();
  const batches: string[][] = [];
  const calls: Call[] = [];
  /** Each as of now, so that who reads sees when it was read. */
  const clientOf = (id: ClientId): Client => ({
    ...CLIENT,
    id,
    freshness: { asOf: clock.now(), source: 'LIVE' },
  });
  const held: (() => void)[] = [];
  let isHeld = false;
  const provider = memoryProvider({
    async getClients(ids, call) {
      batches.push(ids.map(({ client }) => client));
      calls.push(call);
      if (isHeld) await new Promise<void>((resolve) => held.push(resolve));
      return ids.map((id) => (id.client === 'none' ? null : clientOf(id)));
    },
    ...methods,
  });
  const memory = createMemory(provider, { clock, memoryMs: 2 * SECOND, isInformed: () => true, ...options });
  const read = (ids: readonly string[], maxStalenessMs: number | null = null, call = callOf()) =>
    memory.reads(maxStalenessMs).getClients(
      ids.map((id) => idOf(id)),
      call,
    );
  return {
    clock,
    memory,
    read,
    batches,
    calls,
    hold: () => void (isHeld = true),
    release: () => {
      isHeld = false;
      for (const go of held.splice(0)) go();
    },
  };
}

export const sourcesOf = (answers: readonly (Client | null | ProviderError)[]) =>
  answers.map((answer) =>
    answer === null || answer instanceof ProviderError ? answer : answer.freshness.source,
  );
export const failing = (code: ProviderErrorCode, retryAfterMs: number | null = null) =>
  new ProviderError(code, 'No.', { retryAfterMs });
